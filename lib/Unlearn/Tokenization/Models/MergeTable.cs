using System.Buffers;
using System.Numerics;

namespace Unlearn.Tokenization.Models;

/// <summary>Ranked merges of pairs of ids, and what they leave of a word: always the lowest rank first, the leftmost of equals.</summary>
/// <remarks>
/// Cost: n symbols take at most n − 1 merges, each with two look-ups in an open table of 16-byte entries at most half full. Finding the
/// next merge scans the ranks of the n − 1 neighbours while n is small, which stays in one or two cache lines; beyond
/// <see cref="ShortWord"/> a linked list with a queue makes it O(n log n), so that a megabyte without a space does not hang.
/// </remarks>
internal sealed class MergeTable
{
    private const int ShortWord = 64;
    private const int NoMerge = int.MaxValue;

    private readonly Entry[] entries;
    private readonly int shift;

    /// <param name="merges">Pair → the id it makes, in rank order; of a repeated pair the later rank holds, as in the original.</param>
    public MergeTable(IReadOnlyList<(int Left, int Right, int Merged)> merges)
    {
        var bits = Math.Max(3, BitOperations.Log2((uint)merges.Count * 2 + 1) + 1);
        entries = new Entry[1 << bits];
        shift = 64 - bits;
        for (var rank = 0; rank < merges.Count; rank++)
        {
            var key = Key(merges[rank].Left, merges[rank].Right);
            var at = Slot(key);
            while (entries[at].Used && entries[at].Key != key) at = (at + 1) & (entries.Length - 1);
            entries[at] = new(key, rank, merges[rank].Merged);
        }
    }

    /// <summary>Merges in place.</summary>
    /// <param name="symbols">The word's symbols; the result is at the front.</param>
    /// <returns>How many are left.</returns>
    public int Apply(Span<int> symbols)
    {
        if (symbols.Length < 2) return symbols.Length;
        return symbols.Length <= ShortWord ? ApplyByScan(symbols) : ApplyByQueue(symbols);
    }

    private int ApplyByScan(Span<int> symbols)
    {
        Span<int> ranks = stackalloc int[ShortWord], made = stackalloc int[ShortWord];
        var n = symbols.Length;
        for (var i = 0; i + 1 < n; i++) ranks[i] = Find(symbols[i], symbols[i + 1], out made[i]);
        while (n > 1)
        {
            var (best, at) = (NoMerge, 0);
            for (var i = 0; i + 1 < n; i++)
            {
                if (ranks[i] < best) (best, at) = (ranks[i], i);
            }
            if (best == NoMerge) break;
            symbols[at] = made[at];
            symbols[(at + 2)..n].CopyTo(symbols[(at + 1)..]);
            n--;
            if (at + 1 < n)
            {
                ranks[(at + 2)..n].CopyTo(ranks[(at + 1)..]);
                made[(at + 2)..n].CopyTo(made[(at + 1)..]);
                ranks[at] = Find(symbols[at], symbols[at + 1], out made[at]);
            }
            if (at > 0) ranks[at - 1] = Find(symbols[at - 1], symbols[at], out made[at - 1]);
        }
        return n;
    }

    private int ApplyByQueue(Span<int> symbols)
    {
        const int Gone = -1;
        var n = symbols.Length;
        var links = ArrayPool<int>.Shared.Rent(2 * n);
        var previous = links.AsSpan(0, n);
        var next = links.AsSpan(n, n);
        var queue = new PriorityQueue<(int Left, int Right, int Merged), long>(n);     // priority: rank, then place
        for (var i = 0; i < n; i++) (previous[i], next[i]) = (i - 1, i + 1);
        for (var i = 0; i + 1 < n; i++) Consider(symbols, i, i + 1);

        while (queue.TryDequeue(out var pair, out var rankAndPlace))
        {
            var at = (int)rankAndPlace;
            var after = next[at];
            if (symbols[at] != pair.Left || after >= n || symbols[after] != pair.Right) continue;
            symbols[at] = pair.Merged;
            symbols[after] = Gone;
            next[at] = next[after];
            if (next[at] < n) previous[next[at]] = at;
            if (previous[at] >= 0) Consider(symbols, previous[at], at);
            if (next[at] < n) Consider(symbols, at, next[at]);
        }
        var kept = 0;
        for (var i = 0; i < n; i = next[i]) symbols[kept++] = symbols[i];
        ArrayPool<int>.Shared.Return(links);
        return kept;

        void Consider(Span<int> symbols, int left, int right)
        {
            var rank = Find(symbols[left], symbols[right], out var merged);
            if (rank != NoMerge) queue.Enqueue((symbols[left], symbols[right], merged), ((long)rank << 32) | (uint)left);
        }
    }

    private int Find(int left, int right, out int merged)
    {
        var key = Key(left, right);
        var at = Slot(key);
        for (; entries[at].Used; at = (at + 1) & (entries.Length - 1))
        {
            if (entries[at].Key != key) continue;
            merged = entries[at].Merged;
            return entries[at].Rank;
        }
        merged = 0;
        return NoMerge;
    }

    private int Slot(ulong key) => (int)((key * 0x9E3779B97F4A7C15) >> shift);          // Knuth's multiplicative hashing

    private static ulong Key(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    private readonly struct Entry(ulong key, int rank, int merged)
    {
        private readonly int rankAndOne = rank + 1;

        public ulong Key => key;

        public int Merged => merged;

        public int Rank => rankAndOne - 1;

        public bool Used => rankAndOne != 0;
    }
}
