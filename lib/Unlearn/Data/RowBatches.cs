using Unlearn.Data.World;
using Unlearn.Tensors;

namespace Unlearn.Data;

/// <summary>Orders rows into batches: shuffled by seed, with rows of like length together so that little is filled up.</summary>
public static class RowBatches
{
    // Rows of up to this many batches are sorted by length together. At most a quarter of all: a small set in one pool would make
    // the same batches every epoch.
    private const int LargestPool = 8;

    /// <summary>Row numbers, batch by batch, epoch after epoch, without end. Every epoch holds every row once.</summary>
    /// <param name="lengths">The length of each row in tokens.</param>
    /// <param name="batchSize">Rows in a batch; one of an epoch has fewer where they do not come out even, with any rows.</param>
    /// <param name="seed">Same seed, same order, on every machine.</param>
    public static IEnumerable<int[]> Endless(IReadOnlyList<int> lengths, int batchSize, long seed)
    {
        Require.Positive(batchSize);
        if (lengths.Count == 0) throw new ArgumentException("There should be at least one row but there is none.", nameof(lengths));
        return Epochs();

        IEnumerable<int[]> Epochs()
        {
            var random = new SplitMix64((ulong)seed);
            while (true)
                foreach (var batch in Epoch(random)) yield return batch;
        }

        IEnumerable<int[]> Epoch(SplitMix64 random)
        {
            var order = random.Shuffle(Enumerable.Range(0, lengths.Count));
            // Taken before sorting: losses are means over a batch, so a short batch that got the longest rows would weigh them more.
            var (rest, full) = (order[..(order.Length % batchSize)], order[(order.Length % batchSize)..]);
            var pools = Math.Clamp(full.Length / (4 * batchSize), 1, LargestPool);
            var batches = full.Chunk(pools * batchSize).SelectMany(pool => pool.OrderBy(row => lengths[row]).Chunk(batchSize));
            return random.Shuffle(batches.Concat(rest.Chunk(batchSize)));
        }
    }

    /// <summary>Row numbers sorted by length and cut into batches, each row once: for scoring, where order does not matter.</summary>
    /// <param name="lengths">The length of each row in tokens.</param>
    /// <param name="batchSize">Rows in a batch.</param>
    public static IEnumerable<int[]> ByLength(IReadOnlyList<int> lengths, int batchSize) =>
        Enumerable.Range(0, lengths.Count).OrderBy(row => lengths[row]).Chunk(Require.Positive(batchSize));
}
