using System.Text.Json;
using Unlearn.Experiments;
using Unlearn.Tests.Data;

namespace Unlearn.Tests.Experiments;

public sealed class ContinualGridTests : IDisposable
{
    private static readonly Dictionary<string, double> Rates =
        ContinualGrid.Tuning().Select(spec => spec.Method).Distinct().ToDictionary(method => method, _ => 1e-3);

    private readonly CurrentFolder repository = new(TestData.Repository);
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        folder.Dispose();
        repository.Dispose();
    }

    [Theory, InlineData(1, 5, 0), InlineData(5, 25, 5), InlineData(10, 50, 10)]
    public void Every_method_takes_all_tasks_of_a_size_once_a_seed_five_epochs_each(int percent, int steps, int warmUp)
    {
        var grid = ContinualGrid.Main(percent, Rates, [0, 1, 2]);

        Assert.Equal(7 * 3, grid.Select(spec => spec.Fingerprint).Distinct().Count());
        Assert.Equal(ContinualGrid.Labels, grid.Where(spec => spec.Seed == 0).Select(spec => spec.Label));
        Assert.All(grid, spec => Assert.Equal((steps, warmUp), (spec.Sequence.Plan.Steps, spec.Sequence.Plan.WarmUpSteps)));
        Assert.All(grid, spec => Assert.Null(spec.Tasks));
        Assert.DoesNotContain(grid, spec => spec.Seed == NpoGrid.TuningSeed);
        Assert.Contains($"continual-{percent}", ContinualGrid.Names);
        Assert.Equal(percent, ContinualGrid.PercentOf($"continual-{percent}"));
    }

    [Fact]
    public void Only_a_grids_name_stands_for_a_size_of_task()
    {
        Assert.Null(ContinualGrid.PercentOf("continual-2"));
        Assert.Null(ContinualGrid.PercentOf("closer"));
    }

    // 0.6 and 0.6 after every task beat 0.9 and 0.3; a rate at which a sequence broke off is never chosen.
    [Fact]
    public void The_rate_with_the_highest_mean_over_tasks_is_chosen()
    {
        ContinualTrialResult[] tuning =
        [
            ContinualResults.Of("ME+GD", [(0.9, 0.1), (0.9, 0.3), (0.9, 0.3)], rate: 1e-4),
            ContinualResults.Of("ME+GD", [(0.9, 0.1), (0.6, 0.6), (0.6, 0.6)], rate: 3e-4),
            ContinualResults.Of("ME+GD", [(0.9, 0.1), (0.9, 0.9)], rate: 1e-3) with { Failure = "NaN" },
        ];

        Assert.Equal(3e-4, ContinualGrid.Choose(tuning)["ME+GD"]);
    }

    // The sequence's own folder is of no use once the result is kept, so it goes.
    [Fact]
    public void A_sequence_is_kept_in_few_numbers_and_leaves_nothing_else_behind()
    {
        var before = Environment.GetEnvironmentVariable("UNLEARN_CACHE");
        Environment.SetEnvironmentVariable("UNLEARN_CACHE", folder.Path);
        try
        {
            var spec = new ContinualTrialSpec(1, "NPO+GD", 1e-4, ReferenceModel.Initial, Epochs: 1, EvaluationRows: 4, Tasks: 2, Profile: "smoke");
            var result = TrialStore.Shared.Obtain(spec, ModelStore.Shared);

            Assert.Equal([0, 1, 2], result.Points.Select(point => point.Task));
            Assert.Equal([0, 0, 1], result.Points.Select(point => point.Earlier.Count));
            Assert.All(result.Points, point => Assert.InRange(point.ForgetEfficacy, 0, 1));
            Assert.Equal(JsonSerializer.Serialize(result, TrialStore.Json), JsonSerializer.Serialize(TrialStore.Shared.Find(spec), TrialStore.Json));
            Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(folder.Path, "continual")));
        }
        finally
        {
            Environment.SetEnvironmentVariable("UNLEARN_CACHE", before);
        }
    }
}
