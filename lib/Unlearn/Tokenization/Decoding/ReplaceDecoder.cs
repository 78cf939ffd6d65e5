using Unlearn.Tokenization.Normalization;

namespace Unlearn.Tokenization.Decoding;

/// <summary>Puts one fixed text in the place of each match within each token.</summary>
internal sealed class ReplaceDecoder(Replace replace) : IDecoder
{
    public void Decode(List<string> tokens)
    {
        for (var i = 0; i < tokens.Count; i++) tokens[i] = replace.Normalize(tokens[i]);
    }
}
