using System.Globalization;
using System.Text;

namespace Unlearn.Tokenization;

/// <summary>Classes of characters as the Rust original's libraries draw them.</summary>
internal static class Letters
{
    /// <summary>General category P, or an ASCII symbol that C calls punctuation, such as $ and +.</summary>
    public static bool IsPunctuation(Rune c) => c.IsAscii
        ? c.Value is (>= '!' and <= '/') or (>= ':' and <= '@') or (>= '[' and <= '`') or (>= '{' and <= '~')
        : Rune.IsPunctuation(c);

    /// <summary>A word character of regular expressions with Unicode: alphabetic, mark, decimal digit, connector or joiner.</summary>
    public static bool IsWord(Rune c)
    {
        if (c.IsAscii) return char.IsAsciiLetterOrDigit((char)c.Value) || c.Value == '_';
        return Rune.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.DecimalDigitNumber
                or UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation => true,
            _ => IsEnclosedLetter(c.Value) || c.Value is 0x200C or 0x200D,
        };
    }

    /// <summary>Symbols that are alphabetic all the same: Ⓐ … ⓩ, 🄰 … 🅉, 🅐 … 🅩, 🅰 … 🆉.</summary>
    public static bool IsEnclosedLetter(int c) =>
        c is (>= 0x24B6 and <= 0x24E9) or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189);

    /// <summary>General category M.</summary>
    public static bool IsMark(Rune c) => Rune.GetUnicodeCategory(c)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
