namespace Unlearn.Tokenization.Patterns;

/// <summary>GPT-2's words; its matches, one after the other, are the whole text.</summary>
/// <remarks>
/// <code>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</code>
/// Written by hand because .NET's regular expressions see UTF-16 units: a letter beyond U+FFFF would not be <c>\p{L}</c> there,
/// and the cuts would differ from every other reader of the same tokenizer file. It is also several times faster.
/// </remarks>
internal sealed class Gpt2Pattern : IPattern
{
    public const string Regex = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    public List<(int Start, int End)> Matches(ReadOnlySpan<char> text)
    {
        var matches = new List<(int, int)>(text.Length / 4 + 1);
        for (var (start, end) = (0, 0); start < text.Length; start = end)
        {
            end = End(text, start);
            matches.Add((start, end));
        }
        return matches;
    }

    private static int End(ReadOnlySpan<char> text, int from)
    {
        var contraction = Contraction(text[from..]);
        if (contraction > 0) return from + contraction;

        var first = KindAt(text, from, out var width);
        if (first != CharacterKind.Space) return Run(text, from + width, first);

        // One plain space belongs to the word that follows it.
        if (text[from] == ' ' && from + 1 < text.Length && KindAt(text, from + 1, out width) is var second and not CharacterKind.Space)
        {
            return Run(text, from + 1 + width, second);
        }
        // \s+(?!\S): more than one space before a word leaves the last one to it. Every white-space character is one UTF-16 unit.
        var spaces = Run(text, from + 1, CharacterKind.Space);
        return spaces == text.Length || spaces == from + 1 ? spaces : spaces - 1;
    }

    private static int Run(ReadOnlySpan<char> text, int from, CharacterKind kind)
    {
        while (from < text.Length && KindAt(text, from, out var width) == kind) from += width;
        return from;
    }

    private static int Contraction(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] != '\'') return 0;
        if (text[1] is 's' or 't' or 'm' or 'd') return 2;
        return text.Length > 2 && (text[1], text[2]) is ('r', 'e') or ('v', 'e') or ('l', 'l') ? 3 : 0;
    }

    private static CharacterKind KindAt(ReadOnlySpan<char> text, int at, out int width) =>
        CharacterKinds.At(text, at, out width) is var kind and not CharacterKind.NewLine ? kind : CharacterKind.Space;
}
