using System.Diagnostics;
using System.Globalization;
using Unlearn.Synthetic;

namespace Unlearn.Cli.Bench;

/// <summary>Processor time of one instance of the synthetic experiment here against plain PyTorch's, alternating on one core.</summary>
/// <remarks>
/// An instance is two reference models and twelve methods with all measurements. Processor time and not the clock's, because another
/// program on the machine should not count; the smallest of several is the least disturbed. Both sides draw worlds of one law with their
/// own random numbers, so that the distances are alike and not equal.
/// </remarks>
internal sealed class SyntheticBench(PopulationPlan plan, int rounds)
{
    public SyntheticBenchResult Run(Action<string> tell)
    {
        var settings = plan.Settings;
        using var peer = PeerProcess.PyTorch("synthetic_instance.py", settings.Alpha, settings.TrainingSteps, settings.UnlearningSteps, 1);
        tell($"peer: PyTorch {peer.Ready[1]}, one thread on each side");

        List<double> ours = [], theirs = [];
        var engine = new VectorEngine();
        var small = plan.Settings with { TrainingSteps = 2000, UnlearningSteps = 200 };
        SyntheticExperiment.Run(small, plan.Methods, [0], engine);                // compiles the hot loops
        for (var round = 1; round <= rounds; round++)
        {
            using var process = Process.GetCurrentProcess();
            var before = process.TotalProcessorTime;
            var mine = SyntheticExperiment.Run(plan.Settings, plan.Methods, [round], engine)[0]["NPO+RT"].Points[^1];
            process.Refresh();
            ours.Add((process.TotalProcessorTime - before).TotalSeconds);

            var answer = peer.Ask($"run {round}");
            theirs.Add(answer[0]);
            tell(string.Create(CultureInfo.InvariantCulture,
                $"round {round}: {ours[^1]:F2} s here, {theirs[^1]:F2} s PyTorch, {theirs[^1] / ours[^1]:F1} times; NPO+RT ends at forget "
                + $"{mine.Forget:F4} and {answer[1]:F4}, retain {mine.Retain:F4} and {answer[2]:F4}"));
        }
        return new(ours.Min(), theirs.Min(), theirs.Min() / ours.Min());
    }
}

/// <summary>The smallest of all rounds.</summary>
/// <param name="Seconds">Processor time of an instance here.</param>
/// <param name="PeerSeconds">In PyTorch.</param>
/// <param name="Ratio">PyTorch / here; above 1 is faster here.</param>
internal sealed record SyntheticBenchResult(double Seconds, double PeerSeconds, double Ratio);
