namespace Unlearn.Tokenization.Decoding;

/// <summary>One decoder after the other.</summary>
internal sealed class DecoderSequence(IReadOnlyList<IDecoder> steps) : IDecoder
{
    public void Decode(List<string> tokens)
    {
        foreach (var step in steps) step.Decode(tokens);
    }
}
