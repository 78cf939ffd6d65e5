namespace Unlearn.Metrics.Quality;

/// <summary>Text cleanness, TC: how clean a model's answers to the forgotten questions are.</summary>
/// <remarks>
/// <code>TC = mean P(clean | answer)</code>
/// <para>
/// Range 0 … 1, high is good. The authors take greedy answers and the class "clean" of a DistilBERT gibberish detector
/// (<see cref="ICleannessScorer"/>); a model that never saw the forget set reaches 0.92 to 0.96 with it.
/// </para>
/// <para>Mekala et al., 2024 (AltPO). <see href="https://arxiv.org/abs/2409.13474"/></para>
/// </remarks>
public static class TextCleanness
{
    /// <summary>Mean over answers, in data order.</summary>
    /// <param name="scores">P(clean) of every answer, 0 … 1.</param>
    /// <exception cref="ArgumentException">There is no score, or one is outside 0 … 1 or NaN.</exception>
    public static Measurement Measure(IReadOnlyList<double> scores) => Measurement.Mean("Text cleanness", Checked(scores, nameof(scores)));

    internal static IReadOnlyList<double> Checked(IReadOnlyList<double> scores, string name)
    {
        ArgumentNullException.ThrowIfNull(scores, name);
        foreach (var (index, score) in scores.Index())
        {
            if (score is >= 0 and <= 1) continue;
            throw new ArgumentException($"The cleanness of answer {index} is {score}; expected a probability, 0 to 1.", name);
        }
        return scores;
    }
}
