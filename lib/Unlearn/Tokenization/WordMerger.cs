namespace Unlearn.Tokenization;

/// <summary>Applies ranked merges to one word: always the pair of lowest rank, the leftmost of equals.</summary>
internal static class WordMerger
{
    /// <summary>
    /// O(n log n) in the word's length: the symbols form a linked list, and a queue holds the pairs that might still be merged.
    /// The quadratic scan would hang on a megabyte without a space.
    /// </summary>
    /// <param name="symbols">One id per byte; used as working memory.</param>
    /// <param name="mergeOf">Pair → rank and resulting id.</param>
    public static int[] Merge(int[] symbols, IReadOnlyDictionary<(int Left, int Right), (int Rank, int Merged)> mergeOf)
    {
        const int Gone = -1;
        var n = symbols.Length;
        var (previous, next) = (new int[n], new int[n]);
        var queue = new PriorityQueue<(int Left, int Right, int Merged), long>();      // priority: rank, then place
        for (var i = 0; i < n; i++)
        {
            (previous[i], next[i]) = (i - 1, i + 1);
            Consider(i, i + 1);
        }

        while (queue.TryDequeue(out var pair, out var rankAndPlace))
        {
            var at = (int)rankAndPlace;
            var after = next[at];
            if (symbols[at] != pair.Left || after >= n || symbols[after] != pair.Right) continue;
            symbols[at] = pair.Merged;
            symbols[after] = Gone;
            next[at] = next[after];
            if (next[at] < n) previous[next[at]] = at;
            Consider(previous[at], at);
            Consider(at, next[at]);
        }
        return [.. symbols.Where(s => s != Gone)];

        void Consider(int left, int right)
        {
            if (left >= 0 && right < n && mergeOf.TryGetValue((symbols[left], symbols[right]), out var merge))
            {
                queue.Enqueue((symbols[left], symbols[right], merge.Merged), ((long)merge.Rank << 32) | (uint)left);
            }
        }
    }
}
