namespace Unlearn.Tokenization.Patterns;

/// <summary>A fixed text that is not empty.</summary>
internal sealed class LiteralPattern(string literal) : IPattern
{
    public string Literal => literal;

    public List<(int Start, int End)> Matches(ReadOnlySpan<char> text)
    {
        var matches = new List<(int, int)>();
        for (var from = 0; text[from..].IndexOf(literal, StringComparison.Ordinal) is var at and >= 0;)
        {
            matches.Add((from + at, from + at + literal.Length));
            from += at + literal.Length;
        }
        return matches;
    }
}
