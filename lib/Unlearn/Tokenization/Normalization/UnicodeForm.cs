using System.Text;

namespace Unlearn.Tokenization.Normalization;

/// <summary>One of Unicode's four normal forms: NFD, NFC, NFKD, NFKC.</summary>
/// <remarks>
/// <para>
/// Decompose every character fully, put runs of combining marks into the order of their classes, then, for the composed forms,
/// join each mark with the starter before it where nothing of at least its class stands between.
/// </para>
/// <para>
/// Written by hand because .NET leaves text as it is when globalization is invariant, and otherwise asks whatever ICU the machine has.
/// Unicode Standard Annex 15, https://unicode.org/reports/tr15/ The table is of Unicode 14, the Rust original's somewhat older: it leaves
/// the 73 characters alone that got decompositions in between.
/// </para>
/// </remarks>
/// <param name="compatible">NFKD and NFKC: ligatures, widths and superscripts become their plain forms too.</param>
/// <param name="composed">NFC and NFKC.</param>
internal sealed class UnicodeForm(bool compatible, bool composed) : INormalizer
{
    // Below these no character decomposes or combines: U+0300 is the first mark; À is the first letter of two parts, U+00A0 the
    // first compatible one.
    private readonly char untouched = composed && !compatible ? '\u0300' : compatible ? '\u00a0' : '\u00c0';

    public string Normalize(string text)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange('\0', (char)(untouched - 1)) < 0) return text;
        var characters = new List<int>(text.Length + 8);
        foreach (var rune in text.EnumerateRunes()) UnicodeTable.Decompose(rune.Value, compatible, characters);
        Order(characters);
        if (composed) Compose(characters);
        var result = new StringBuilder(characters.Count);
        foreach (var c in characters) result.Append(new Rune(c));
        return result.ToString();
    }

    /// <summary>Sorts each run of marks by combining class; equal classes keep their order.</summary>
    private static void Order(List<int> characters)
    {
        for (var i = 0; i < characters.Count; i++)
        {
            var kind = UnicodeTable.CombiningClass(characters[i]);
            if (kind == 0) continue;
            var from = i;
            while (i + 1 < characters.Count && UnicodeTable.CombiningClass(characters[i + 1]) != 0) i++;
            var run = characters.GetRange(from, i - from + 1).OrderBy(UnicodeTable.CombiningClass).ToArray();      // a stable sort
            for (var k = 0; k < run.Length; k++) characters[from + k] = run[k];
        }
    }

    private static void Compose(List<int> characters)
    {
        var (starter, last, kept) = (-1, 0, 0);             // last: class of the character kept before this one, 0 right after a starter
        for (var i = 0; i < characters.Count; i++)
        {
            var c = characters[i];
            var kind = UnicodeTable.CombiningClass(c);
            var adjacent = starter == kept - 1;
            if (starter >= 0 && (adjacent || last < kind) && UnicodeTable.Compose(characters[starter], c) is { } joined)
            {
                characters[starter] = joined;
                continue;
            }
            if (kind == 0) starter = kept;
            last = kind;
            characters[kept++] = c;
        }
        characters.RemoveRange(kept, characters.Count - kept);
    }
}
