namespace Unlearn.Metrics;

/// <summary>How much a model can still do: the harmonic mean of its scores on everything that it should keep.</summary>
/// <remarks>
/// <code>
///   MU = n / Σᵢ (1 / xᵢ)        0 when any xᵢ is 0
/// </code>
/// <para>
/// TOFU takes nine numbers: {ROUGE-L recall, probability, truth ratio} × {Retain, Real Authors, World Facts}. Range 0 … 1, best 1. It lies
/// near the least of them, and one that is exactly 0 makes it 0, which is what a collapsed model's published 0.0 means.
/// </para>
/// <para>Maini, Feng, Schwarzschild, Lipton, Kolter, 2024 (TOFU). <see href="https://arxiv.org/abs/2401.06121"/></para>
/// </remarks>
public static class ModelUtility
{
    /// <summary>The harmonic mean.</summary>
    /// <param name="scores">At least one number from 0 to 1.</param>
    /// <exception cref="ArgumentException">There is no score, or one is outside 0 … 1 or NaN.</exception>
    public static double Of(IReadOnlyCollection<double> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        if (scores.Count == 0) throw new ArgumentException("Model utility needs at least one score but has none.", nameof(scores));
        foreach (var (index, score) in scores.Index())
        {
            if (score is >= 0 and <= 1) continue;
            throw new ArgumentException($"Score {index} of the model utility is {score}; expected 0 to 1.", nameof(scores));
        }
        return scores.Contains(0) ? 0 : scores.Count / scores.Sum(score => 1 / score);
    }
}
