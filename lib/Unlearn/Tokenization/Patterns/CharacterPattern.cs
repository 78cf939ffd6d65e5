using System.Text;

namespace Unlearn.Tokenization.Patterns;

/// <summary>Any one character of a class; each is a match of its own.</summary>
internal sealed class CharacterPattern(Func<Rune, bool> belongs) : IPattern
{
    public List<(int Start, int End)> Matches(ReadOnlySpan<char> text)
    {
        var matches = new List<(int, int)>();
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (belongs(rune)) matches.Add((at, at + rune.Utf16SequenceLength));
            at += rune.Utf16SequenceLength;
        }
        return matches;
    }
}
