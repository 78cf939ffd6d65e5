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
/// <param name="seeds">Number of seeds.</param>
/// <param name="console">Receives progress.</param>
internal sealed class SweepRun(WorkerPool pool, int seeds, TextWriter console)
{
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private int failed;

    /// <summary>The seeds of the grid's own runs.</summary>
    public IReadOnlyList<long> Seeds { get; } = [.. Enumerable.Range(0, seeds).Select(seed => (long)seed)];

    /// <summary>Runs what is missing of the runs that choose rates, and chooses.</summary>
    /// <param name="tuning">These runs; a grid without them has one rate for all.</param>
    /// <param name="choose">Each method's rate from their results.</param>
    /// <param name="dryRun">Whether to run nothing.</param>
    /// <param name="cancellation">Stops; what is finished stays.</param>
    /// <returns>Each method's rate; null where runs are still missing.</returns>
    public async Task<IReadOnlyDictionary<string, double>?> RatesAsync<TSpec, TResult>(
        IReadOnlyList<TSpec> tuning, Func<IEnumerable<TResult>, IReadOnlyDictionary<string, double>> choose, bool dryRun,
        CancellationToken cancellation)
        where TSpec : IExperiment<TResult>
        where TResult : class, IExperimentResult
    {
        if (!dryRun) await MissingAsync(tuning, "learning rates", cancellation).ConfigureAwait(false);
        var tuned = Results<TSpec, TResult>(tuning);
        if (tuned.Count < tuning.Count)
        {
            var state = $"learning rates: {tuned.Count} of {tuning.Count} runs finished; they come first, for they decide the others";
            await console.WriteLineAsync(state).ConfigureAwait(false);
            return null;
        }
        var rates = choose(tuned);
        if (rates.Count == 0) return rates;
        await console.WriteLineAsync("rates: " + string.Join(", ", rates.Select(rate =>
            string.Create(CultureInfo.InvariantCulture, $"{rate.Key} {rate.Value:G2}")))).ConfigureAwait(false);
        return rates;
    }

    /// <summary>Runs what is missing of a grid, and writes all its results.</summary>
    /// <param name="specs">The grid.</param>
    /// <param name="dryRun">Whether only to count.</param>
    /// <param name="output">Where all results go as one file; null for nowhere.</param>
    /// <param name="slim">What the file keeps of a result; null for all.</param>
    /// <param name="cancellation">Stops; what is finished stays.</param>
    public async Task<SweepSummary> FinishAsync<TSpec, TResult>(
        IReadOnlyList<TSpec> specs, bool dryRun, string? output, Func<TResult, TResult>? slim, CancellationToken cancellation)
        where TSpec : IExperiment<TResult>
        where TResult : class, IExperimentResult
    {
        if (!dryRun) await MissingAsync(specs, "runs", cancellation).ConfigureAwait(false);
        var results = Results<TSpec, TResult>(specs);
        if (output is not null && results.Count > 0)
        {
            ResultFile.Write(output, slim is null ? results : results.Select(slim));
            await console.WriteLineAsync($"wrote {results.Count} results to {output}").ConfigureAwait(false);
        }
        var summary = Summary<TSpec, TResult>(specs);
        await console.WriteLineAsync($"{summary.Finished} of {summary.Total} runs finished, {summary.Failed} failed now").ConfigureAwait(false);
        return summary;
    }

    /// <summary>How far these runs are.</summary>
    /// <param name="specs">The runs.</param>
    public SweepSummary Summary<TSpec, TResult>(IReadOnlyList<TSpec> specs)
        where TSpec : IExperiment<TResult>
        where TResult : class, IExperimentResult
    {
        var finished = specs.Count(spec => spec.IsKept(TrialStore.Shared));
        return new(specs.Count, finished, specs.Count - finished, failed, clock.Elapsed.TotalSeconds);
    }

    private async Task MissingAsync<TSpec>(IReadOnlyList<TSpec> specs, string what, CancellationToken cancellation)
        where TSpec : IExperiment
    {
        // Runs that share models one after another, so that processes seldom wait for each other's training.
        IExperiment[] missing = [.. specs.Where(spec => !spec.IsKept(TrialStore.Shared))];
        await console.WriteLineAsync($"{what}: {specs.Count - missing.Length} finished, {missing.Length} to run").ConfigureAwait(false);
        var (done, started) = (0, clock.Elapsed);
        await pool.RunAsync(missing, Ended, (_, _) => { }, cancellation).ConfigureAwait(false);

        void Ended(IExperiment spec, WorkerReply reply)
        {
            done++;
            if (reply.Error is not null) failed++;
            var left = (clock.Elapsed - started) / done * (missing.Length - done);
            var note = reply.Error ?? reply.Failure;
            console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"[{done}/{missing.Length}] {spec}{(note is null ? "" : ": " + note)}   {left.TotalMinutes:F0} min left"));
        }
    }

    private static List<TResult> Results<TSpec, TResult>(IEnumerable<TSpec> specs)
        where TSpec : IExperiment<TResult>
        where TResult : class, IExperimentResult => [.. specs.Select(spec => TrialStore.Shared.Find(spec)).OfType<TResult>()];
}
