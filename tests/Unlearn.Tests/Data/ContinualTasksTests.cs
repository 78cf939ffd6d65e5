using Unlearn.Data;

namespace Unlearn.Tests.Data;

public sealed class ContinualTasksTests
{
    private static readonly Corpus World = Corpus.Load(TestData.World, "world");

    private static string Ranges(int percent) => string.Join(" | ", ContinualTasks.Rows(percent, 4000).Select(task =>
    {
        List<(int First, int Last)> runs = [];
        foreach (var row in task)
        {
            if (runs.Count > 0 && runs[^1].Last == row - 1) runs[^1] = (runs[^1].First, row);
            else runs.Add((row, row));
        }
        return string.Join(", ", runs.Select(run => $"{run.First}-{run.Last}"));
    }));

    // Read in the authors' files for TOFU.
    [Theory]
    [InlineData(1, "3960-3999 | 3800-3839 | 3840-3879 | 3880-3919 | 3920-3959 | 3600-3639 | 3640-3679 | 3680-3719 | 3720-3759 | 3760-3799")]
    [InlineData(5, "3960-3999, 3800-3959 | 3600-3799 | 3200-3399 | 3400-3599 | 2800-2999 | 3000-3199 | 2000-2199 | 2200-2399 | 2400-2599 "
        + "| 2600-2799")]
    [InlineData(10, "3960-3999, 3800-3959, 3600-3799 | 3200-3599 | 2800-3199 | 2000-2399 | 2400-2799 | 400-799 | 800-1199 | 1200-1599 "
        + "| 1600-1999")]
    public void The_order_of_TOFUs_rows_is_the_authors(int percent, string ranges) => Assert.Equal(ranges, Ranges(percent));

    // Rows to keep at task k: the base and what later tasks forget.
    [TofuTheory, InlineData(1, 10, 40, 3600), InlineData(5, 10, 200, 2000), InlineData(10, 9, 400, 400)]
    public void Sizes_on_TOFU_are_the_authors(int percent, int count, int rows, int kept)
    {
        var corpus = Corpus.Load(TestData.Tofu!, "tofu");
        var tasks = ContinualTasks.Of(corpus, percent);

        Assert.Equal(count, tasks.Count);
        Assert.All(tasks, task =>
        {
            Assert.Equal((rows, kept + rows * (count - task.Number)), (task.Split.Forget.Count, task.Split.Retain.Count));
            Assert.Equal(corpus.Full.Take(400), task.Split.RetainPerturbed.Take(400));
            Assert.Empty(task.Split.Forget.Intersect(task.Split.Retain));
        });
        Assert.Equal(corpus.Full.TakeLast(rows).ToHashSet(), tasks[0].Split.Forget.ToHashSet());
        if (percent == 1) Assert.All(tasks, task => Assert.Equal(task.Split.Forget.Count, task.Split.ForgetPerturbed.Count));
    }

    [Theory, InlineData(1, 10, 8, 720), InlineData(5, 10, 40, 400), InlineData(10, 9, 80, 80)]
    public void The_generated_world_has_the_same_shape_and_every_task_can_be_evaluated(int percent, int count, int rows, int kept)
    {
        var tasks = ContinualTasks.Of(World, percent);

        Assert.Equal(count, tasks.Count);
        Assert.All(tasks, task =>
        {
            Assert.Equal((rows, kept + rows * (count - task.Number)), (task.Split.Forget.Count, task.Split.Retain.Count));
            Assert.Equal(task.Split.Forget.Select(row => row.Question), task.Split.ForgetPerturbed.Select(row => row.Question));
            Assert.All(task.Split.ForgetPerturbed, row => Assert.Equal(5, row.PerturbedAnswers.Length));
            Assert.InRange(task.Split.RetainPerturbed.Count, 80, kept);
        });
        Assert.Equal(World.Full.Count - kept, tasks.SelectMany(task => task.Split.Forget).Distinct().Count());
    }

    [Fact]
    public void Without_the_future_the_base_alone_is_kept() => Assert.All(
        ContinualTasks.Of(World, 5, futureInRetain: false), task => Assert.Equal(World.Full.Take(400), task.Split.Retain));

    // Where files have paraphrases and wrong answers, the generator's are the same.
    [Fact]
    public void Completed_rows_are_the_corpuss_own_where_it_has_them() => Assert.Equal(
        World.Full.TakeLast(8), ContinualTasks.Of(World, 1)[0].Split.ForgetPerturbed);

    [Fact]
    public void Other_sizes_and_cut_corpora_are_refused()
    {
        Assert.Contains("1, 5 or 10", Assert.Throws<ArgumentOutOfRangeException>(() => ContinualTasks.Of(World, 2)).Message,
            StringComparison.Ordinal);
        Assert.Contains("multiple of 100", Assert.Throws<ArgumentOutOfRangeException>(() => ContinualTasks.Of(World.TakeLast(160), 1)).Message,
            StringComparison.Ordinal);
        Assert.Contains("whole authors", Assert.Throws<ArgumentOutOfRangeException>(() => ContinualTasks.Of(World.TakeLast(400), 1)).Message,
            StringComparison.Ordinal);
    }
}
