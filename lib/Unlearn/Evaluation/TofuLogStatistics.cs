using System.Globalization;

namespace Unlearn.Evaluation;

/// <summary>The aggregates that stand beside a log: TOFU's table and NPO's text.</summary>
internal static class TofuLogStatistics
{
    private static readonly (EvaluationTask Task, string Name)[] Names =
    [
        (EvaluationTask.RealAuthors, "Real Authors"), (EvaluationTask.WorldFacts, "Real World"),
        (EvaluationTask.Retain, "Retain"), (EvaluationTask.Forget, "Forget"),
    ];

    /// <summary>A header and a line, with the column names and order of TOFU's <c>aggregate_eval_stat.py</c>.</summary>
    public static string Csv(ModelEvaluation evaluation, ModelEvaluation? retained, string method)
    {
        List<(string Name, string Value)> cells = [];
        foreach (var (name, result) in Sets(evaluation))
        {
            cells.Add(("ROUGE " + name, Number(result.Rouge.Value)));
            cells.Add(("Prob. " + name, Number(result.Probability.Value)));
            cells.Add(("Truth Ratio " + name, Number(result.TruthRatio.Value)));
        }
        if (HasUtility(evaluation)) cells.Add(("Model Utility", Number(evaluation.ModelUtility())));
        if (retained is not null) cells.Add(("Forget Quality", Number(evaluation.ForgetQuality(retained).Value)));
        cells.Add(("Method", Quoted(method)));
        cells.Add(("Submitted By", ""));
        return $"{string.Join(',', cells.Select(cell => cell.Name))}\n{string.Join(',', cells.Select(cell => cell.Value))}\n";
    }

    /// <summary>Lines of key and value with the keys of NPO's repository.</summary>
    public static string Lines(ModelEvaluation evaluation, ModelEvaluation? retained)
    {
        List<(string Name, double Value)> lines = [];
        foreach (var (name, result) in Sets(evaluation))
        {
            lines.Add((name + " ROUGE", result.Rouge.Value));
            lines.Add((name + " Probability", result.Probability.Value));
            lines.Add((name + " Truth Ratio", result.TruthRatio.Value));
            if (result.Rows.All(row => row.Divergence is not null)) lines.Add((name + " KL Divergence", result.Divergence.Value));
        }
        if (HasUtility(evaluation)) lines.Add(("Model Utility", evaluation.ModelUtility()));
        if (retained is not null)
        {
            var quality = evaluation.ForgetQuality(retained);
            lines.Add(("Forget Quality", quality.Value));
            lines.Add(("KS Test PVal Forget", quality.Value));
            lines.Add(("KS Test Forget", quality.Statistic));
        }
        return string.Concat(lines.Select(line => $"{line.Name}: {Number(line.Value)}\n"));
    }

    private static IEnumerable<(string Name, EvaluationResult Result)> Sets(ModelEvaluation evaluation) =>
        from entry in Names
        let result = evaluation.Results.FirstOrDefault(result => result.Task == entry.Task)
        where result is not null
        select (entry.Name, result);

    private static bool HasUtility(ModelEvaluation evaluation) =>
        EvaluationTask.Utility.All(task => evaluation.Results.Any(result => result.Task == task));

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny(",\"\n\r") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
