using System.Globalization;
using System.Text;

namespace Unlearn.Tokenization.Patterns;

/// <summary>Rewrites Oniguruma's regular expressions, Ruby's dialect, as .NET's with the same matches.</summary>
/// <remarks>
/// <para>
/// Differences that the translation settles: <c>^</c> and <c>$</c> are line ends; <c>\w</c> holds all marks and letter numbers; <c>\h</c>
/// is a hexadecimal digit; <c>+</c> behind <c>?</c>, <c>*</c> and <c>+</c> is possessive; ignoring case is Unicode's, so ſ is an s
/// and K (U+212A) a k; classes may nest.
/// </para>
/// <para>
/// What has no sound translation is refused: back references, named groups, options but i, word boundaries, <c>\X</c>, <c>\R</c>, script
/// properties, intersections of classes, characters beyond U+FFFF by name.
/// </para>
/// </remarks>
internal ref struct OnigurumaRegex
{
    private const int DeepestGroup = 100;
    private const string Word = @"\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}\u24B6-\u24E9\u00B2\u00B3\u00B9\u00BC-\u00BE";

    private static readonly Dictionary<string, string> Properties = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Letter"] = "L",
        ["Mark"] = "M",
        ["Number"] = "N",
        ["Punctuation"] = "P",
        ["Symbol"] = "S",
        ["Separator"] = "Z",
        ["Other"] = "C",
    };

    private readonly string source;
    private int at;
    private int depth;
    private bool ignoreCase;

    private OnigurumaRegex(string source) => this.source = source;

    /// <summary>An expression for .NET, to be used without options on <see cref="ShadowText"/>.</summary>
    /// <exception cref="FormatException">The expression ends early or uses what has no sound translation.</exception>
    public static string Translate(string source)
    {
        var reader = new OnigurumaRegex(WellFormed.Of(source));
        var result = reader.Alternatives();
        return reader.at == reader.source.Length ? result : throw reader.Bad("an unmatched ')'");
    }

    private readonly bool More => at < source.Length;

    private readonly char Next => More ? source[at] : throw Bad("its end");

    private string Alternatives()
    {
        if (++depth > DeepestGroup) throw Bad($"more than {DeepestGroup} groups in each other");
        var (result, outer) = (new StringBuilder(), ignoreCase);
        while (More && Next != ')')
        {
            if (Next == '|') { at++; result.Append('|'); }
            else result.Append(Repeated(Atom()));
        }
        (ignoreCase, depth) = (outer, depth - 1);
        return result.ToString();
    }

    private string Repeated(string atom)
    {
        while (More && Next is '?' or '*' or '+' or '{')
        {
            var braces = Next == '{';
            if (atom.Length == 0) throw Bad("a repetition of nothing");
            if (braces)
            {
                if (Interval() is not { } interval) break;
                atom += interval;
            }
            else
            {
                atom += source[at++];
            }
            if (More && Next == '?') atom += source[at++];
            else if (More && Next == '+' && !braces) { at++; atom = $"(?>{atom})"; }
            if (More && Next is '?' or '*' or '+' or '{') atom = $"(?:{atom})";
        }
        return atom;
    }

    /// <summary>{n}, {n,}, {,m} or {n,m}; null where the brace is a character of its own.</summary>
    private string? Interval()
    {
        var close = source.IndexOf('}', at);
        var parts = close < 0 ? [] : source[(at + 1)..close].Split(',');
        if (parts.Length is not (1 or 2) || parts.All(part => part == "")) return null;
        if (parts.Any(part => part.Length > 5 || !part.All(char.IsAsciiDigit))) return null;
        at = close + 1;
        return parts.Length == 1 ? $"{{{parts[0]}}}" : $"{{{(parts[0] == "" ? "0" : parts[0])},{parts[1]}}}";
    }

    private string Atom()
    {
        var c = Take();
        return c switch
        {
            '(' => Group(),
            '[' => $"[{Class()}]",
            '\\' => Escape(inClass: false),
            '.' => @"[^\n]",
            '^' => @"(?:\A|(?<=\n)(?!\z))",
            '$' => @"(?=\n|\z)",
            '?' or '*' or '+' => throw Bad("a repetition of nothing"),
            _ => Literal(c),
        };
    }

    private string Group()
    {
        foreach (var opening in (ReadOnlySpan<string>)["?:", "?=", "?!", "?<=", "?<!", "?>"])
        {
            if (!source.AsSpan(at).StartsWith(opening, StringComparison.Ordinal)) continue;
            at += opening.Length;
            return Closed($"({opening}");
        }
        if (!More || Next != '?') return Closed("(?:");

        at++;
        var (on, outer) = (true, ignoreCase);
        for (; Next is 'i' or '-'; at++)
        {
            if (Next == 'i') ignoreCase = on;
            else on = false;
        }
        var end = Take();
        if (end == ')') return "";                          // (?i) holds to the end of the enclosing group
        if (end != ':') throw Bad($"the group '(?{end}'");
        var result = Closed("(?:");
        ignoreCase = outer;
        return result;
    }

    private string Closed(string opening)
    {
        var inner = Alternatives();
        return Take() == ')' ? opening + inner + ")" : throw Bad("no ')'");
    }

    /// <summary>What stands between the brackets in .NET's form; nested classes are merged into the outer one.</summary>
    private string Class()
    {
        if (++depth > DeepestGroup) throw Bad($"more than {DeepestGroup} groups in each other");
        var (result, first) = (new StringBuilder(), true);
        if (Next == '^') { at++; result.Append('^'); }
        for (; first || Next != ']'; first = false)
        {
            if (source.AsSpan(at).StartsWith("&&", StringComparison.Ordinal)) throw Bad("an intersection of classes");
            if (Next == '[')
            {
                at++;
                if (Next is ':' or '^') throw Bad($"the class '[{Next}' inside a class");
                result.Append(Class());
                continue;
            }
            var (set, low) = Member();
            if (set is not null) { result.Append(set); continue; }
            var high = low;
            if (More && Next == '-' && at + 1 < source.Length && source[at + 1] is not (']' or '['))
            {
                at++;
                (set, high) = Member();
                if (set is not null || high < low) throw Bad("a range that ends before it begins");
            }
            result.Append(Range(low, high));
        }
        at++;
        depth--;
        return result.ToString();
    }

    /// <summary>A set such as \s in .NET's form, or one character.</summary>
    private (string? Set, int Character) Member()
    {
        if (Next != '\\') return (null, Character());
        at++;
        return CharacterEscape() is { } character ? (null, character) : (Escape(inClass: true), 0);
    }

    private string Escape(bool inClass)
    {
        if (CharacterEscape() is { } character) return Literal(character);
        var c = Take();
        switch (c)
        {
            case 's' or 'S' or 'd' or 'D': return $"\\{c}";
            case 'w': return inClass ? Word : $"[{Word}]";
            case 'W' when !inClass: return $"[^{Word}]";
            case 'h': return inClass ? "0-9a-fA-F" : "[0-9a-fA-F]";
            case 'A' or 'z' when !inClass: return $"\\{c}";
            case 'p' or 'P': return Property(negated: c == 'P');
            default: throw Bad($"'\\{c}'");
        }
    }

    private string Property(bool negated)
    {
        if (Take() != '{') throw Bad("'\\p' without a name in braces");
        if (Next == '^') { at++; negated = !negated; }
        var from = at;
        while (Next != '}') at++;
        var name = source[from..at++];
        if (name.Length > 30) throw Bad("a property with a long name");
        name = Properties.GetValueOrDefault(name, name);
        const string Categories = " L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po S Sm Sc Sk So Z Zs Zl Zp C Cc Cf Co Cn ";
        if (!Categories.Contains($" {name} ", StringComparison.Ordinal)) throw Bad($"the property '{name}'");
        return $"\\{(negated ? 'P' : 'p')}{{{name}}}";
    }

    /// <summary>The character behind an escape such as \n or \u0041, or null, with nothing read, where it is none.</summary>
    private int? CharacterEscape()
    {
        var c = Next;
        int? simple = c switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'f' => '\f', 'v' => '\v', 'a' => '\a', 'e' => 0x1B, _ => null };
        if (simple is null && !char.IsAsciiLetterOrDigit(c)) return Character();
        if (simple is null && c is not ('x' or 'u')) return null;
        at++;
        if (simple is not null) return simple;
        if (c == 'u') return Hex(4, 4);
        if (!More || Next != '{') return Hex(1, 2);
        at++;
        var value = Hex(1, 6);
        return Take() == '}' ? value : throw Bad("'\\x{' without '}'");
    }

    private int Hex(int least, int most)
    {
        var from = at;
        while (at - from < most && More && char.IsAsciiHexDigit(Next)) at++;
        return at - from >= least
            ? int.Parse(source.AsSpan(from, at - from), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : throw Bad("a character number that is not hexadecimal");
    }

    private int Character()
    {
        var c = Take();
        return char.IsHighSurrogate(c) ? char.ConvertToUtf32(c, Take()) : c;
    }

    private readonly string Literal(int c)
    {
        if (char.IsHighSurrogate((char)c) || c > char.MaxValue) throw Bad("a character beyond U+FFFF");
        var cases = Cases(c);
        return cases.Count == 1 ? Range(c, c) : $"[{string.Concat(cases.Select(Unit))}]";
    }

    private readonly string Range(int low, int high)
    {
        if (high < 0x10FFFF && (high > char.MaxValue || ShadowText.StandIns.Any(c => c >= low && c <= high && high < char.MaxValue)))
        {
            throw Bad($"the range U+{low:X4} … U+{high:X4}, of which some characters beyond U+FFFF would be told wrongly");
        }
        high = Math.Min(high, char.MaxValue);
        if (low > high) throw Bad("a range beyond U+FFFF");
        var result = low == high ? Unit(low) : $"{Unit(low)}-{Unit(high)}";
        if (!ignoreCase) return result;
        if (high - low > 0x1000) throw Bad("a range too wide to ignore case in");
        for (var c = low; c <= high; c++) result += string.Concat(Cases(c).Where(other => other < low || other > high).Select(Unit));
        return result;
    }

    private static string Unit(int c) => string.Create(CultureInfo.InvariantCulture, $"\\u{c:X4}");

    private readonly List<int> Cases(int c)
    {
        if (!ignoreCase) return [c];
        List<int> cases = [c, char.ToLowerInvariant((char)c), char.ToUpperInvariant((char)c)];
        if (c is 's' or 'S' or 'ſ') cases.AddRange(['s', 'S', 'ſ']);
        if (c is 'k' or 'K' or 0x212A) cases.AddRange(['k', 'K', 0x212A]);
        if (c is 'å' or 'Å' or 0x212B) cases.AddRange(['å', 'Å', 0x212B]);
        return [.. cases.Distinct()];
    }

    private char Take()
    {
        var c = Next;
        at++;
        return c;
    }

    private readonly FormatException Bad(string found)
    {
        var shown = source.Length > 100 ? source[..100] + "…" : source;
        return new($"the regular expression '{shown}' has {found} near place {at}, which is not supported.");
    }
}
