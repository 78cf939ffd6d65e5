namespace Unlearn.Tokenization;

/// <summary>The 256 printable characters that stand for bytes in byte-level vocabularies, as GPT-2 introduced them.</summary>
/// <remarks>
/// A byte that is printable in Latin-1 (33–126, 161–172, 174–255) stands for itself; the other 68, in ascending order, become
/// U+0100, U+0101, …. So a space is written Ġ (U+0120) and a line feed Ċ (U+010A), and a vocabulary file holds no invisible text.
/// Radford et al., 2019, “Language Models are Unsupervised Multitask Learners”.
/// </remarks>
internal static class ByteAlphabet
{
    private static readonly char[] ToChar = Build();
    private static readonly short[] ToByte = [.. Enumerable.Range(0, 0x144).Select(c => (short)Array.IndexOf(ToChar, (char)c))];

    /// <summary>The alphabet in code point order, which is also the order of the first 256 ids of GPT-2.</summary>
    public static IEnumerable<byte> BytesInIdOrder => Enumerable.Range(0, 256).OrderBy(b => ToChar[b]).Select(b => (byte)b);

    /// <summary>Bytes → one character each.</summary>
    public static string Spell(ReadOnlySpan<byte> bytes)
    {
        var spelling = new char[bytes.Length];
        for (var i = 0; i < bytes.Length; i++) spelling[i] = ToChar[bytes[i]];
        return new string(spelling);
    }

    /// <summary>Characters → as many bytes; false, with the bytes undefined, when a character is outside the alphabet.</summary>
    public static bool TryRead(string spelling, Span<byte> bytes)
    {
        for (var i = 0; i < spelling.Length; i++)
        {
            if (!Contains(spelling[i])) return false;
            bytes[i] = (byte)ToByte[spelling[i]];
        }
        return true;
    }

    /// <summary>Whether a character stands for a byte.</summary>
    public static bool Contains(char c) => c < ToByte.Length && ToByte[c] >= 0;

    private static char[] Build()
    {
        var next = (char)256;
        var table = new char[256];
        for (var b = 0; b < 256; b++)
        {
            table[b] = b is (>= 33 and <= 126) or (>= 161 and <= 172) or (>= 174 and <= 255) ? (char)b : next++;
        }
        return table;
    }
}
