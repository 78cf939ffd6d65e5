using System.Globalization;
using System.Text;

namespace Unlearn.Tokenization.Patterns;

/// <summary>A text with each character beyond U+FFFF replaced by one within that has the same general category.</summary>
/// <remarks>.NET's regular expressions see two surrogates where Oniguruma sees a letter; in the shadow both see a letter.</remarks>
internal static class ShadowText
{
    // The highest of its category, so that patterns do not name it; patterns that do are refused (OnigurumaRegex).
    private static readonly Dictionary<UnicodeCategory, char> OfCategory = Enumerable.Range(0, 0xFFFE).Select(unit => (char)unit)
        .Where(unit => !char.IsSurrogate(unit)).GroupBy(char.GetUnicodeCategory).ToDictionary(g => g.Key, g => g.Max());

    private const char EnclosedLetter = '\u24E9';

    /// <summary>The stand-ins.</summary>
    public static IReadOnlySet<char> StandIns { get; } = OfCategory.Values.Append(EnclosedLetter).ToHashSet();

    /// <summary>The shadow, and for each of its units and its end the place in the text.</summary>
    public static (string Shadow, int[] Places) Of(ReadOnlySpan<char> text)
    {
        var shadow = new StringBuilder(text.Length);
        var places = new List<int>(text.Length + 1);
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            shadow.Append(rune.IsBmp ? (char)rune.Value
                : Letters.IsEnclosedLetter(rune.Value) ? EnclosedLetter
                : OfCategory.GetValueOrDefault(Rune.GetUnicodeCategory(rune), '\uFFFD'));
            places.Add(at);
            at += rune.Utf16SequenceLength;
        }
        places.Add(at);
        return (shadow.ToString(), [.. places]);
    }
}
