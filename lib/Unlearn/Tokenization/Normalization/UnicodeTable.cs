using System.Globalization;

namespace Unlearn.Tokenization.Normalization;

/// <summary>Decompositions, compositions and combining classes, read once from the embedded <c>unicode_forms.txt</c>.</summary>
internal static class UnicodeTable
{
    private const int FirstSyllable = 0xAC00, FirstLead = 0x1100, FirstVowel = 0x1161, FirstTail = 0x11A7;
    private const int Leads = 19, Vowels = 21, Tails = 28, Syllables = Leads * Vowels * Tails;

    private static readonly Dictionary<int, byte> Classes = [];
    private static readonly Dictionary<int, int[]> Canonical = [], Compatible = [];
    private static readonly Dictionary<(int First, int Second), int> Joined = [];

    static UnicodeTable()
    {
        using var stream = typeof(UnicodeTable).Assembly.GetManifestResourceStream("unicode_forms.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line[0] == '#') continue;
            var fields = line.Split(' ');
            var code = Hex(fields[0]);
            if (byte.Parse(fields[1], CultureInfo.InvariantCulture) is var kind and not 0) Classes.Add(code, kind);
            int[] parts = [.. fields.Skip(3).Select(Hex)];
            if (fields[2] is "=" or "<") Canonical.Add(code, parts);
            if (fields[2] == "~") Compatible.Add(code, parts);
            if (fields[2] == "=") Joined.Add((parts[0], parts[1]), code);
        }
    }

    /// <summary>0 for a starter.</summary>
    public static int CombiningClass(int c) => c < 0x300 ? 0 : Classes.GetValueOrDefault(c);

    /// <summary>Appends the full decomposition of a character, in which no part decomposes further.</summary>
    public static void Decompose(int c, bool compatible, List<int> parts)
    {
        if (c is >= FirstSyllable and < FirstSyllable + Syllables)
        {
            var index = c - FirstSyllable;
            parts.Add(FirstLead + index / (Vowels * Tails));
            parts.Add(FirstVowel + index % (Vowels * Tails) / Tails);
            if (index % Tails != 0) parts.Add(FirstTail + index % Tails);
        }
        else if (c >= 0xA0 && (Canonical.TryGetValue(c, out var found) || compatible && Compatible.TryGetValue(c, out found)))
        {
            foreach (var part in found) Decompose(part, compatible, parts);
        }
        else
        {
            parts.Add(c);
        }
    }

    /// <summary>The character that two make, or null.</summary>
    public static int? Compose(int first, int second)
    {
        if (first is >= FirstLead and < FirstLead + Leads && second is >= FirstVowel and < FirstVowel + Vowels)
        {
            return FirstSyllable + ((first - FirstLead) * Vowels + (second - FirstVowel)) * Tails;
        }
        if (first is >= FirstSyllable and < FirstSyllable + Syllables && (first - FirstSyllable) % Tails == 0
            && second is > FirstTail and < FirstTail + Tails)
        {
            return first + second - FirstTail;
        }
        return Joined.TryGetValue((first, second), out var joined) ? joined : null;
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
