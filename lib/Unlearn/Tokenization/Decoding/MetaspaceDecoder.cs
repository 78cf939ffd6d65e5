namespace Unlearn.Tokenization.Decoding;

/// <summary>Writes SentencePiece's marks as spaces, but for those of the first token where one may have been put before the text.</summary>
/// <param name="mark">The mark, usually ▁.</param>
/// <param name="prepended">Whether the first token's marks go.</param>
internal sealed class MetaspaceDecoder(string mark, bool prepended) : IDecoder
{
    public void Decode(List<string> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            tokens[i] = tokens[i].Replace(mark, i == 0 && prepended ? "" : " ", StringComparison.Ordinal);
        }
    }
}
