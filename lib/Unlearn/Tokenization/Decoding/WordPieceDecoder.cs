namespace Unlearn.Tokenization.Decoding;

/// <summary>Joins continuing tokens to the one before and sets spaces between the others.</summary>
/// <param name="prefix">What continuing tokens begin with, usually ##.</param>
/// <param name="cleanup">Whether spaces that English does not have are taken out within each token.</param>
internal sealed class WordPieceDecoder(string prefix, bool cleanup) : IDecoder
{
    private static readonly (string From, string To)[] Spaces =
    [
        (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"), (" 'm", "'m"), (" do not", " don't"),
        (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
    ];

    public void Decode(List<string> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (i > 0) token = token.StartsWith(prefix, StringComparison.Ordinal) ? token[prefix.Length..] : " " + token;
            if (cleanup)
            {
                foreach (var (from, to) in Spaces) token = token.Replace(from, to, StringComparison.Ordinal);
            }
            tokens[i] = token;
        }
    }
}
