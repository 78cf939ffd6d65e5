using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Unlearn.Tokenization.Models;

/// <summary>The ids of words seen before. Text repeats its words, so most of a corpus is one look-up a word.</summary>
internal sealed class WordCache
{
    // Natural words are short and repeat; long ones are rare and would fill the cache with data nobody asks for again.
    private const int LongestWord = 64;
    private const int Words = 1 << 16;

    private readonly ConcurrentDictionary<string, int[]> known = new(StringComparer.Ordinal);
    private int count;

    /// <summary>Appends the ids of a word if they are known.</summary>
    public bool TryAppend(ReadOnlySpan<char> word, List<int> ids)
    {
        if (!known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var found)) return false;
        if (found.Length == 1) ids.Add(found[0]);
        else ids.AddRange(found.AsSpan());
        return true;
    }

    /// <summary>Remembers the ids from a place on. Full is full: eviction would cost every hit, and a corpus's words come early.</summary>
    public void Remember(ReadOnlySpan<char> word, List<int> ids, int from)
    {
        if (word.Length > LongestWord || Volatile.Read(ref count) >= Words) return;
        var copy = CollectionsMarshal.AsSpan(ids)[from..].ToArray();
        if (known.GetAlternateLookup<ReadOnlySpan<char>>().TryAdd(word, copy)) Interlocked.Increment(ref count);
    }
}
