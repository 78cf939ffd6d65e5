namespace Unlearn.Tokenization.Decoding;

/// <summary>Writes the mark that ends words as a space, in the last token as nothing; Hugging Face calls it BPEDecoder.</summary>
internal sealed class SuffixDecoder(string suffix) : IDecoder
{
    public void Decode(List<string> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            tokens[i] = tokens[i].Replace(suffix, i == tokens.Count - 1 ? "" : " ", StringComparison.Ordinal);
        }
    }
}
