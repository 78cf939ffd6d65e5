using Unlearn.Data.World;
using Unlearn.Tensors;

namespace Unlearn.Data;

/// <summary>How rows come together in batches.</summary>
public enum RowOrder
{
    /// <summary>Rows of like length together, so that little is filled up; each epoch by itself, with one short batch.</summary>
    LikeLengths,

    /// <summary>
    /// As Hugging Face's trainer draws rows and DeepSpeed gathers them: whatever their length, and a batch goes on over the end of an
    /// epoch, so that all batches are full.
    /// </summary>
    Shuffled,
}

/// <summary>Orders rows into batches: shuffled by seed.</summary>
public static class RowBatches
{
    // Rows of up to this many batches are sorted by length together. At most a quarter of all: a small set in one pool would make
    // the same batches every epoch.
    private const int LargestPool = 8;

    /// <summary>Row numbers, batch by batch, epoch after epoch, without end. Every epoch holds every row once.</summary>
    /// <param name="lengths">The length of each row in tokens.</param>
    /// <param name="batchSize">
    /// Rows in a batch; with like lengths one of an epoch has fewer where they do not come out even, with any rows.
    /// </param>
    /// <param name="seed">Same seed, same order, on every machine.</param>
    /// <param name="order">Which rows come together.</param>
    public static IEnumerable<int[]> Endless(
        IReadOnlyList<int> lengths, int batchSize, long seed, RowOrder order = RowOrder.LikeLengths)
    {
        Require.Positive(batchSize);
        if (lengths.Count == 0) throw new ArgumentException("There should be at least one row but there is none.", nameof(lengths));
        return order == RowOrder.Shuffled ? Rows().Chunk(batchSize) : Epochs();

        IEnumerable<int> Rows()
        {
            var random = new SplitMix64((ulong)seed);
            while (true)
                foreach (var row in random.Shuffle(Enumerable.Range(0, lengths.Count))) yield return row;
        }

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
