using Unlearn.Tensors;

namespace Unlearn.Synthetic;

/// <summary>Sizes and budgets of the NPO paper's synthetic experiment; the defaults are the paper's (section 4.1 and Table 1).</summary>
/// <remarks>Zhang, Lin, Bai, Mei, 2024. <see href="https://arxiv.org/abs/2404.05868"/></remarks>
/// <param name="Alpha">
/// α: forget inputs are centred at +α·1, retain inputs at −α·1. The paper has 1 (the two laws lie apart) and 0 (they coincide).
/// </param>
public sealed record SyntheticSettings(double Alpha)
{
    /// <summary>α.</summary>
    public double Alpha { get; init => field = Require.NotNegative(value, nameof(Alpha)); } = Require.NotNegative(Alpha);

    /// <summary>d, the width of an input.</summary>
    public int Dimensions { get; init => field = Require.Positive(value, nameof(Dimensions)); } = 16;

    /// <summary>N, the number of random features and of weights.</summary>
    public int Features { get; init => field = Require.Positive(value, nameof(Features)); } = 128;

    /// <summary>Labelled points to keep.</summary>
    public int RetainPoints { get; init => field = Require.Positive(value, nameof(RetainPoints)); } = 1000;

    /// <summary>Labelled points to forget.</summary>
    public int ForgetPoints { get; init => field = Require.Positive(value, nameof(ForgetPoints)); } = 200;

    /// <summary>Fresh points of each law on which distances are measured.</summary>
    public int EvaluationPoints { get; init => field = Require.Positive(value, nameof(EvaluationPoints)); } = 1000;

    /// <summary>Gradient steps of the two reference models.</summary>
    public int TrainingSteps { get; init => field = Require.Positive(value, nameof(TrainingSteps)); } = 20_000;

    /// <summary>Step size of the two reference models.</summary>
    public double TrainingRate { get; init => field = Require.Positive(value, nameof(TrainingRate)); } = 0.05;

    /// <summary>Gradient steps of unlearning.</summary>
    public int UnlearningSteps { get; init => field = Require.Positive(value, nameof(UnlearningSteps)); } = 2000;

    /// <summary>Steps between two measurements; the first is before the first step, the last after the last.</summary>
    public int MeasureEvery { get; init => field = Require.Positive(value, nameof(MeasureEvery)); } = 25;

    /// <summary>The steps at which distances are measured: 0, every <see cref="MeasureEvery"/>, and the last.</summary>
    /// <remarks>The authors stop at 1975; the measurement after the last step is added here.</remarks>
    public IEnumerable<int> MeasuredSteps()
    {
        for (var step = 0; step < UnlearningSteps; step += MeasureEvery) yield return step;
        yield return UnlearningSteps;
    }
}
