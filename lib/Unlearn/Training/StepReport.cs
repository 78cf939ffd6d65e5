using System.Globalization;

namespace Unlearn.Training;

/// <summary>What one update did.</summary>
/// <param name="Step">Number of the update, from 1.</param>
/// <param name="Steps">How many there will be.</param>
/// <param name="Loss">The loss before the update, in nats.</param>
/// <param name="GradientNorm">Norm of all gradients before clipping.</param>
/// <param name="LearningRate">The rate of this update.</param>
/// <param name="Elapsed">Time since the first update began.</param>
public readonly record struct StepReport(int Step, int Steps, double Loss, double GradientNorm, double LearningRate, TimeSpan Elapsed)
{
    /// <summary>Estimated time to the end.</summary>
    public TimeSpan Remaining => Elapsed * ((double)(Steps - Step) / Step);

    /// <summary>One line for a progress display.</summary>
    public override string ToString()
    {
        var speed = Step / Math.Max(1e-9, Elapsed.TotalSeconds);
        return string.Create(CultureInfo.InvariantCulture,
            $"step {Step}/{Steps}  loss {Loss:F3}  {speed:F1} steps/s  {Remaining.TotalSeconds:F0} s left");
    }
}
