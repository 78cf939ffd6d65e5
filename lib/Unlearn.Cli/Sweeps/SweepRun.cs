using System.Diagnostics;
using System.Globalization;
using Unlearn.Experiments;

namespace Unlearn.Cli.Sweeps;

/// <summary>How far a sweep came.</summary>
/// <param name="Total">Runs of the grid.</param>
/// <param name="Finished">Runs with a result.</param>
/// <param name="Missing">Runs without.</param>
/// <param name="Failed">Runs that ended in an error now.</param>
/// <param name="Seconds">Time taken now.</param>
internal sealed record SweepSummary(int Total, int Finished, int Missing, int Failed, double Seconds);

/// <summary>One call of <c>unlearn sweep</c>.</summary>
/// <param name="pool">Runs what is missing.</param>
/// <param name="dataset">"world" or "tofu".</param>
/// <param name="profile">Training budget.</param>
/// <param name="seeds">Number of seeds.</param>
/// <param name="console">Receives progress.</param>
internal sealed class SweepRun(WorkerPool pool, string dataset, string profile, int seeds, TextWriter console)
{
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private int failed;

    /// <summary>Runs what is missing of a grid.</summary>
    /// <param name="grid">The grid's name.</param>
    /// <param name="dryRun">Whether only to count.</param>
    /// <param name="output">Where all results go as one file; null for nowhere.</param>
    /// <param name="cancellation">Stops; what is finished stays.</param>
    public async Task<SweepSummary> RunAsync(string grid, bool dryRun, string? output, CancellationToken cancellation)
    {
        var plan = SweepPlan.Named(grid, dataset, profile);
        var tuning = plan.Tuning;
        if (plan.Specs is null) return await FinishAsync(tuning, dryRun, output, cancellation, withAnswers: false).ConfigureAwait(false);
        if (!dryRun) await MissingAsync(tuning, "learning rates", cancellation).ConfigureAwait(false);
        var tuned = Results(tuning);
        if (tuned.Count < tuning.Count)
        {
            var state = $"learning rates: {tuned.Count} of {tuning.Count} runs finished; they come first, for they decide the others";
            await console.WriteLineAsync(state).ConfigureAwait(false);
            return new(tuning.Count, tuned.Count, tuning.Count - tuned.Count, failed, clock.Elapsed.TotalSeconds);
        }

        var rates = plan.Choose(tuned);
        await console.WriteLineAsync("rates: " + string.Join(", ", rates.Select(rate =>
            string.Create(CultureInfo.InvariantCulture, $"{rate.Key} {rate.Value:G2}")))).ConfigureAwait(false);
        long[] all = [.. Enumerable.Range(0, seeds).Select(seed => (long)seed)];
        return await FinishAsync(plan.Specs(rates, all), dryRun, output, cancellation).ConfigureAwait(false);
    }

    // Rates are chosen from measurements; the answers behind them would make the file three times as large.
    private async Task<SweepSummary> FinishAsync(
        IReadOnlyList<TrialSpec> specs, bool dryRun, string? output, CancellationToken cancellation, bool withAnswers = true)
    {
        if (!dryRun) await MissingAsync(specs, "runs", cancellation).ConfigureAwait(false);
        var results = Results(specs);
        if (output is not null && results.Count > 0)
        {
            ResultFile.Write(output, withAnswers ? results : results.Select(result => result with { Responses = null }));
            await console.WriteLineAsync($"wrote {results.Count} results to {output}").ConfigureAwait(false);
        }
        var summary = new SweepSummary(specs.Count, results.Count, specs.Count - results.Count, failed, clock.Elapsed.TotalSeconds);
        await console.WriteLineAsync($"{summary.Finished} of {summary.Total} runs finished, {summary.Failed} failed now").ConfigureAwait(false);
        return summary;
    }

    private async Task MissingAsync(IReadOnlyList<TrialSpec> specs, string what, CancellationToken cancellation)
    {
        // Runs that share models one after another, so that processes seldom wait for each other's training.
        TrialSpec[] missing = [.. specs.Where(spec => TrialStore.Shared.Find(spec) is null)];
        await console.WriteLineAsync($"{what}: {specs.Count - missing.Length} finished, {missing.Length} to run").ConfigureAwait(false);
        var (done, started) = (0, clock.Elapsed);
        await pool.RunAsync(missing, Ended, (_, _) => { }, cancellation).ConfigureAwait(false);

        void Ended(TrialSpec spec, WorkerReply reply)
        {
            done++;
            if (reply.Error is not null) failed++;
            var left = (clock.Elapsed - started) / done * (missing.Length - done);
            var note = reply.Error ?? reply.Failure;
            console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"[{done}/{missing.Length}] {spec}{(note is null ? "" : ": " + note)}   {left.TotalMinutes:F0} min left"));
        }
    }

    private static List<TrialResult> Results(IEnumerable<TrialSpec> specs) => [.. specs.Select(TrialStore.Shared.Find).OfType<TrialResult>()];
}
