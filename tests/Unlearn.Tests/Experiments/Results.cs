using Unlearn.Experiments;

namespace Unlearn.Tests.Experiments;

/// <summary>Made-up results.</summary>
internal static class Results
{
    internal static TrialResult Of(TrialSpec spec, params (double Utility, double Quality)[] points) => new(
        spec,
        [.. points.Prepend((Utility: 0.9, Quality: -10)).Select((point, k) => new TrialPoint(
            Step: 10 * k, Epoch: k, point.Utility, point.Quality, ForgetKl: k,
            new(0.1, 0.2, 0.3, 0), new(0.4, 0.5, 0.6, 0.25), new(0.7, 0.8, 0.9, 0), new(0.9, 0.8, 0.7, 0), Weight: k == 0 ? null : 0.5,
            Loss: k == 0 ? null : 1.5))],
        [new("forget", "Who?", "Nobody.", "No one."), new("retain", "Where?", "Here.", "There.")],
        new("data", "full", "retain", "LibTorch", "machine", "library", new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), 1.25));

    /// <summary>A run of "A Closer Look" with its own two numbers; others are those of <see cref="Of"/>.</summary>
    internal static TrialResult Look(TrialSpec spec, params (double Utility, double Efficacy)[] points)
    {
        var run = Of(spec with { CloserLook = spec.CloserLook ?? new() }, [.. points.Select(_ => (0.5, -1.0))]);
        return run with
        {
            Points = [.. run.Points.Zip(points.Prepend((Utility: 0.8, Efficacy: 0.1)), (point, look) => point with
            {
                CloserLook = new(look.Utility, look.Efficacy,
                    new("forget", 8, 0.1, 0.2, 0.3, 0.9, 0.4, 0.5), new("retain", 8, 0.6, 0.7, 0.8, 0.9, 1, 0.95)),
            })],
        };
    }

    internal static TrialSpec Spec(string method, int percent = 10, long seed = 0, double rate = 1e-3, double weight = 1) =>
        new("world", percent, method, rate, RetainWeight: weight, Seed: seed);
}
