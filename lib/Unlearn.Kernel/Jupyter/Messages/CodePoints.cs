using System.Text;

namespace Unlearn.Kernel.Jupyter;

/// <summary>
/// Positions in a cell: Jupyter counts code points, .NET counts UTF-16 units, and an emoji is one of the former and two of the latter.
/// </summary>
internal static class CodePoints
{
    /// <summary>Code points → UTF-16 units; beyond the end means the end, below zero the beginning.</summary>
    public static int ToUtf16(string text, int codePoints)
    {
        var at = 0;
        for (; codePoints > 0 && at < text.Length; codePoints--) at += UnitsAt(text, at);
        return at;
    }

    /// <summary>UTF-16 units → code points.</summary>
    public static int FromUtf16(string text, int units)
    {
        var count = 0;
        for (var at = 0; at < Math.Min(units, text.Length); at += UnitsAt(text, at)) count++;
        return count;
    }

    private static int UnitsAt(string text, int at) => Rune.TryGetRuneAt(text, at, out var rune) ? rune.Utf16SequenceLength : 1;
}
