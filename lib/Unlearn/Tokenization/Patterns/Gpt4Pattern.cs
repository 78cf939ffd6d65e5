namespace Unlearn.Tokenization.Patterns;

/// <summary>The words of GPT-4, Llama 3 (numbers of up to three digits) and Qwen (one digit); matches are the whole text.</summary>
/// <remarks>
/// <code>(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+</code>
/// By hand for the reasons of <see cref="Gpt2Pattern"/>. Case is Unicode's: the long ſ of U+017F is an s there.
/// </remarks>
/// <param name="digits">Most digits in a piece of a number.</param>
internal sealed class Gpt4Pattern(int digits) : IPattern
{
    public const string Beginning = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|";
    public const string End = @"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    /// <summary>The pattern behind one of the two ways to write it, or null.</summary>
    public static Gpt4Pattern? Of(string regex) => regex switch
    {
        Beginning + @"\p{N}{1,3}" + End => new(3),
        Beginning + @"\p{N}" + End => new(1),
        _ => null,
    };

    public List<(int Start, int End)> Matches(ReadOnlySpan<char> text)
    {
        var matches = new List<(int, int)>(text.Length / 4 + 1);
        for (var (start, end) = (0, 0); start < text.Length; start = end)
        {
            end = EndOf(text, start);
            matches.Add((start, end));
        }
        return matches;
    }

    private int EndOf(ReadOnlySpan<char> text, int from)
    {
        var contraction = Contraction(text[from..]);
        if (contraction > 0) return from + contraction;

        var first = CharacterKinds.At(text, from, out var width);
        var next = from + width;
        if (first == CharacterKind.Letter) return Letters(text, next);
        if (first == CharacterKind.Number)
        {
            for (var count = 1; count < digits && Is(text, next, CharacterKind.Number, out width); count++) next += width;
            return next;
        }
        // A character that is neither letter, number nor line break goes with the letters right behind it.
        if (first != CharacterKind.NewLine && Is(text, next, CharacterKind.Letter, out width)) return Letters(text, next + width);
        if (first == CharacterKind.Other) return Symbols(text, next);
        if (text[from] == ' ' && Is(text, next, CharacterKind.Other, out width)) return Symbols(text, next + width);
        return Spaces(text, from);
    }

    private static int Letters(ReadOnlySpan<char> text, int at)
    {
        while (Is(text, at, CharacterKind.Letter, out var width)) at += width;
        return at;
    }

    private static int Symbols(ReadOnlySpan<char> text, int at)
    {
        while (Is(text, at, CharacterKind.Other, out var width)) at += width;
        while (Is(text, at, CharacterKind.NewLine, out _)) at++;
        return at;
    }

    /// <summary>To behind the last line break of the run; without one, all but the last space before a word, or all.</summary>
    private static int Spaces(ReadOnlySpan<char> text, int from)
    {
        var (at, behindBreak) = (from, 0);
        while (at < text.Length && CharacterKinds.At(text, at, out _) is var kind and (CharacterKind.Space or CharacterKind.NewLine))
        {
            at++;
            if (kind == CharacterKind.NewLine) behindBreak = at;
        }
        if (behindBreak > 0) return behindBreak;
        return at == text.Length || at == from + 1 ? at : at - 1;
    }

    private static bool Is(ReadOnlySpan<char> text, int at, CharacterKind kind, out int width)
    {
        width = 0;
        return at < text.Length && CharacterKinds.At(text, at, out width) == kind;
    }

    private static int Contraction(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] != '\'') return 0;
        if (Lower(text[1]) is 's' or 't' or 'm' or 'd') return 2;
        return text.Length > 2 && (Lower(text[1]), Lower(text[2])) is ('r', 'e') or ('v', 'e') or ('l', 'l') ? 3 : 0;
    }

    private static char Lower(char c) => c == 'ſ' ? 's' : char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
}
