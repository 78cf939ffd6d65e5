namespace Unlearn.Metrics.Quality;

/// <summary>How sure a model is of what it answers itself.</summary>
/// <remarks>
/// <para>With S the sum of −ln p over the tokens of the model's own greedy answer, its end included, and n their number:</para>
/// <code>
///   normalised   mean exp(−S / n)
///   whole        mean exp(−S)
/// </code>
/// <para>
/// Range 0 … 1. Best value that of a model that never saw the forget set: below it the model has been made unsure, above it it still
/// knows. The form is read off the authors' numbers, for their code is not public: it holds for the published fine-tuned model.
/// </para>
/// <para>Mekala et al., 2024 (AltPO). <see href="https://arxiv.org/abs/2409.13474"/></para>
/// </remarks>
/// <param name="Normalised">Per token.</param>
/// <param name="Whole">Of answers as a whole.</param>
public sealed record SelfConfidence(Measurement Normalised, Measurement Whole)
{
    /// <summary>Means over answers, in data order.</summary>
    /// <param name="sums">S of each answer in nats; down to −0.001 for each token (rounding) it counts as 0.</param>
    /// <param name="tokens">n of each, at least 1.</param>
    /// <exception cref="ArgumentException">
    /// There is no answer, the lengths differ, a sum is negative or NaN, or an answer has no token.
    /// </exception>
    public static SelfConfidence Of(IReadOnlyList<double> sums, IReadOnlyList<int> tokens)
    {
        ArgumentNullException.ThrowIfNull(sums);
        ArgumentNullException.ThrowIfNull(tokens);
        if (sums.Count != tokens.Count)
            throw new ArgumentException($"{sums.Count} sums came with {tokens.Count} numbers of tokens; expected as many.", nameof(tokens));
        if (tokens.FirstOrDefault(count => count < 1, 1) is var wrong and < 1)
            throw new ArgumentException($"An answer has {wrong} tokens; expected at least 1, its end.", nameof(tokens));

        double[] means = [.. sums.Zip(tokens, (sum, count) => MeanLoss.Check(sum / count, nameof(sums)))];
        return new(
            Measurement.Mean("Self-confidence", means.Select(mean => Math.Exp(-mean))),
            Measurement.Mean("Self-confidence (whole answers)", means.Zip(tokens, (mean, count) => Math.Exp(-mean * count))));
    }
}
