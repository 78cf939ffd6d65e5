namespace Unlearn.Tokenization.Decoding;

/// <summary>Makes one token of all, so that the steps behind see the whole text.</summary>
internal sealed class Fuse : IDecoder
{
    public void Decode(List<string> tokens)
    {
        var whole = string.Concat(tokens);
        tokens.Clear();
        tokens.Add(whole);
    }
}
