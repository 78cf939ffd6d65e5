using System.Globalization;
using System.Text;
using Unlearn.Evaluation;

namespace Unlearn.Cli.Commands;

/// <summary>The aggregates of A Closer Look, beside TOFU's.</summary>
/// <param name="ModelUtility">Harmonic mean of 18 numbers, or of the neighbours' 6; null where one is missing.</param>
/// <param name="RetainUtility">The same of the retain set's or the neighbours' 6.</param>
/// <param name="ForgetEfficacy">1 − the mean of five numbers of the forget set; null where one is missing.</param>
/// <param name="SimilarityBy">The sentence embedder; a surrogate says so.</param>
/// <param name="EntailmentBy">The entailment judge; a surrogate says so.</param>
/// <param name="Sets">The numbers of each set.</param>
internal sealed record MeaningScores(
    double? ModelUtility, double? RetainUtility, double? ForgetEfficacy, string? SimilarityBy, string? EntailmentBy,
    IReadOnlyList<CloserLookScores> Sets)
{
    private const string InTheLog = "as the log says";

    public static MeaningScores? Of(ModelEvaluation evaluation)
    {
        var report = CloserLookReport.Of(evaluation);
        return report.Sets.All(set => set is { TokenEntropy: null, CosineSimilarity: null, EntailmentScore: null }) ? null
            : new(report.ModelUtility, report.RetainUtility, report.ForgetEfficacy, report.MeasuredBy.Similarity,
                report.MeasuredBy.Entailment, report.Sets);
    }

    public string ToText()
    {
        var text = new StringBuilder("A Closer Look  ");
        foreach (var name in (string[])["token entropy", "cosine", "entailment"]) text.Append(name.PadLeft(14));
        foreach (var set in Sets)
        {
            text.AppendLine().Append(set.Set.PadRight(16));
            foreach (var number in (double?[])[set.TokenEntropy, set.CosineSimilarity, set.EntailmentScore])
                text.Append(Number(number).PadLeft(14));
        }
        text.AppendLine().AppendLine();
        text.Append($"model utility   {Number(ModelUtility)}   (of all six numbers of the sets to keep; ");
        text.AppendLine($"of the first {Number(RetainUtility)})");
        text.AppendLine($"forget efficacy {Number(ForgetEfficacy)}");
        return text.Append($"cosine by {SimilarityBy ?? InTheLog}, entailment by {EntailmentBy ?? InTheLog}").ToString();
    }

    private static string Number(double? number) => number?.ToString("F4", CultureInfo.InvariantCulture) ?? "-";
}
