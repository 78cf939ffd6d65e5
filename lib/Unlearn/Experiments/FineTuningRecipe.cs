using Unlearn.Data;
using Unlearn.Training;

namespace Unlearn.Experiments;

/// <summary>How a paper teaches TOFU to a published base model: AdamW, weight decay 0.01, linear warm-up and decay, all weights.</summary>
/// <remarks><code>S = ⌊epochs · n / batch⌋,   w = ⌊warm-up · S⌋</code></remarks>
/// <param name="Rate">Highest learning rate.</param>
/// <param name="Epochs">Passes over the rows.</param>
/// <param name="Batch">Rows of an update.</param>
/// <param name="RowsPerLoss">Rows over which a loss takes its mean over tokens: the authors' device batch.</param>
/// <param name="WarmUp">The share of the updates over which the rate rises.</param>
/// <param name="ClipNorm">Largest norm of the gradient; infinity for none.</param>
/// <param name="Seed">Decides the order of rows; 42 in TOFU's own fine-tuning and those after it, 1 in AltPO's.</param>
public sealed record FineTuningRecipe(
    double Rate = 1e-5, int Epochs = 5, int Batch = 32, int RowsPerLoss = 4, double WarmUp = 0.2,
    double ClipNorm = double.PositiveInfinity, long Seed = 42)
{
    /// <summary>TOFU's authors (Maini et al., 2024): warm-up over the first of five epochs.</summary>
    public static FineTuningRecipe Tofu { get; } = new();

    /// <summary>The updates.</summary>
    /// <param name="rows">n, rows to learn.</param>
    public TrainingPlan Plan(int rows)
    {
        var steps = Epochs * rows / Batch;
        return new TrainingPlan(
            steps, Rate, Batch, (int)(WarmUp * steps), WeightDecay: 0.01, ClipNorm: ClipNorm, Seed: Seed,
            Schedule: Schedule.HuggingFace, RowsPerLoss: RowsPerLoss, Order: RowOrder.Shuffled).Validated();
    }
}
