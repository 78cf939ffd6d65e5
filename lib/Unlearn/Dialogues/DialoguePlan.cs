using Unlearn.Tensors;
using Unlearn.Training;

namespace Unlearn.Dialogues;

/// <summary>How dialogues are unlearned: all numbers are ours.</summary>
/// <param name="Training">
/// Updates at most and how fast; its batch size is that of rows to forget. Of groups there is one loss, so
/// <see cref="TrainingPlan.RowsPerLoss"/> is null.
/// </param>
/// <param name="NormalRows">Ordinary rows of a step.</param>
/// <param name="EverySteps">R, updates between checks.</param>
/// <param name="Maintenance">The part of an equal share of the batch that a finished kind keeps, from 0 to 1.</param>
public sealed record DialoguePlan(TrainingPlan Training, int NormalRows = 24, int EverySteps = 20, double Maintenance = 0.2)
{
    /// <summary>The small world's: up to 300 updates of 8 rows a kind and 24 ordinary ones, at a constant rate.</summary>
    /// <param name="seed">Decides all orders and draws.</param>
    public static DialoguePlan Mini(long seed = 0) => new(new TrainingPlan(
        300, 3e-4, BatchSize: 24, WeightDecay: 0, ClipNorm: 1, Seed: seed, Schedule: Schedule.Constant));

    /// <summary>When to stop and what to keep; null makes all updates and keeps the last model, checked or not.</summary>
    public StopOptions? Stop { get; init; } = new();

    /// <summary>Returns the plan when its numbers can be used.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They cannot; the message says which.</exception>
    public DialoguePlan Validated()
    {
        Training.Validated();
        Require.Positive(NormalRows);
        Require.Positive(EverySteps);
        if (Maintenance is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(Maintenance), Maintenance, "Maintenance should be from 0 to 1.");
        if (Training.RowsPerLoss is { } rows)
            throw new ArgumentOutOfRangeException(nameof(Training.RowsPerLoss), rows, "RowsPerLoss should be null: a batch has one loss.");
        Stop?.Validated();
        return this;
    }
}
