using System.Text;

namespace Unlearn.Tokenization.Normalization;

/// <summary>Builds a text from what each character of another becomes.</summary>
internal static class RuneFilter
{
    /// <summary>Each character through <paramref name="map"/>; one that maps to null is left out.</summary>
    public static string Map(string text, Func<Rune, Rune?> map)
    {
        StringBuilder? changed = null;                    // most texts stay as they are
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var mapped = map(rune);
            if (mapped != rune) changed ??= new StringBuilder(text, 0, at, text.Length);
            if (mapped is { } kept) changed?.Append(kept);
            at += rune.Utf16SequenceLength;
        }
        return changed?.ToString() ?? text;
    }
}
