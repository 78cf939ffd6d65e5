using Unlearn.Cli.Sweeps;
using Unlearn.Experiments;

namespace Unlearn.Cli.Tests.Sweeps;

public sealed class WorkerPoolTests : IDisposable
{
    // The smoke model with the smallest split: a second or two of work each.
    private static readonly TrialSpec Small = new("world", 1, "GA", 1e-4, Epochs: 1, EvaluationRows: 2, Profile: "smoke");

    private readonly string cache = Directory.CreateTempSubdirectory("unlearn-sweep-").FullName;
    private readonly string? before = Environment.GetEnvironmentVariable("UNLEARN_CACHE");

    public WorkerPoolTests() => Environment.SetEnvironmentVariable("UNLEARN_CACHE", cache);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("UNLEARN_CACHE", before);
        Directory.Delete(cache, recursive: true);
    }

    [Fact]
    public async Task Every_specification_is_run_once_and_one_that_cannot_be_costs_itself_alone()
    {
        TrialSpec[] specs = [Small, Small with { Method = "SGD" }, Small with { Method = "NPO+RT" }, Small with { ForgetPercent = 0 }];
        var ended = new Dictionary<IExperiment, WorkerReply>();

        await new WorkerPool(jobs: 2, threads: 1).RunAsync(specs, (spec, reply) => ended.Add(spec, reply), (_, _) => { }, default);

        Assert.Equal(specs.ToHashSet<IExperiment>(), ended.Keys.ToHashSet());
        Assert.Null(ended[specs[0]].Error);
        Assert.Contains("A method should be one of GA, GA+RT", ended[specs[1]].Error, StringComparison.Ordinal);
        Assert.Null(ended[specs[2]].Error);
        Assert.Contains("between 1 and 99", ended[specs[3]].Error, StringComparison.Ordinal);
        Assert.NotNull(TrialStore.Shared.Find(specs[0]));
    }

    [Fact]
    public async Task What_was_finished_before_an_interruption_stays()
    {
        using var stop = new CancellationTokenSource();
        TrialSpec[] specs = [.. Enumerable.Range(0, 50).Select(seed => Small with { BatchSize = 1 + seed })];
        List<IExperiment> ended = [];

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new WorkerPool(jobs: 1, threads: 1).RunAsync(specs, (spec, _) =>
        {
            ended.Add(spec);
            if (ended.Count == 2) stop.Cancel();
        }, (_, _) => { }, stop.Token));

        Assert.InRange(ended.Count, 2, 3);
        Assert.All(ended, spec => Assert.True(spec.IsKept(TrialStore.Shared)));
        Assert.Null(TrialStore.Shared.Find(specs[^1]));
    }
}
