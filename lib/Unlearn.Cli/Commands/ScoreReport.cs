using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Unlearn.Evaluation;
using Unlearn.Metrics;

namespace Unlearn.Cli.Commands;

/// <summary>The aggregates of an evaluation, for people and for programs.</summary>
/// <param name="ModelUtility">Harmonic mean of nine, wrong answers averaged as in published tables; null where a set is missing.</param>
/// <param name="ModelUtilityArithmetic">The same, averaged as TOFU's paper says.</param>
/// <param name="ForgetQuality">p-value against the retain model; null where none was given.</param>
/// <param name="ForgetQualityLog10">Its decimal logarithm.</param>
/// <param name="KsStatistic">D of the same test.</param>
/// <param name="ForgetTruthRatio">Truth ratio of the forget set.</param>
/// <param name="Retain">A set's three numbers; null where it is missing.</param>
/// <param name="RealAuthors">The same.</param>
/// <param name="WorldFacts">The same.</param>
/// <param name="Forget">The same.</param>
/// <param name="ForgetKl">Mean divergence of the forget rows from the model before unlearning, in nats; null where the log has none.</param>
/// <param name="TextCleanness">TC: mean cleanness of the forget set's answers; null where the log has no scores.</param>
/// <param name="CleannessIndistinguishability">CI: p-value against the retain model's scores; null where either log has none.</param>
/// <param name="CleannessIndistinguishabilityLog10">Its decimal logarithm.</param>
/// <param name="ForgetTruthRatioComplemented">1 − the forget set's truth ratio, as A Closer Look reports it.</param>
/// <param name="CloserLook">That paper's aggregates; null where the log has none of what they add.</param>
internal sealed record ScoreReport(
    double? ModelUtility, double? ModelUtilityArithmetic, double? ForgetQuality, double? ForgetQualityLog10, double? KsStatistic,
    double? ForgetTruthRatio, SetScores? Retain, SetScores? RealAuthors, SetScores? WorldFacts, SetScores? Forget,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? ForgetKl = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? TextCleanness = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? CleannessIndistinguishability = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? CleannessIndistinguishabilityLog10 = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? ForgetTruthRatioComplemented = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MeaningScores? CloserLook = null)
{
    private static readonly JsonSerializerOptions Snake = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    public static ScoreReport Of(ModelEvaluation evaluation, ModelEvaluation? retained)
    {
        var scores = EvaluationTask.All.ToDictionary(
            task => task, task => SetScores.Of(evaluation.Results.FirstOrDefault(result => result.Task == task)));
        var hasUtility = EvaluationTask.Utility.All(task => scores[task] is not null);
        var quality = retained is null ? null : evaluation.ForgetQuality(retained);
        var isScored = HasCleanness(evaluation);
        var clean = isScored && retained is not null && HasCleanness(retained) ? evaluation.CleannessIndistinguishability(retained) : null;
        return new(
            hasUtility ? evaluation.ModelUtility() : null, hasUtility ? evaluation.ModelUtility(WrongAnswerMean.Arithmetic) : null,
            quality?.Value, quality?.Log10, quality?.Statistic, scores[EvaluationTask.Forget]?.TruthRatio,
            scores[EvaluationTask.Retain], scores[EvaluationTask.RealAuthors], scores[EvaluationTask.WorldFacts],
            scores[EvaluationTask.Forget], Divergence(evaluation.Results.FirstOrDefault(result => result.Task == EvaluationTask.Forget)),
            isScored ? evaluation.Forget.Cleanness.Value : null, clean?.Value, clean?.Log10,
            evaluation.Results.FirstOrDefault(result => result.Task.ToForget)?.TruthRatioComplemented.Value, MeaningScores.Of(evaluation));

        static double? Divergence(EvaluationResult? forget) =>
            forget is not null && forget.Rows.All(row => row.Divergence is not null) ? forget.Divergence.Value : null;
    }

    private static bool HasCleanness(ModelEvaluation evaluation) =>
        evaluation.Results.FirstOrDefault(result => result.Task == EvaluationTask.Forget) is { HasCleanness: true };

    /// <summary>What should make the reader doubt forget quality; null when nothing does.</summary>
    public static string? Doubt(ModelEvaluation evaluation, ModelEvaluation retained)
    {
        var (rows, others) = (evaluation.Forget.Rows, retained.Forget.Rows);
        if (rows.Length != others.Length)
        {
            return $"the log has {rows.Length} forget rows but the retain log {others.Length}: they are of different forget sets, "
                + "and forget quality compares models on the same one. Give the retain model's log of this split.";
        }
        var differs = rows.Zip(others).Count(pair => pair.First.Text is { } a && pair.Second.Text is { } b && a.Truth != b.Truth);
        return differs == 0 ? null
            : $"{differs} of {rows.Length} forget rows have another true answer in the retain log: the forget sets differ.";
    }

    public string ToJson() => JsonSerializer.Serialize(this, Snake);

    public string ToText()
    {
        var text = new StringBuilder();
        Line("", "rows", "ROUGE-L", "probability", "truth ratio");
        foreach (var (name, set) in new[]
        {
            ("retain", Retain), ("real authors", RealAuthors), ("world facts", WorldFacts), ("forget", Forget),
        })
        {
            if (set is null) continue;
            Line(name, Text($"{set.N}"), Text($"{set.Rouge:F4}"), Text($"{set.Probability:F4}"), Text($"{set.TruthRatio:F4}"));
        }
        text.AppendLine();
        text.AppendLine(ModelUtility is null
            ? "model utility   needs the sets retain, real authors and world facts, of which this log lacks some"
            : Text($"model utility   {ModelUtility:F4}   (with the arithmetic truth ratio {ModelUtilityArithmetic:F4})"));
        text.Append(ForgetQuality is null
            ? "forget quality  needs the log of a model trained on the retain rows alone: give it with --retain"
            : Text($"forget quality  {ForgetQuality:G4}   (log10 {ForgetQualityLog10:F2}, D = {KsStatistic:F4}; ")
                + (ForgetQuality > Metrics.ForgetQuality.MeaningfulAbove
                    ? "forgotten at the 5 % level)" : "told apart from the retain model)"));
        if (ForgetTruthRatioComplemented is { } complemented)
            text.Append(Text($"\ntruth ratio     {complemented:F4}   (forget, complemented: 1 less the mean above)"));
        if (ForgetKl is { } divergence)
            text.Append(Text($"\nforget KL       {divergence:G4}   (nats a position, from the model before unlearning)"));
        if (TextCleanness is not null)
        {
            text.AppendLine().Append(Text($"text cleanness  {TextCleanness:F4}   (of the forget set's answers)")).AppendLine();
            text.Append(CleannessIndistinguishability is null
                ? "indistinguishability of cleanness needs a retain model's log with scores: give it with --retain"
                : Text($"indistinguishability of cleanness  {CleannessIndistinguishability:G4}   ")
                    + Text($"(log10 {CleannessIndistinguishabilityLog10:F2})"));
        }
        if (CloserLook is { } meaning) text.AppendLine().AppendLine().Append(meaning.ToText());
        return text.ToString();

        void Line(string name, params string[] cells) =>
            text.AppendLine($"{name,-14}{string.Concat(cells.Select(cell => cell.PadLeft(13)))}");
        static string Text(FormattableString value) => value.ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>A set's aggregates.</summary>
/// <param name="Rouge">Mean ROUGE-L recall.</param>
/// <param name="Probability">Mean probability in the set's form.</param>
/// <param name="TruthRatio">Mean truth ratio in the set's form, geometric.</param>
/// <param name="N">Rows.</param>
internal sealed record SetScores(double Rouge, double Probability, double TruthRatio, int N)
{
    public static SetScores? Of(EvaluationResult? result) => result is null ? null
        : new(result.Rouge.Value, result.Probability.Value, result.TruthRatio.Value, result.Rows.Length);
}
