using System.Text;

namespace Unlearn.Tokenization;

/// <summary>Cuts text into the words that byte-pair merges never cross, by GPT-2's pattern.</summary>
/// <remarks>
/// <code>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</code>
/// Written by hand because .NET's regular expressions see UTF-16 units: a letter beyond U+FFFF would not be <c>\p{L}</c> there,
/// and the cuts would differ from every other reader of the same tokenizer file.
/// The pieces, concatenated, are the text.
/// </remarks>
internal static class WordSplitter
{
    private enum Kind { Letter, Number, Space, Other }

    /// <summary>Length in UTF-16 units of the first word of a text that is not empty.</summary>
    public static int FirstLength(ReadOnlySpan<char> text)
    {
        var contraction = Contraction(text);
        if (contraction > 0) return contraction;

        var first = KindAt(text, out var width);
        if (first != Kind.Space) return Run(text, first);

        // One plain space belongs to the word that follows it.
        if (text[0] == ' ' && text.Length > 1 && KindAt(text[1..], out _) is var second and not Kind.Space)
        {
            return 1 + Run(text[1..], second);
        }

        var spaces = Run(text, Kind.Space);
        if (spaces == text.Length || spaces == width) return spaces;

        // \s+(?!\S): more than one space before a word leaves the last one to it. Every white-space character is one UTF-16 unit.
        return spaces - 1;
    }

    private static int Run(ReadOnlySpan<char> text, Kind kind)
    {
        var length = 0;
        while (length < text.Length && KindAt(text[length..], out var width) == kind) length += width;
        return length;
    }

    private static int Contraction(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] != '\'') return 0;
        if (text[1] is 's' or 't' or 'm' or 'd') return 2;
        return text.Length > 2 && (text[1], text[2]) is ('r', 'e') or ('v', 'e') or ('l', 'l') ? 3 : 0;
    }

    private static Kind KindAt(ReadOnlySpan<char> text, out int width)
    {
        // A lone surrogate decodes to U+FFFD, one unit wide, which is neither letter, number nor space.
        Rune.DecodeFromUtf16(text, out var rune, out width);
        return Rune.IsLetter(rune) ? Kind.Letter
            : Rune.IsNumber(rune) ? Kind.Number
            : Rune.IsWhiteSpace(rune) ? Kind.Space
            : Kind.Other;
    }
}
