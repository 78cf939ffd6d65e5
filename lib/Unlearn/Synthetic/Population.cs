using System.Collections.Concurrent;

namespace Unlearn.Synthetic;

/// <summary>How far a population is.</summary>
/// <param name="Finished">Instances that are done.</param>
/// <param name="Total">All instances.</param>
/// <param name="Left">How long the rest will take at the speed so far; null at the start.</param>
public readonly record struct PopulationProgress(int Finished, int Total, TimeSpan? Left)
{
    /// <summary>"17/200 instances  84 s left".</summary>
    public override string ToString() => FormattableString.Invariant($"{Finished}/{Total} instances")
        + (Left is { } left && Finished < Total ? FormattableString.Invariant($"  {left.TotalSeconds:F0} s left") : "");
}

/// <summary>Runs the synthetic experiment in many worlds.</summary>
public static class Population
{
    /// <summary>Runs a plan, on as many threads as asked for where the engine takes one world at a time.</summary>
    /// <remarks>Instances do not depend on each other, on the order in which they are computed, or on the number of threads.</remarks>
    /// <param name="plan">What to run.</param>
    /// <param name="engine">Where; null for <see cref="VectorEngine"/>.</param>
    /// <param name="threads">Threads; null for one a processor.</param>
    /// <param name="journal">
    /// A file that keeps finished instances, so that the same call goes on after an end at any moment; null for none. It stays
    /// until deleted.
    /// </param>
    /// <param name="progress">Told after each instance, from any thread, one at a time.</param>
    /// <param name="cancel">Stops soon; what is finished is in the journal.</param>
    /// <returns>In the order of the seeds.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IReadOnlyList<SyntheticInstance> Run(
        PopulationPlan plan, IDescentEngine? engine = null, int? threads = null, string? journal = null,
        Action<PopulationProgress>? progress = null, CancellationToken cancel = default)
    {
        engine ??= new VectorEngine();
        var kept = journal is null ? null : new PopulationJournal(journal, plan);
        var done = new ConcurrentDictionary<long, SyntheticInstance>(kept?.Finished ?? new Dictionary<long, SyntheticInstance>());
        var open = plan.Seeds.Where(seed => !done.ContainsKey(seed)).ToArray();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var gate = new Lock();
        var computed = 0;

        var atOnce = engine.WorldsAtOnce ?? Math.Max(open.Length, 1);
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = engine.WorldsAtOnce is null ? 1 : threads ?? Environment.ProcessorCount,
            CancellationToken = cancel,
        };
        Parallel.ForEach(Partitioner.Create(open.Chunk(atOnce), EnumerablePartitionerOptions.NoBuffering), options, seeds =>
        {
            foreach (var instance in SyntheticExperiment.Run(plan.Settings, plan.Methods, seeds, engine, cancel))
            {
                done[instance.Seed] = instance;
                kept?.Add(instance);
                lock (gate)
                {
                    computed++;
                    var finished = plan.Instances - open.Length + computed;
                    progress?.Invoke(new(finished, plan.Instances, clock.Elapsed / computed * (open.Length - computed)));
                }
            }
        });
        return [.. plan.Seeds.Select(seed => done[seed])];
    }
}
