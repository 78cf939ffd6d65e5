using Unlearn.Tokenization.Patterns;

namespace Unlearn.Tokenization.Splitting;

/// <summary>Cuts at the matches of a pattern.</summary>
/// <param name="pattern">What is looked for.</param>
/// <param name="use">What becomes of it.</param>
/// <param name="inverted">Whether the gaps between matches count as the matches.</param>
internal sealed class PatternSplit(IPattern pattern, MatchUse use, bool inverted = false) : IPreTokenizer
{
    public void Split(Piece piece, List<Piece> parts)
    {
        var stretches = Stretches(piece.Text.Span);
        if (use is not (MatchUse.Isolated or MatchUse.Removed)) stretches = Merged(stretches);
        foreach (var (start, end, isMatch) in stretches)
        {
            if (start < end && !(isMatch && use == MatchUse.Removed)) parts.Add(piece[start, end]);
        }
    }

    /// <summary>Matches and gaps in order, the whole text.</summary>
    private List<(int Start, int End, bool IsMatch)> Stretches(ReadOnlySpan<char> text)
    {
        var matches = pattern.Matches(text);
        var stretches = new List<(int, int, bool)>(matches.Count + 1);
        var from = 0;
        foreach (var (start, end) in matches)
        {
            if (from != start) stretches.Add((from, start, inverted));
            stretches.Add((start, end, !inverted));
            from = end;
        }
        if (from != text.Length) stretches.Add((from, text.Length, inverted));
        return stretches;
    }

    private List<(int Start, int End, bool IsMatch)> Merged(List<(int Start, int End, bool IsMatch)> stretches)
    {
        if (use == MatchUse.MergedWithNext) stretches.Reverse();
        var merged = new List<(int Start, int End, bool IsMatch)>(stretches.Count);
        var previous = false;
        foreach (var (start, end, isMatch) in stretches)
        {
            var joins = use == MatchUse.Contiguous ? isMatch == previous : isMatch && !previous;
            if (joins && merged.Count > 0)
            {
                merged[^1] = (Math.Min(start, merged[^1].Start), Math.Max(end, merged[^1].End), false);
            }
            else
            {
                merged.Add((start, end, false));
            }
            previous = isMatch;
        }
        if (use == MatchUse.MergedWithNext) merged.Reverse();
        return merged;
    }
}
