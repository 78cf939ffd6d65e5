using System.Text.RegularExpressions;

namespace Unlearn.Tokenization.Patterns;

/// <summary>An Oniguruma expression by way of .NET's, on a shadow of the text in which each character is one UTF-16 unit.</summary>
internal sealed class RegexPattern : IPattern
{
    // No result depends on it: it ends the search of an expression that would otherwise backtrack for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Regex regex;

    /// <exception cref="FormatException">The expression is wrong, or uses what has no sound translation.</exception>
    public RegexPattern(string expression)
    {
        try
        {
            regex = new(OnigurumaRegex.Translate(expression), RegexOptions.CultureInvariant, Patience);
        }
        catch (ArgumentException error)
        {
            throw new FormatException($"the expression at hand is not a regular one: {error.Message}", error);
        }
    }

    public List<(int Start, int End)> Matches(ReadOnlySpan<char> text)
    {
        var (shadow, places) = text.ContainsAnyInRange('\ud800', '\udfff') ? ShadowText.Of(text) : (text.ToString(), null);
        var matches = new List<(int, int)>();
        var (from, last) = (0, -1);
        while (from <= shadow.Length && regex.Match(shadow, from) is { Success: true } match)
        {
            var (start, end) = (match.Index, match.Index + match.Length);
            from = end;
            if (start == end && end == last)                // Oniguruma passes over nothing right behind a match
            {
                from++;
                continue;
            }
            last = end;
            matches.Add(places is null ? (start, end) : (places[start], places[end]));
        }
        return matches;
    }
}
