using System.Collections.Immutable;

namespace Unlearn.Metrics;

/// <summary>How the probabilities of the wrong answers are averaged in <see cref="TruthRatio"/>.</summary>
public enum WrongAnswerMean
{
    /// <summary>Geometric mean: the mean of the losses. The form behind TOFU's leaderboard and every published table.</summary>
    Geometric,

    /// <summary>Arithmetic mean of the probabilities, as equation 1 of the TOFU paper is written.</summary>
    Arithmetic,
}

/// <summary>Whether a model still prefers the truth to plausible wrong answers in the same words.</summary>
/// <remarks>
/// <para>With p(a) = exp(−l(a)), l the mean loss per token in nats, and a paraphrase of the right answer:</para>
/// <code>
///   s = p(paraphrase) / mean p(wrongₖ)        geometric: s = exp( meanₖ l(wrongₖ) − l(paraphrase) )
///   forget set   mean min(s, 1/s)             others   mean max(0, 1 − 1/s)
/// </code>
/// <para>
/// Range 0 … 1. Best value on the forget set: that of a model that never saw it (near 1: truth and wrong answers look alike); elsewhere 1.
/// </para>
/// <para>
/// Everything is computed from ln s, so extreme losses stay finite. Infinite losses on both sides count as equal, s = 1.
/// </para>
/// <para>Maini, Feng, Schwarzschild, Lipton, Kolter, 2024 (TOFU). <see href="https://arxiv.org/abs/2401.06121"/></para>
/// </remarks>
public static class TruthRatio
{
    // exp(±700) is finite and positive in double precision.
    private const double LargestLog = 700;

    /// <summary>ln s of one question, −∞ … ∞.</summary>
    /// <param name="paraphrase">Mean loss per token of the paraphrased right answer.</param>
    /// <param name="wrong">The same for K ≥ 1 wrong answers.</param>
    /// <param name="form">How the wrong answers are averaged.</param>
    /// <exception cref="ArgumentException">A loss is NaN or negative, or there is no wrong answer.</exception>
    public static double LogRatio(double paraphrase, IReadOnlyList<double> wrong, WrongAnswerMean form = WrongAnswerMean.Geometric)
    {
        paraphrase = MeanLoss.Check(paraphrase, nameof(paraphrase));
        var others = MeanLoss.CheckWrong(wrong, nameof(wrong));
        var average = form switch
        {
            WrongAnswerMean.Geometric => others.Average(),
            WrongAnswerMean.Arithmetic => Math.Log(others.Length) - LogSumOfProbabilities(others),
            _ => throw new ArgumentOutOfRangeException(nameof(form), form, "Expected Geometric or Arithmetic."),
        };
        return double.IsPositiveInfinity(average) && double.IsPositiveInfinity(paraphrase) ? 0 : average - paraphrase;
    }

    /// <summary>s of one question, finite and above 0: ln s is cut off at ±700.</summary>
    /// <inheritdoc cref="LogRatio"/>
    public static double Ratio(double paraphrase, IReadOnlyList<double> wrong, WrongAnswerMean form = WrongAnswerMean.Geometric) =>
        Math.Exp(Math.Clamp(LogRatio(paraphrase, wrong, form), -LargestLog, LargestLog));

    /// <summary>s of every question, in data order: the sample that forget quality compares between two models.</summary>
    /// <param name="paraphrases">Mean loss per token of each paraphrased right answer.</param>
    /// <param name="wrong">For each question the same for its wrong answers.</param>
    /// <param name="form">How the wrong answers are averaged.</param>
    /// <exception cref="ArgumentException">As for <see cref="LogRatio"/>, or the lengths differ.</exception>
    public static ImmutableArray<double> Ratios(
        IReadOnlyList<double> paraphrases, IReadOnlyList<IReadOnlyList<double>> wrong, WrongAnswerMean form = WrongAnswerMean.Geometric) =>
        [.. MeanLoss.Pair(paraphrases, wrong).Select(e => Ratio(e.Loss, e.Wrong, form))];

    /// <summary>The forget set's aggregate: mean min(s, 1/s).</summary>
    /// <inheritdoc cref="Ratios"/>
    public static Measurement MeasureForget(
        IReadOnlyList<double> paraphrases, IReadOnlyList<IReadOnlyList<double>> wrong, WrongAnswerMean form = WrongAnswerMean.Geometric) =>
        Measurement.Mean("Truth ratio (forget)", MeanLoss.Pair(paraphrases, wrong).Select(e =>
            Math.Exp(-Math.Abs(LogRatio(e.Loss, e.Wrong, form)))));

    /// <summary>The same complemented, 1 − mean min(s, 1/s), as A Closer Look reports it: low for what is forgotten.</summary>
    /// <inheritdoc cref="Ratios"/>
    public static Measurement MeasureForgetComplemented(
        IReadOnlyList<double> paraphrases, IReadOnlyList<IReadOnlyList<double>> wrong, WrongAnswerMean form = WrongAnswerMean.Geometric) =>
        Measurement.Mean("Truth ratio (forget, complemented)", MeanLoss.Pair(paraphrases, wrong).Select(e =>
            1 - Math.Exp(-Math.Abs(LogRatio(e.Loss, e.Wrong, form)))));

    /// <summary>The aggregate of every other set: mean max(0, 1 − 1/s).</summary>
    /// <inheritdoc cref="Ratios"/>
    public static Measurement MeasureOthers(
        IReadOnlyList<double> paraphrases, IReadOnlyList<IReadOnlyList<double>> wrong, WrongAnswerMean form = WrongAnswerMean.Geometric) =>
        Measurement.Mean("Truth ratio", MeanLoss.Pair(paraphrases, wrong).Select(e =>
            Math.Max(0, 1 - Math.Exp(-LogRatio(e.Loss, e.Wrong, form)))));

    // ln Σ exp(−loss), −∞ when every loss is infinite.
    private static double LogSumOfProbabilities(double[] losses)
    {
        var least = losses.Min();
        return double.IsPositiveInfinity(least) ? double.NegativeInfinity
            : Math.Log(losses.Sum(loss => Math.Exp(least - loss))) - least;
    }
}
