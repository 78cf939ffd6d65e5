using Unlearn.Tensors;

namespace Unlearn.Training;

/// <summary>How long and how fast to train: AdamW, linear warm-up and linear decay, clipped gradients, float32.</summary>
/// <param name="Steps">Number of updates, S.</param>
/// <param name="LearningRate">Highest learning rate, reached after the warm-up.</param>
/// <param name="BatchSize">Rows of a step.</param>
/// <param name="WarmUpSteps">w, steps over which the rate rises from 0.</param>
/// <param name="WeightDecay">Decoupled weight decay.</param>
/// <param name="ClipNorm">Largest norm of all gradients together; infinity switches clipping off.</param>
/// <param name="Beta2">AdamW's β₂, the memory of the squared gradient.</param>
/// <param name="Seed">Decides the order of rows.</param>
public sealed record TrainingPlan(
    int Steps,
    double LearningRate,
    int BatchSize = 32,
    int WarmUpSteps = 0,
    double WeightDecay = 0.01,
    double ClipNorm = 1,
    double Beta2 = 0.999,
    long Seed = 0)
{
    /// <summary>The share of <see cref="LearningRate"/> for an update.</summary>
    /// <remarks>
    /// <code>(s + 1) / w  below w,   then (S − s) / (S − w)  down to almost 0</code>
    /// Starts at 1/w, not at 0 as Hugging Face's schedule does, so that no update is wasted.
    /// </remarks>
    /// <param name="step">s, counted from 0.</param>
    public double Rate(int step) =>
        step < WarmUpSteps ? (step + 1.0) / WarmUpSteps : Math.Max(0, (double)(Steps - step) / Math.Max(1, Steps - WarmUpSteps));

    /// <summary>Returns the plan when its numbers can be used.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They cannot; the message says which.</exception>
    public TrainingPlan Validated()
    {
        Require.Positive(Steps);
        Require.Positive(LearningRate);
        Require.Positive(BatchSize);
        Require.NotNegative(WeightDecay);
        Require.NotNegative(WarmUpSteps);
        if (!(ClipNorm > 0))
            throw new ArgumentOutOfRangeException(nameof(ClipNorm), ClipNorm, "ClipNorm should be positive; infinity for none.");
        if (Beta2 is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(Beta2), Beta2, "Beta2 should be at least 0 and less than 1.");
        return this;
    }
}
