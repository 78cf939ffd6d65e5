namespace Unlearn.Metrics;

/// <summary>Whether an unlearned model can be told from one that never saw the forget set.</summary>
/// <remarks>
/// <code>
///   FQ = P( D ≥ observed D  |  both samples of truth ratios come from one distribution )
/// </code>
/// <para>
/// The p-value of the exact two-sided two-sample Kolmogorov–Smirnov test between the truth ratios of both models on the same forget rows
/// (<see cref="KolmogorovSmirnov"/>, <see cref="TruthRatio.Ratios"/>). Range 0 … 1, high is good; above
/// <see cref="MeaningfulAbove"/> counts as forgotten. With n rows it takes only n + 1 values, and complete collapse shows as the least of
/// them, 2 / C(2n, n): 1.9e-23 for 40 rows, 1.9e-119 for 200. Below about 1e-308 <see cref="Value"/> is 0 and
/// <see cref="Log10"/> goes on.
/// </para>
/// <para>
/// Increasing maps of the ratios (s, ln s, 1/s for both) change nothing; the average over wrong answers does.
/// </para>
/// <para>Maini, Feng, Schwarzschild, Lipton, Kolter, 2024 (TOFU). <see href="https://arxiv.org/abs/2401.06121"/></para>
/// </remarks>
/// <param name="Value">The p-value, 0 … 1.</param>
/// <param name="Log10">Its decimal logarithm, at most 0, always finite.</param>
/// <param name="Statistic">D, 0 … 1.</param>
/// <param name="Rows">Truth ratios of the unlearned model.</param>
/// <param name="RetainedRows">Truth ratios of the model trained without the forget set.</param>
public sealed record ForgetQuality(double Value, double Log10, double Statistic, int Rows, int RetainedRows)
{
    /// <summary>The level above which TOFU calls two models indistinguishable.</summary>
    public const double MeaningfulAbove = 0.05;

    /// <summary>Compares two models.</summary>
    /// <param name="unlearned">Truth ratios of the unlearned model on the forget rows, any order, no NaN.</param>
    /// <param name="retained">The same of a model trained on the retain rows alone.</param>
    /// <exception cref="ArgumentException">A sample is empty, contains NaN, or both are too large for an exact test.</exception>
    public static ForgetQuality Of(IReadOnlyCollection<double> unlearned, IReadOnlyCollection<double> retained)
    {
        var test = KolmogorovSmirnov.Test(unlearned, retained);
        return new(test.PValue, test.Log10PValue, test.Statistic, unlearned.Count, retained.Count);
    }
}
