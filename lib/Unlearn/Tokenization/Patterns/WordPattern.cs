using System.Text;

namespace Unlearn.Tokenization.Patterns;

/// <summary>A run of word characters, or of anything else that is not white space: <c>\w+|[^\w\s]+</c>.</summary>
internal sealed class WordPattern : IPattern
{
    private enum Kind { Space, Word, Other }

    public List<(int Start, int End)> Matches(ReadOnlySpan<char> text)
    {
        var matches = new List<(int, int)>();
        var (start, at, run) = (0, 0, Kind.Space);
        foreach (var rune in text.EnumerateRunes())
        {
            var kind = Letters.IsWord(rune) ? Kind.Word : Rune.IsWhiteSpace(rune) ? Kind.Space : Kind.Other;
            if (kind != run)
            {
                if (run != Kind.Space) matches.Add((start, at));
                (start, run) = (at, kind);
            }
            at += rune.Utf16SequenceLength;
        }
        if (run != Kind.Space) matches.Add((start, at));
        return matches;
    }
}
