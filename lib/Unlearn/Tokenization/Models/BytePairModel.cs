using System.Buffers;
using System.Globalization;
using System.Text;

namespace Unlearn.Tokenization.Models;

/// <summary>Byte-pair encoding: a word's symbols, bytes or characters, are merged by learned pairs.</summary>
/// <remarks>
/// <para>
/// Cost: a known word is one look-up (<see cref="WordCache"/>), an unknown one a look-up a symbol and the merges of
/// <see cref="MergeTable"/>; no strings are made. SentencePiece's files have no pre-tokenizer, so there a word is a whole text, and
/// caching would not help. But where
/// no token holds a ▁ behind another character, no merge ever crosses the border before a ▁, so cutting there first gives the same ids
/// and words that repeat.
/// </para>
/// <para>Sennrich, Haddow, Birch, 2016, https://arxiv.org/abs/1508.07909</para>
/// </remarks>
internal sealed class BytePairModel : ITokenModel
{
    private const char Mark = '▁';
    private const int None = -1;

    private readonly Vocabulary vocabulary;
    private readonly BytePairOptions options;
    private readonly MergeTable merges;
    private readonly bool cutsAtMark;
    private readonly bool plainSymbols;
    private readonly Dictionary<int, int> idOfRune = [];
    private readonly int[] idOfByte = new int[256], idOfFallback = new int[256];
    private readonly WordCache cache = new();

    /// <param name="vocabulary">All tokens.</param>
    /// <param name="merges">Pairs of ids in rank order, with the id of what they make.</param>
    /// <param name="options">The rest.</param>
    public BytePairModel(Vocabulary vocabulary, IReadOnlyList<(int Left, int Right, int Merged)> merges, BytePairOptions options)
    {
        this.vocabulary = vocabulary;
        this.options = options;
        this.merges = new(merges);
        plainSymbols = options.ContinuingPrefix == "" && options.EndSuffix == "";
        for (var b = 0; b < 256; b++)
        {
            idOfByte[b] = vocabulary.Find(ByteAlphabet.Spell([(byte)b])) ?? None;
            idOfFallback[b] = vocabulary.Find(string.Create(CultureInfo.InvariantCulture, $"<0x{b:X2}>")) ?? None;
        }
        if (!options.ByteLevel)
        {
            foreach (var (token, id) in vocabulary)
            {
                if (Rune.TryGetRuneAt(token + ".", 0, out var rune) && rune.Utf16SequenceLength == token.Length) idOfRune[rune.Value] = id;
            }
            cutsAtMark = plainSymbols && !options.IgnoreMerges && vocabulary.Find(Mark.ToString()) is not null
                && !merges.Any(merge => HasMarkInside(vocabulary[merge.Merged]!));
        }
    }

    public void Append(ReadOnlySpan<char> word, List<int> ids)
    {
        if (!cutsAtMark)
        {
            AppendWord(word, ids);
            return;
        }
        while (word.Length > 0)
        {
            var end = 1;
            while (end < word.Length && (word[end] != Mark || word[end - 1] == Mark)) end++;
            AppendWord(word[..end], ids);
            word = word[end..];
        }
    }

    private void AppendWord(ReadOnlySpan<char> word, List<int> ids)
    {
        if (cache.TryAppend(word, ids)) return;
        var from = ids.Count;
        // A symbol is at least a UTF-16 unit, and a unit at most three bytes; prefix and suffix may fall back to bytes as well.
        var most = 3 * (word.Length * (1 + options.ContinuingPrefix.Length) + options.EndSuffix.Length);
        var rented = ArrayPool<int>.Shared.Rent(most);
        if (options.IgnoreMerges && WholeWord(word) is { } whole)
        {
            ids.Add(whole);
        }
        else
        {
            var symbols = rented.AsSpan(0, Symbols(word, rented));
            ids.AddRange(symbols[..merges.Apply(symbols)]);
        }
        ArrayPool<int>.Shared.Return(rented);
        cache.Remember(word, ids, from);
    }

    private int? WholeWord(ReadOnlySpan<char> word) => options.ByteLevel
        ? vocabulary.Find(ByteAlphabet.Spell(Encoding.UTF8.GetBytes(word.ToArray())))
        : vocabulary.Find(word);

    /// <summary>The ids of a word's symbols before any merge; returns how many.</summary>
    private int Symbols(ReadOnlySpan<char> word, Span<int> symbols)
    {
        if (options.ByteLevel && plainSymbols && options.Unknown is null) return Bytes(word, symbols);
        var (count, at) = (0, 0);
        int? unknown = null;                                // held back, because the next unknown may be fused with it
        var text = options.ByteLevel ? ByteAlphabet.Spell(Encoding.UTF8.GetBytes(word.ToArray())).AsSpan() : word;
        foreach (var rune in text.EnumerateRunes())
        {
            var (first, last) = (at == 0, at + rune.Utf16SequenceLength == text.Length);
            at += rune.Utf16SequenceLength;
            if (IdOf(rune, first, last) is { } id)
            {
                if (unknown is { } held) symbols[count++] = held;
                unknown = null;
                symbols[count++] = id;
            }
            else if (options.ByteFallback && TryBytes(rune, first, last, symbols[count..]) is var written and > 0)
            {
                count += written;                           // the original, too, leaves an unknown before it held back
            }
            else if (options.Unknown is { } unknownId)
            {
                if (unknown is { } held && !options.FuseUnknown) symbols[count++] = held;
                unknown = unknownId;
            }
        }
        if (unknown is { } rest) symbols[count++] = rest;
        return count;
    }

    private int Bytes(ReadOnlySpan<char> word, Span<int> symbols)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(word.Length));
        var count = 0;
        foreach (var b in bytes.AsSpan(0, Encoding.UTF8.GetBytes(word, bytes)))
        {
            if (idOfByte[b] != None) symbols[count++] = idOfByte[b];
        }
        ArrayPool<byte>.Shared.Return(bytes);
        return count;
    }

    private int? IdOf(Rune rune, bool first, bool last)
    {
        if (plainSymbols && !options.ByteLevel) return idOfRune.TryGetValue(rune.Value, out var id) ? id : null;
        return vocabulary.Find(Spelling(rune, first, last));
    }

    private int TryBytes(Rune rune, bool first, bool last, Span<int> symbols)
    {
        var count = 0;
        foreach (var b in Encoding.UTF8.GetBytes(Spelling(rune, first, last)))
        {
            if (idOfFallback[b] == None) return 0;
            symbols[count++] = idOfFallback[b];
        }
        return count;
    }

    private string Spelling(Rune rune, bool first, bool last) =>
        (first ? "" : options.ContinuingPrefix) + rune + (last ? options.EndSuffix : "");

    private static bool HasMarkInside(string token)
    {
        for (var i = 1; i < token.Length; i++)
        {
            if (token[i] == Mark && token[i - 1] != Mark) return true;
        }
        return false;
    }
}
