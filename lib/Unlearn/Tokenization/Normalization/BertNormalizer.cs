using System.Globalization;
using System.Text;

namespace Unlearn.Tokenization.Normalization;

/// <summary>BERT's basic clean-up, each part by its switch.</summary>
/// <remarks>
/// The Rust original's tables of marks, punctuation and format characters are of Unicode 8; here they are .NET's, so ids can differ where
/// a text has one of the few hundred such characters that were added since 2015.
/// </remarks>
/// <param name="cleanText">Control, format and private characters go; every white space becomes a plain one.</param>
/// <param name="separateIdeographs">A space on both sides of each Chinese character, so that each is a word.</param>
/// <param name="stripAccents">Canonical decomposition, then no non-spacing marks.</param>
/// <param name="lowercase">Lower case.</param>
internal sealed class BertNormalizer(bool cleanText, bool separateIdeographs, bool stripAccents, bool lowercase) : INormalizer
{
    private static readonly Rune Space = new(' ');
    private static readonly UnicodeForm Decomposition = new(compatible: false, composed: false);
    private static readonly Lowercase Lower = new();

    public string Normalize(string text)
    {
        if (cleanText) text = RuneFilter.Map(text, Clean);
        if (separateIdeographs) text = Separate(text);
        if (stripAccents)
        {
            text = RuneFilter.Map(Decomposition.Normalize(text),
                c => Rune.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark ? null : c);
        }
        return lowercase ? Lower.Normalize(text) : text;
    }

    private static Rune? Clean(Rune c) => c.Value switch
    {
        '\t' or '\n' or '\r' => Space,
        0 or 0xFFFD => null,
        _ => Rune.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse => null,
            _ => Rune.IsWhiteSpace(c) ? Space : c,
        },
    };

    private static string Separate(string text)
    {
        StringBuilder? changed = null;
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var ideograph = IsIdeograph(rune.Value);
            if (ideograph) changed ??= new StringBuilder(text, 0, at, text.Length * 2);
            if (ideograph) changed!.Append(' ').Append(rune).Append(' ');
            else changed?.Append(rune);
            at += rune.Utf16SequenceLength;
        }
        return changed?.ToString() ?? text;
    }

    /// <summary>The blocks that BERT's authors list; Hangul, Hiragana and Katakana are written with spaces or not touched.</summary>
    private static bool IsIdeograph(int c) => c is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF)
        or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B81F) or (>= 0x2B920 and <= 0x2CEAF)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
