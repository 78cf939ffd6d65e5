using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Unlearn.Tokenization.Normalization;

/// <summary>SentencePiece's own normalization rules, compiled into a trie: T5, XLM-RoBERTa and DeBERTa-v3 carry them.</summary>
/// <remarks>
/// <code>trie's size in bytes, 4 bytes little-endian │ double-array trie of 32-bit units │ replacements, each ended by a zero byte</code>
/// <para>
/// A grapheme of fewer than six bytes is looked up as a whole, otherwise and where it is not found each of its characters. The original
/// takes the first, that is shortest, key that begins the grapheme and drops the rest of it; models are trained with that, so it stays.
/// </para>
/// <para>Kudo, Richardson, 2018, https://arxiv.org/abs/1808.06226</para>
/// </remarks>
internal sealed class Precompiled : INormalizer
{
    private const int LongestGrapheme = 5;

    private readonly uint[] trie;
    private readonly byte[] replacements;

    /// <exception cref="FormatException">The bytes are not such a table.</exception>
    public Precompiled(byte[] table)
    {
        if (table.Length < 4) throw new FormatException($"a table of at least 4 bytes should be there but it has {table.Length}.");
        var size = BinaryPrimitives.ReadUInt32LittleEndian(table);
        if (size % 4 != 0 || size > table.Length - 4)
        {
            throw new FormatException($"its trie should be of whole units within {table.Length - 4} bytes but is of {size}.");
        }
        trie = new uint[size / 4];
        for (var i = 0; i < trie.Length; i++) trie[i] = BinaryPrimitives.ReadUInt32LittleEndian(table.AsSpan(4 + 4 * i));
        replacements = table[(4 + (int)size)..];
        try
        {
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(replacements);
        }
        catch (ArgumentException error)
        {
            throw new FormatException("its replacements should be UTF-8.", error);
        }
    }

    public string Normalize(string text)
    {
        var result = new StringBuilder(text.Length);
        Span<byte> bytes = stackalloc byte[LongestGrapheme];
        for (var rest = text.AsSpan(); rest.Length > 0;)
        {
            var grapheme = rest[..StringInfo.GetNextTextElementLength(rest)];
            rest = rest[grapheme.Length..];
            if (Encoding.UTF8.TryGetBytes(grapheme, bytes, out var length) && Find(bytes[..length]) is { } whole)
            {
                result.Append(whole);
                continue;
            }
            foreach (var rune in grapheme.EnumerateRunes())
            {
                length = rune.EncodeToUtf8(bytes);
                if (Find(bytes[..length]) is { } one) result.Append(one);
                else result.Append(rune);
            }
        }
        return result.ToString();
    }

    /// <summary>The replacement of the shortest key that begins these bytes, or null.</summary>
    private string? Find(ReadOnlySpan<byte> bytes)
    {
        if (trie.Length == 0) return null;
        var node = Offset(trie[0]);
        foreach (var next in bytes)
        {
            if (next == 0) return null;
            node ^= next;
            if (node >= trie.Length || Label(trie[node]) != next) return null;
            var unit = trie[node];
            node ^= Offset(unit);
            if ((unit >> 8 & 1) == 0) continue;
            if (node >= trie.Length) return null;
            var at = (int)(trie[node] & 0x7fffffff);
            if (at > replacements.Length) return null;
            var end = replacements.AsSpan(at).IndexOf((byte)0);
            return Encoding.UTF8.GetString(replacements.AsSpan(at, end < 0 ? replacements.Length - at : end));
        }
        return null;
    }

    private static uint Offset(uint unit) => unit >> 10 << (int)((unit & 1 << 9) >> 6);

    private static uint Label(uint unit) => unit & (1u << 31 | 0xff);
}
