using System.Text;
using Unlearn.Tokenization.Patterns;

namespace Unlearn.Tokenization.Normalization;

/// <summary>Puts one fixed text in the place of each match of a pattern.</summary>
internal sealed class Replace(IPattern pattern, string content) : INormalizer
{
    public string Normalize(string text)
    {
        if (pattern is LiteralPattern literal) return text.Replace(literal.Literal, content, StringComparison.Ordinal);
        var matches = pattern.Matches(text);
        if (matches.Count == 0) return text;
        var result = new StringBuilder(text.Length);
        var from = 0;
        foreach (var (start, end) in matches)
        {
            result.Append(text, from, start - from).Append(content);
            from = end;
        }
        return result.Append(text, from, text.Length - from).ToString();
    }
}
