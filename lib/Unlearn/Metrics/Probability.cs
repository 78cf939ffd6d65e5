namespace Unlearn.Metrics;

/// <summary>How probable a model finds an answer, per token.</summary>
/// <remarks>
/// <para>With l(a) the mean of −ln p over the answer's label tokens, the end token included:</para>
/// <code>
///   p(a) = exp(−l(a))                                    Retain, Forget
///   p(a) / (p(a) + Σₖ p(wrongₖ))                         Real Authors, Real World
/// </code>
/// <para>Range 0 … 1. Best value 1 on what should be known; on the forget set the value of a model that never saw it.</para>
/// <para>Losses are in nats, 0 … ∞; an infinite loss is probability 0; down to −0.001 (rounding) they count as 0.</para>
/// <para>Maini, Feng, Schwarzschild, Lipton, Kolter, 2024 (TOFU). <see href="https://arxiv.org/abs/2401.06121"/></para>
/// </remarks>
public static class Probability
{
    /// <summary>p(a) = exp(−l(a)).</summary>
    /// <param name="loss">Mean loss per token of the answer.</param>
    /// <exception cref="ArgumentException">The loss is NaN or negative.</exception>
    public static double Of(double loss) => Math.Exp(-MeanLoss.Check(loss, nameof(loss)));

    /// <summary>p(a) / (p(a) + Σₖ p(wrongₖ)), computed from differences of losses so that nothing underflows.</summary>
    /// <remarks>Equal losses, infinite ones included, give 1 / (1 + K).</remarks>
    /// <param name="loss">Mean loss per token of the right answer.</param>
    /// <param name="wrong">The same for K ≥ 1 wrong answers.</param>
    /// <exception cref="ArgumentException">A loss is NaN or negative, or there is no wrong answer.</exception>
    public static double Normalized(double loss, IReadOnlyList<double> wrong)
    {
        loss = MeanLoss.Check(loss, nameof(loss));
        var others = MeanLoss.CheckWrong(wrong, nameof(wrong));
        return 1 / (1 + others.Sum(other => other == loss ? 1 : Math.Exp(loss - other)));
    }

    /// <summary>Mean p(a) over answers, in data order.</summary>
    /// <exception cref="ArgumentException">As for <see cref="Of"/>, or there is no answer.</exception>
    public static Measurement Measure(IReadOnlyList<double> losses)
    {
        ArgumentNullException.ThrowIfNull(losses);
        return Measurement.Mean("Probability", losses.Select(Of));
    }

    /// <summary>Mean normalised probability over questions, in data order.</summary>
    /// <param name="losses">Mean loss per token of each right answer.</param>
    /// <param name="wrong">For each question the same for its wrong answers.</param>
    /// <exception cref="ArgumentException">As for <see cref="Normalized"/>, the lengths differ, or there is no question.</exception>
    public static Measurement MeasureNormalized(IReadOnlyList<double> losses, IReadOnlyList<IReadOnlyList<double>> wrong) =>
        Measurement.Mean("Normalised probability", MeanLoss.Pair(losses, wrong).Select(e => Normalized(e.Loss, e.Wrong)));
}
