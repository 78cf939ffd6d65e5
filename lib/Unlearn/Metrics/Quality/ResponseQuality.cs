using System.Globalization;
using System.Text;

namespace Unlearn.Metrics.Quality;

/// <summary>What a model's answers to the forgotten questions are like, beyond what they reveal.</summary>
/// <remarks>Forget quality and model utility do not see whether answers are sentences; this does. What was not measured is null.</remarks>
/// <param name="Scorer">What scored cleanness; a surrogate says so.</param>
/// <param name="Cleanness">Text cleanness, TC.</param>
/// <param name="Indistinguishability">Cleanness indistinguishability, CI.</param>
/// <param name="Consistency">Whether answers fit their questions.</param>
/// <param name="Confidence">How sure the model is of its answers.</param>
/// <param name="Diversity">How much repeated answers differ.</param>
public sealed record ResponseQuality(
    string Scorer, Measurement Cleanness, CleannessIndistinguishability? Indistinguishability = null,
    ResponseConsistency? Consistency = null, SelfConfidence? Confidence = null, AnswerDiversity? Diversity = null)
{
    /// <summary>Measures answers.</summary>
    /// <param name="answers">Greedy answers to the forgotten questions, in data order, at least one.</param>
    /// <param name="scorer">Scores cleanness.</param>
    /// <param name="retained">P(clean), by the same scorer, of the answers of a model that never saw these rows; null for no CI.</param>
    /// <param name="judge">Judges consistency; null for none.</param>
    /// <param name="repeats">For each question several sampled answers; null for no diversity.</param>
    /// <exception cref="ArgumentException">There is no answer, or a number is out of its range.</exception>
    public static ResponseQuality Of(
        IReadOnlyList<OwnAnswer> answers, ICleannessScorer scorer, IReadOnlyList<double>? retained = null, IConsistencyJudge? judge = null,
        IReadOnlyList<IReadOnlyList<string>>? repeats = null)
    {
        var clean = scorer.Score([.. answers.Select(answer => answer.Answer)]);
        return new(
            scorer.Name, TextCleanness.Measure(clean),
            retained is null ? null : CleannessIndistinguishability.Of(clean, retained),
            judge is null ? null : ResponseConsistency.Of(judge, [.. answers.Select(answer => (answer.Question, answer.Answer))]),
            answers.All(answer => answer is { Loss: not null, Tokens: not null })
                ? SelfConfidence.Of(
                    [.. answers.Select(answer => answer.Loss!.Value)], [.. answers.Select(answer => answer.Tokens!.Value)])
                : null,
            repeats is null ? null : AnswerDiversity.Of(repeats));
    }

    /// <summary>One line a number, for terminals and logs.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        Line("text cleanness", Text($"{Cleanness.Value:F4}   ({Scorer}, {Cleanness.PerItem.Length} answers)"));
        if (Indistinguishability is { } same)
            Line("indistinguishability", Text($"{same.Value:G4}   (log10 {same.Log10:F2}, D = {same.Statistic:F4})"));
        if (Consistency is { } fits)
        {
            Line("consistent", Text($"{fits.Value:F4}   ({fits.Judge}: {fits.Truths:F3} true, {fits.Others:F3} other, ")
                + Text($"{fits.Refusals:F3} refused, {fits.OffTopic:F3} off topic, {fits.Garbled:F3} garbled)"));
        }
        if (Confidence is { } sure) Line("self-confidence", Text($"{sure.Normalised.Value:F4}   (whole answers {sure.Whole.Value:F4})"));
        if (Diversity is { } differs)
        {
            Line("diversity", Text($"{differs.PairwiseRougeL.Value:F4}   pairwise ROUGE-L (distinct-1 {differs.Distinct1.Value:F3}, ")
                + Text($"distinct-2 {differs.Distinct2.Value:F3}, {differs.Duplicates:F3} duplicates of {differs.Answers})"));
        }
        return text.ToString();

        void Line(string name, string value) => text.Append(name.PadRight(22)).Append(value).Append('\n');
        static string Text(FormattableString value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
