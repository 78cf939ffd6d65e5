namespace Unlearn.Metrics.Quality;

/// <summary>Diversity and fluency of a set of answers, each of them one text.</summary>
/// <remarks>
/// <code>
///   fluency = exp(Σ loss / Σ tokens)          perplexity of the meaningful answers under the model before unlearning
/// </code>
/// <para>
/// At least 1; low is fluent, but a loop is fluent too once it runs, so answers that are not meaningful are left out and counted. Null
/// where more than half of them are not: the NM of Yao et al., 2023 (<see href="https://arxiv.org/abs/2310.10683"/>), whose tables have the
/// same two columns.
/// </para>
/// </remarks>
/// <param name="Distinct1">Mean share of distinct words.</param>
/// <param name="Distinct2">Mean share of distinct pairs of words.</param>
/// <param name="Repetition">Mean share of words that repeat what was just said.</param>
/// <param name="Fluency">Perplexity; null where it means nothing.</param>
/// <param name="Meaningless">Answers that are not meaningful.</param>
public sealed record AnswerFluency(
    Measurement Distinct1, Measurement Distinct2, Measurement Repetition, double? Fluency, Rate Meaningless)
{
    /// <summary>Measures answers.</summary>
    /// <param name="answers">At least one.</param>
    /// <param name="losses">Sum of −log p over each answer's tokens, its end included, under the model before unlearning.</param>
    /// <param name="tokens">How many tokens that were, each at least 1.</param>
    /// <exception cref="ArgumentException">There is no answer, the lists differ in length, or a number is out of its range.</exception>
    public static AnswerFluency Of(IReadOnlyList<string> answers, IReadOnlyList<double> losses, IReadOnlyList<int> tokens)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(losses);
        ArgumentNullException.ThrowIfNull(tokens);
        if (answers.Count == 0 || answers.Count != losses.Count || answers.Count != tokens.Count)
        {
            throw new ArgumentException("Expected a loss and a number of tokens for each of at least one answer, got "
                + $"{answers.Count} answers, {losses.Count} losses and {tokens.Count} numbers of tokens.");
        }
        for (var i = 0; i < answers.Count; i++)
        {
            if (double.IsFinite(losses[i]) && losses[i] >= 0 && tokens[i] >= 1) continue;
            throw new ArgumentException($"Answer {i} has loss {losses[i]} over {tokens[i]} tokens; expected at least 0 over at least 1.");
        }
        TextRepetition[] texts = [.. answers.Select(TextRepetition.Of)];
        var meaningless = Rate.Among("not meaningful", texts, text => text.IsMeaningless);
        int[] meaningful = [.. texts.Index().Where(text => !text.Item.IsMeaningless).Select(text => text.Index)];
        return new(
            Measurement.Mean("Distinct-1", texts.Select(text => text.Distinct1)),
            Measurement.Mean("Distinct-2", texts.Select(text => text.Distinct2)),
            Measurement.Mean("Repetition", texts.Select(text => text.Repetition)),
            meaningless.Value > 0.5 ? null : Math.Exp(meaningful.Sum(i => losses[i]) / meaningful.Sum(i => tokens[i])),
            meaningless);
    }
}
