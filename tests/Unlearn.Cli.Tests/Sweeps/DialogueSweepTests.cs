using Unlearn.Cli.Sweeps;
using Unlearn.Dialogues.Experiments;
using Unlearn.Experiments;

namespace Unlearn.Cli.Tests.Sweeps;

public sealed class DialogueSweepTests : IDisposable
{
    private readonly string cache = Directory.CreateTempSubdirectory("unlearn-sweep-").FullName;
    private readonly string? before = Environment.GetEnvironmentVariable("UNLEARN_CACHE");

    public DialogueSweepTests() => Environment.SetEnvironmentVariable("UNLEARN_CACHE", cache);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("UNLEARN_CACHE", before);
        Directory.Delete(cache, recursive: true);
    }

    [Fact]
    public async Task A_process_of_a_sweep_runs_dialogues_and_says_why_it_cannot()
    {
        DialogueSpec[] specs = [new("ours-tok", Profile: "smoke"), new("forgetting", Profile: "smoke")];
        var ended = new Dictionary<IExperiment, WorkerReply>();

        await new WorkerPool(jobs: 1, threads: 1).RunAsync(specs, (spec, reply) => ended.Add(spec, reply), (_, _) => { }, default);

        Assert.Null(ended[specs[0]].Error);
        Assert.Equal(9, TrialStore.Shared.Find(specs[0])!.Kinds.Count);
        Assert.Contains("A method should be one of ours-tok", ended[specs[1]].Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_grid_of_dialogues_is_counted_without_running_anything()
    {
        using var console = new StringWriter();
        var sweep = new SweepRun(new(jobs: 1, threads: 1), seeds: 5, console);

        var summary = await SweepPlan.Named(DialogueGrid.Main, "world", "smoke").RunAsync(sweep, dryRun: true, output: null, default);

        Assert.Equal((50, 0, 50), (summary.Total, summary.Finished, summary.Missing));
    }
}
