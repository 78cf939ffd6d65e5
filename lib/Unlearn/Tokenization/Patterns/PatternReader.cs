namespace Unlearn.Tokenization.Patterns;

/// <summary>Chooses how to look for what a file's regular expression describes.</summary>
internal static class PatternReader
{
    /// <exception cref="FormatException">The expression is wrong or uses what has no sound translation; the message says which.</exception>
    public static IPattern Regex(string expression) =>
        expression == Gpt2Pattern.Regex ? new Gpt2Pattern()
        : Gpt4Pattern.Of(expression) is { } words ? words
        : new RegexPattern(expression);
}
