namespace Unlearn.Tokenization.Decoding;

/// <summary>Turns tokens back into text, step by step; what is left in the list at the end is joined.</summary>
internal interface IDecoder
{
    /// <summary>Rewrites the tokens in place.</summary>
    void Decode(List<string> tokens);
}
