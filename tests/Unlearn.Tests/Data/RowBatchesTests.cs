using Unlearn.Data;
using Unlearn.Data.World;

namespace Unlearn.Tests.Data;

public sealed class RowBatchesTests
{
    // 1,003 rows of 5 … 64 tokens.
    private static readonly int[] Lengths = MakeLengths();

    [Fact]
    public void Every_epoch_holds_every_row_once()
    {
        using var batches = RowBatches.Endless(Lengths, 16, seed: 3).GetEnumerator();
        for (var epoch = 0; epoch < 3; epoch++)
            Assert.Equal(Enumerable.Range(0, Lengths.Length), Epoch(batches).SelectMany(batch => batch).Order());
    }

    // 1,003 = 62 · 16 + 11.
    [Fact]
    public void All_batches_of_an_epoch_are_full_but_one()
    {
        using var batches = RowBatches.Endless(Lengths, 16, seed: 3).GetEnumerator();
        var sizes = Epoch(batches).Select(batch => batch.Length).Order().ToArray();

        Assert.Equal([11, .. Enumerable.Repeat(16, 62)], sizes);
    }

    // The 40 rows of forget01 in batches of 32: five batches are four epochs.
    [Fact]
    public void Shuffled_batches_are_all_full_and_go_on_over_the_end_of_an_epoch()
    {
        int[][] batches = [.. RowBatches.Endless(Lengths[..40], 32, seed: 3, RowOrder.Shuffled).Take(5)];
        int[] rows = [.. batches.SelectMany(batch => batch)];

        Assert.All(batches, batch => Assert.Equal(32, batch.Length));
        Assert.All(rows.Chunk(40), epoch => Assert.Equal(Enumerable.Range(0, 40), epoch.Order()));
        Assert.NotEqual(rows[..40], rows[40..80]);
        Assert.NotEqual(rows[..40].OrderBy(row => Lengths[row]), rows[..40]);
    }

    [Fact]
    public void The_order_depends_on_the_seed_and_on_nothing_else()
    {
        static int[] First(long seed) => [.. RowBatches.Endless(Lengths, 16, seed).Take(150).SelectMany(batch => batch)];

        Assert.Equal(First(7), First(7));
        Assert.NotEqual(First(7), First(8));
        Assert.Equal(First(-1), First(-1));
    }

    [Fact]
    public void Epochs_differ_from_each_other()
    {
        using var batches = RowBatches.Endless(Lengths, 16, seed: 3).GetEnumerator();

        Assert.NotEqual(Epoch(batches).SelectMany(batch => batch), Epoch(batches).SelectMany(batch => batch));
    }

    // Forty rows, all of different length: sorted in one pool, every epoch would consist of the same five batches.
    [Fact]
    public void A_small_set_is_mixed_anew_every_epoch()
    {
        int[] lengths = [.. Enumerable.Range(5, 40)];
        var batches = RowBatches.Endless(lengths, 8, seed: 3).Take(10).Select(batch => string.Join(' ', batch.Order())).ToArray();

        Assert.Empty(batches[..5].Intersect(batches[5..]));
    }

    [Fact]
    public void Rows_of_like_length_together_save_most_of_the_filling()
    {
        static int Filling(IEnumerable<int[]> batches) =>
            batches.Sum(batch => batch.Max(row => Lengths[row]) * batch.Length - batch.Sum(row => Lengths[row]));

        using var batches = RowBatches.Endless(Lengths, 16, seed: 3).GetEnumerator();
        var shuffled = new SplitMix64(3).Shuffle(Enumerable.Range(0, Lengths.Length)).Chunk(16);

        Assert.InRange(Filling(Epoch(batches)), 0, Filling(shuffled) / 4);
        Assert.InRange(Filling(RowBatches.ByLength(Lengths, 16)), 0, Filling(shuffled) / 15);
    }

    // A loss is a mean over its batch, so a short batch gives its rows more weight: these must not be the longest rows each time.
    [Fact]
    public void Every_row_has_the_same_chance_to_be_in_the_brief_batch()
    {
        int[] lengths = [.. Enumerable.Range(1, 10)];
        var brief = RowBatches.Endless(lengths, 4, seed: 5).Take(3 * 2000).Where(batch => batch.Length == 2).SelectMany(batch => batch);

        // 2,000 epochs with two of ten rows: 400 times each, deviation 18.
        var times = brief.CountBy(row => row).ToDictionary();
        for (var row = 0; row < lengths.Length; row++) Assert.InRange(times.GetValueOrDefault(row), 310, 490);
    }

    [Fact]
    public void For_scoring_rows_are_sorted_by_length_and_equal_ones_stay_in_order()
    {
        int[][] batches = [.. RowBatches.ByLength([3, 1, 2, 1, 3], 2)];

        Assert.Equal([[1, 3], [2, 0], [4]], batches);
        Assert.Empty(RowBatches.ByLength([], 2));
    }

    [Fact]
    public void No_rows_and_batches_of_no_rows_are_refused_at_once()
    {
        var error = Assert.Throws<ArgumentException>(() => RowBatches.Endless([], 4, 0));

        Assert.Contains("at least one row", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => RowBatches.Endless([1], 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => RowBatches.ByLength([1], 0));
    }

    private static List<int[]> Epoch(IEnumerator<int[]> batches)
    {
        List<int[]> epoch = [];
        for (var rows = 0; rows < Lengths.Length; rows += epoch[^1].Length)
        {
            Assert.True(batches.MoveNext());
            epoch.Add(batches.Current);
        }
        return epoch;
    }

    private static int[] MakeLengths()
    {
        var random = new SplitMix64(11);
        return [.. Enumerable.Range(0, 1003).Select(_ => 5 + random.Below(60))];
    }
}
