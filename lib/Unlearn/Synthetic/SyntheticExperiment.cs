using System.Collections.Immutable;

namespace Unlearn.Synthetic;

/// <summary>The synthetic experiment from seed to trajectories.</summary>
public static class SyntheticExperiment
{
    /// <summary>Draws a world for each seed, trains both reference models, unlearns with every method, measures along the way.</summary>
    /// <param name="settings">Sizes, budgets and α.</param>
    /// <param name="methods">What to compare.</param>
    /// <param name="seeds">One world each; an engine runs them together.</param>
    /// <param name="engine">Where to run.</param>
    /// <param name="cancel">Stops between blocks of steps.</param>
    /// <returns>In the order of the seeds.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IReadOnlyList<SyntheticInstance> Run(
        SyntheticSettings settings, IReadOnlyList<SyntheticMethod> methods, IReadOnlyList<long> seeds, IDescentEngine engine,
        CancellationToken cancel = default)
    {
        SyntheticWorld[] worlds = [.. seeds.Select(seed => SyntheticWorld.Draw(settings, seed))];
        var models = ReferenceModels.Train(worlds, settings, engine, cancel);
        DistanceMeasure[] measures = [.. worlds.Zip(models, (world, pair) => new DistanceMeasure(world, pair))];
        ImmutableArray<int> steps = [.. settings.MeasuredSteps()];
        var points = worlds.Select(_ => methods.Select(_ => new Distances[steps.Length]).ToArray()).ToArray();

        using var descent = engine.Start(worlds, methods, [.. models.Select(pair => pair.Reference)]);
        for (var i = 0; i < steps.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            if (i > 0) descent.Advance(steps[i] - steps[i - 1]);
            for (var world = 0; world < worlds.Length; world++) Measure(world, i);
        }
        return [.. seeds.Select((seed, world) => new SyntheticInstance(seed,
            [.. methods.Select((method, m) => new Trajectory(method.Name, steps, [.. points[world][m]]))]))];

        void Measure(int world, int at)
        {
            for (var m = 0; m < methods.Count; m += 2)
            {
                var next = Math.Min(m + 1, methods.Count - 1);
                var (first, second) = measures[world].Of(descent.Weights(world, m), descent.Weights(world, next));
                points[world][m][at] = first;
                points[world][next][at] = second;
            }
        }
    }
}
