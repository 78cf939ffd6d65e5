namespace Unlearn.Tokenization.Patterns;

/// <summary>Something to look for in a text.</summary>
internal interface IPattern
{
    /// <summary>All matches from the left, none overlapping; one of nothing, such as a lookahead, starts where it ends.</summary>
    /// <param name="text">Well-formed UTF-16.</param>
    List<(int Start, int End)> Matches(ReadOnlySpan<char> text);
}
