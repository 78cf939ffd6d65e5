using Unlearn.Dialogues;

namespace Unlearn.Tests.Dialogues;

public sealed class ForgetSharesTests
{
    [Fact]
    public void Active_kinds_share_evenly() => Assert.Equal([8, 8, 8], ForgetShares.Of(24, [true, true, true], 0.2, step: 5).ToArray());

    // 0.2 · 24 / 3 = 1.6 rows a step of a finished kind: 8 in five steps, the others share the rest.
    [Fact]
    public void A_finished_kind_keeps_a_fifth_of_its_share_on_average()
    {
        var counts = Steps(24, [false, true, true], 0.2, 10);

        Assert.Equal([16, 112, 112], Enumerable.Range(0, 3).Select(kind => counts.Sum(step => step[kind])));
        Assert.All(counts, step => Assert.InRange(step[0], 1, 2));
    }

    [Fact]
    public void Odd_rows_go_around() =>
        Assert.Equal([10, 10, 10], Enumerable.Range(0, 3).Select(kind => Steps(10, [true, true, true], 0.2, 3).Sum(step => step[kind])));

    [Theory, InlineData(1), InlineData(2), InlineData(7), InlineData(24)]
    public void A_step_always_has_all_its_rows(int rows)
    {
        bool[][] all = [[true, true, true], [false, true, false], [false, false, true], [false, false, false], [true]];
        foreach (var active in all)
            foreach (var maintenance in new[] { 0, 0.2, 1 })
                Assert.All(Steps(rows, active, maintenance, 20), step => Assert.True(step.Sum() == rows && step.All(count => count >= 0)));
    }

    [Fact]
    public void Without_maintenance_a_finished_kind_has_no_rows() =>
        Assert.All(Steps(9, [false, true], 0, 8), step => Assert.Equal([0, 9], step));

    private static int[][] Steps(int rows, bool[] active, double maintenance, int steps) =>
        [.. Enumerable.Range(0, steps).Select(step => ForgetShares.Of(rows, active, maintenance, step).ToArray())];
}
