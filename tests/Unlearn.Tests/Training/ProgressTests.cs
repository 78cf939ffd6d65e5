using Unlearn.Training;

namespace Unlearn.Tests.Training;

public sealed class ProgressTests
{
    private static readonly StepReport[] Reports = [.. Enumerable.Range(1, 50).Select(step =>
        new StepReport(step, 50, 1.23456, GradientNorm: 2, LearningRate: 0.1, TimeSpan.FromSeconds(step / 4.0)))];

    [Fact]
    public void Updates_pass_unchanged_and_the_last_one_is_told()
    {
        List<string> told = [];

        Assert.Equal(Reports, Reports.Reporting(told.Add, "NPO"));
        Assert.Equal("NPO: step 50/50  loss 1.235  4.0 steps/s  0 s left", told[^1]);
        Assert.Equal("NPO: step 1/50  loss 1.235  4.0 steps/s  12 s left", told[0]);
    }

    // Reading fifty reports takes far less than half a second a report.
    [Fact]
    public void Not_every_update_is_told()
    {
        List<string> told = [];
        foreach (var _ in Reports.Reporting(told.Add)) { }

        Assert.InRange(told.Count, 2, 10);
        Assert.StartsWith("step 1/50", told[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Silence_changes_nothing() => Assert.Equal(Reports, Reports.Reporting(null));

    [Fact]
    public void The_remaining_time_is_that_of_the_remaining_updates_at_the_speed_so_far() =>
        Assert.Equal(TimeSpan.FromSeconds(30 / 4.0), Reports[19].Remaining);
}
