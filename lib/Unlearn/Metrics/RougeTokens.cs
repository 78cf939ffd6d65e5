namespace Unlearn.Metrics;

/// <summary>Cuts texts into the tokens that ROUGE compares, by the rules of rouge_score.</summary>
/// <remarks>
/// Lower case, every run of characters other than a–z and 0–9 separates, tokens of more than three characters are stemmed
/// (<see cref="PorterStemmer"/>).
/// </remarks>
internal static class RougeTokens
{
    private const int LongestUnstemmed = 3;

    /// <summary>The tokens that are compared.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="stem">Whether longer tokens are stemmed, as rouge_score is asked to by TOFU.</param>
    public static List<string> Of(string text, bool stem = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = new List<string>();
        var token = new List<char>();
        foreach (var c in text)
        {
            // Of all characters beyond ASCII, two have a lower case within it: the Kelvin sign is k, the dotted capital I is i and a
            // combining dot, which separates.
            var lower = c switch
            {
                (>= 'a' and <= 'z') or (>= '0' and <= '9') => c,
                >= 'A' and <= 'Z' => (char)(c | 0x20),
                '\u212a' => 'k',
                '\u0130' => 'i',
                _ => ' ',
            };
            if (lower != ' ') token.Add(lower);
            if (lower == ' ' || c == '\u0130') Flush();
        }
        Flush();
        return tokens;

        void Flush()
        {
            if (token.Count == 0) return;
            var word = string.Concat(token);
            tokens.Add(stem && token.Count > LongestUnstemmed ? PorterStemmer.Stem(word) : word);
            token.Clear();
        }
    }
}
