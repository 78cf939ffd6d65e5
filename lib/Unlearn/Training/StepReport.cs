using System.Collections.Immutable;
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
    /// <summary>The loss's terms; empty where a loss is no objective.</summary>
    public ImmutableArray<TermReport> Terms
    {
        get => field.IsDefault ? [] : field;
        init;
    }

    /// <summary>Tokens of the batch's rows, padding not counted.</summary>
    public long Tokens { get; init; }

    /// <summary>Speed of this update alone.</summary>
    public double TokensPerSecond { get; init; }

    /// <summary>What was measured after the update; null where nothing was.</summary>
    public IReadOnlyDictionary<string, double>? Evaluation { get; init; }

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
