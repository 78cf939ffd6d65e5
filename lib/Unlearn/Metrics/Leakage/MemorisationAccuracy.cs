namespace Unlearn.Metrics.Leakage;

/// <summary>MA: how often a text's next token is the model's likeliest, the text so far being given.</summary>
/// <remarks>
/// <code>MA = (1/T) Σ_t 1[argmax p(· | x_&lt;t) = x_t]</code>
/// <para>Range 0 … 1; of text that was never seen about 0.3 with GPT-Neo, where the authors stop unlearning (0.2994).</para>
/// <para>
/// Tirumala, Markosyan, Zettlemoyer, Aghajanyan, 2022, <see href="https://arxiv.org/abs/2205.10770"/>; for unlearning: Jang et al., 2022,
/// <see href="https://arxiv.org/abs/2210.01504"/>.
/// </para>
/// </remarks>
public static class MemorisationAccuracy
{
    /// <summary>MA of one text.</summary>
    /// <param name="truth">The tokens that are predicted, T ≥ 1.</param>
    /// <param name="likeliest">For each of them the likeliest token given all before it.</param>
    /// <exception cref="ArgumentException">There is no token, or the lists differ in length.</exception>
    public static double Of(IReadOnlyList<int> truth, IReadOnlyList<int> likeliest)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(likeliest);
        if (truth.Count == 0 || truth.Count != likeliest.Count)
        {
            throw new ArgumentException(
                $"Expected as many predictions as tokens and at least one, got {likeliest.Count} for {truth.Count}.", nameof(likeliest));
        }
        return (double)truth.Zip(likeliest).Count(pair => pair.First == pair.Second) / truth.Count;
    }
}
