using System.Diagnostics;

namespace Unlearn.Training;

/// <summary>Progress of long work.</summary>
public static class Progress
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Passes updates on as they come and tells of the latest one now and then, and of the last one at the end.</summary>
    /// <param name="steps">The updates.</param>
    /// <param name="tell">Receives one line, at most twice a second; null for silence.</param>
    /// <param name="label">Put before each line.</param>
    /// <returns>The same updates.</returns>
    public static IEnumerable<StepReport> Reporting(this IEnumerable<StepReport> steps, Action<string>? tell, string label = "")
    {
        var clock = Stopwatch.StartNew();
        var due = TimeSpan.Zero;
        foreach (var step in steps)
        {
            if (tell is not null && (clock.Elapsed >= due || step.Step == step.Steps))
            {
                tell(label.Length > 0 ? $"{label}: {step}" : step.ToString());
                due = clock.Elapsed + Pause;
            }
            yield return step;
        }
    }
}
