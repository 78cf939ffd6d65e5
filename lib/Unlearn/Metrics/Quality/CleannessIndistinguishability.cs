namespace Unlearn.Metrics.Quality;

/// <summary>
/// Cleanness indistinguishability, CI: whether an unlearned model's answers are as clean as those of a model that never knew.
/// </summary>
/// <remarks>
/// <code>
///   CI = P( D ≥ observed D  |  both samples of P(clean) come from one distribution )
/// </code>
/// <para>
/// The p-value of the exact two-sided two-sample Kolmogorov–Smirnov test (<see cref="KolmogorovSmirnov"/>) between the cleanness of both
/// models' answers to the forgotten questions. Range 0 … 1, high is good; a low value means that the answers betray that something was
/// unlearned. Independent retain models of the authors give 0.52 to 0.97, not 1.
/// </para>
/// <para>Scores of the authors' detector are coarse (bfloat16), so ties abound; the p-value is then conservative.</para>
/// <para>Mekala et al., 2024 (AltPO). <see href="https://arxiv.org/abs/2409.13474"/></para>
/// </remarks>
/// <param name="Value">The p-value, 0 … 1.</param>
/// <param name="Log10">Its decimal logarithm, at most 0, always finite.</param>
/// <param name="Statistic">D, 0 … 1.</param>
/// <param name="Rows">Answers of the unlearned model.</param>
/// <param name="RetainedRows">Answers of the model trained without the forget set.</param>
public sealed record CleannessIndistinguishability(double Value, double Log10, double Statistic, int Rows, int RetainedRows)
{
    /// <summary>Compares two models by scores of one scorer.</summary>
    /// <param name="unlearned">P(clean) of the unlearned model's answers, any order, 0 … 1.</param>
    /// <param name="retained">The same of a model trained on the retain rows alone.</param>
    /// <exception cref="ArgumentException">
    /// A sample is empty, has a score outside 0 … 1, or both are too large for an exact test.
    /// </exception>
    public static CleannessIndistinguishability Of(IReadOnlyList<double> unlearned, IReadOnlyList<double> retained)
    {
        var test = KolmogorovSmirnov.Test(
            TextCleanness.Checked(unlearned, nameof(unlearned)), TextCleanness.Checked(retained, nameof(retained)));
        return new(test.PValue, test.Log10PValue, test.Statistic, unlearned.Count, retained.Count);
    }
}
