using System.Globalization;
using Microsoft.Data.Analysis;
using Unlearn.Evaluation;
using Unlearn.Numerics;

namespace Unlearn.Reporting;

/// <summary>Results as tables.</summary>
public static class ResultTable
{
    /// <summary>One row for each model and set: what a model remembers and how well it answers.</summary>
    /// <remarks>On the forget set low is better but for the truth ratio, elsewhere high; all three are between 0 and 1.</remarks>
    /// <param name="results">Results by the model's name.</param>
    public static DataFrame Compare(IEnumerable<(string Model, IReadOnlyList<EvaluationResult> Results)> results)
    {
        var rows = results.SelectMany(model => model.Results.Select(result => (model.Model, Result: result)))
            .GroupBy(row => row.Result.Task.Name).SelectMany(set => set).ToArray();                  // models below each other, set by set
        return new(
            new StringDataFrameColumn("set", rows.Select(row => row.Result.Task.Name)),
            new StringDataFrameColumn("model", rows.Select(row => row.Model)),
            new DoubleDataFrameColumn("ROUGE-L recall", rows.Select(row => row.Result.Rouge.Value)),
            new DoubleDataFrameColumn("probability", rows.Select(row => row.Result.Probability.Value)),
            new DoubleDataFrameColumn("truth ratio", rows.Select(row => row.Result.TruthRatio.Value)),
            new Int32DataFrameColumn("rows", rows.Select(row => row.Result.Rows.Length)));
    }

    // A collapsed model repeats a word until it is stopped; the first few say it all.
    private const int LongestAnswer = 90;

    /// <summary>Questions with the true answer and each model's own, long ones cut.</summary>
    /// <param name="set">Which set's rows.</param>
    /// <param name="rows">Row numbers in the set.</param>
    /// <param name="results">Results on that set, by the model's name.</param>
    public static DataFrame Answers(
        EvaluationSet set, IReadOnlyList<int> rows, IEnumerable<(string Model, EvaluationResult Result)> results) =>
        new([
            new StringDataFrameColumn("question", rows.Select(row => set.Rows[row].Question)),
            new StringDataFrameColumn("truth", rows.Select(row => set.Rows[row].Answer)),
            .. results.Select(model => new StringDataFrameColumn(model.Model, rows.Select(row => Cut(model.Result.Answers[row])))),
        ]);

    internal static string Cut(string answer) => answer.Length <= LongestAnswer ? answer : answer[..LongestAnswer].TrimEnd() + " …";

    /// <summary>"0.42 ± 0.03": mean and 95 % interval over seeds, or the one value; nothing where there is none.</summary>
    /// <param name="values">One a seed.</param>
    internal static string Text(IReadOnlyList<double> values)
    {
        if (values.Count == 0) return "";
        var interval = MeanInterval.Of([.. values]);
        // No-break spaces: an interval on two lines makes rows tall.
        return interval.Count == 1 ? interval.Mean.ToString("F2", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{interval.Mean:F2}\u00a0±\u00a0{interval.High - interval.Mean:F2}");
    }
}
