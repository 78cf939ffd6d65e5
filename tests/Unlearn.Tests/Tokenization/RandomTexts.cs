using System.Text;

namespace Unlearn.Tests.Tokenization;

/// <summary>The texts that Fixtures/texts.mjs draws, by the same generator.</summary>
internal static class RandomTexts
{
    private const string TrickyText = "  \t\n\r\u00a0\u2003\u3000''''sdtmrevlSTſKk019٣½²AaäßñwWЖ日本한हि"
        + "\u0301\u0327\u200b\u200d\ufeff\0\u001c.,!?<|>[]/INST▁_-$+ﬁＡÅİǅ\u1e9b\u0323가각\u1100\u1161😀👨\u200d👩\u200d👧Ⓐ🄰";

    private static readonly Rune[] Tricky = [.. TrickyText.EnumerateRunes()];

    private static readonly int[] Blocks =
        [0x20, 0x100, 0x370, 0x400, 0x590, 0x900, 0xe00, 0x1100, 0x1e00, 0x2000, 0x3000, 0x4e00, 0xac00, 0xfb00, 0x1d400, 0x1f300];

    public static List<string> Draw(ulong seed, int count, bool anywhere = true)
    {
        var texts = new List<string>(count);
        for (var i = 0; i < count; i++)
        {
            var text = new StringBuilder();
            for (var left = Below(41); left > 0; left--) text.Append(AnyRune());
            texts.Add(text.ToString());
        }
        return texts;

        Rune AnyRune() => (Below(8), anywhere) switch
        {
            ( < 4, _) => Tricky[Below(Tricky.Length)],
            ( < 6, _) or (_, false) => new Rune(Blocks[Below(Blocks.Length)] + Below(0x100)),
            _ => Any(Below(0x110000 - 0x800)),
        };

        static Rune Any(int c) => new(c < 0xD800 ? c : c + 0x800);

        int Below(int n)
        {
            seed += 0x9E3779B97F4A7C15;
            var z = seed;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (int)(((z ^ (z >> 31)) >> 11) % (ulong)n);
        }
    }
}
