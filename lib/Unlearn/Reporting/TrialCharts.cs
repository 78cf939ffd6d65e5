using System.Globalization;
using Microsoft.Data.Analysis;
using Plotly.NET;
using Unlearn.Experiments;
using Unlearn.Numerics;

namespace Unlearn.Reporting;

/// <summary>Sweeps drawn as the NPO paper draws them: means over seeds with 95 % intervals.</summary>
public static class TrialCharts
{
    /// <summary>Forget quality against model utility, one panel for each forget set; each method at its measurement of highest forget quality.</summary>
    /// <param name="results">Results of several methods, splits and seeds.</param>
    public static GenericChart Tradeoff(IEnumerable<TrialResult> results) =>
        Tradeoffs("Forget quality against model utility, each method at its best epoch", 3, results);

    /// <summary>One quantity along training, one line for each method.</summary>
    /// <param name="title">The chart's title.</param>
    /// <param name="axis">What is drawn.</param>
    /// <param name="value">Reads it.</param>
    /// <param name="results">Results of one split.</param>
    public static GenericChart Along(string title, Axis axis, Func<TrialPoint, double> value, IEnumerable<TrialResult> results) =>
        Charts.Panels(title, 1, AlongPanel("", axis, value, results));

    /// <summary>The same as a panel, for several in a grid.</summary>
    /// <param name="title">The panel's title.</param>
    /// <param name="axis">What is drawn; means are taken of the logarithm where the axis is logarithmic.</param>
    /// <param name="value">Reads it.</param>
    /// <param name="results">Results of one split.</param>
    public static Panel AlongPanel(string title, Axis axis, Func<TrialPoint, double> value, IEnumerable<TrialResult> results) =>
        new(title, Axis.Epoch, axis)
        {
            Bands = [.. results.GroupBy(result => result.Spec.Method).Select(method => Over(method.Key, axis, value, [.. method]))],
        };

    /// <summary>Forget quality above and model utility below, one column for each forget set.</summary>
    /// <param name="title">The chart's title.</param>
    /// <param name="results">Results of several methods, splits and seeds; those with the usual retain weight are drawn.</param>
    /// <param name="percents">The forget sets; those without results are left out.</param>
    public static GenericChart AlongGrid(string title, IEnumerable<TrialResult> results, IReadOnlyList<int> percents)
    {
        var splits = percents.Select(percent => (percent, Runs: results.Where(result =>
            result.Spec.ForgetPercent == percent && result.Spec.RetainWeight == 1).ToArray())).Where(split => split.Runs.Length > 0).ToArray();
        if (splits.Length == 0) return NoResults(title);
        return Charts.Panels(title, splits.Length,
            splits.Select(split => AlongPanel($"forget{split.percent:00}", Axis.ForgetQuality, point => point.ForgetQuality, split.Runs))
                .Concat(splits.Select(split => AlongPanel("", Axis.ModelUtility, point => point.ModelUtility, split.Runs))));
    }

    /// <summary>NPO+RT on forget10: forget quality at the best epoch and utility in the end, over the weight of the retain term.</summary>
    /// <param name="results">Results with several retain weights.</param>
    public static GenericChart RetainWeights(IEnumerable<TrialResult> results)
    {
        var weights = results.Where(result => result.Spec is { ForgetPercent: 10, Method: "NPO+RT" or "NPO" })
            .GroupBy(result => result.Spec.Method == "NPO" ? 0 : result.Spec.RetainWeight).OrderBy(weight => weight.Key).ToArray();
        double[] x = [.. weights.Select(weight => weight.Key)];
        Band Over(Func<TrialResult, double> value, Func<double, double> back)
        {
            var intervals = weights.Select(weight => MeanInterval.Of([.. weight.Select(value)])).ToArray();
            return new("NPO+RT", x, [.. intervals.Select(each => back(each.Mean))], [.. intervals.Select(each => back(each.Low))],
                [.. intervals.Select(each => back(each.High))]);
        }
        var axis = new Axis("retain weight");
        return Charts.Panels("NPO+RT on forget10 over the retain weight (0 is NPO)", 2,
            new Panel("forget quality, best epoch", axis, Axis.ForgetQuality)
            {
                Bands = [Over(result => result.Best.ForgetQualityLog10, log => Math.Pow(10, log))],
            },
            new Panel("model utility, end", axis, Axis.ModelUtility) { Bands = [Over(result => result.Last.ModelUtility, y => y)] });
    }

    /// <summary>Forget quality against model utility on forget20 and larger; retain weights that are not 1 are named.</summary>
    /// <param name="results">Results of several methods, splits and seeds.</param>
    public static GenericChart LargeSets(IEnumerable<TrialResult> results) =>
        Tradeoffs("Larger forget sets, each method at its best epoch", 2, results.Where(result => result.Spec.ForgetPercent > 10));

    /// <summary>A method's name, with the retain weight where it is not 1.</summary>
    /// <param name="spec">What was run.</param>
    public static string Label(TrialSpec spec) => spec.RetainWeight == 1 ? spec.Method
        : string.Create(CultureInfo.InvariantCulture, $"{spec.Method} ({spec.RetainWeight:G3}·RT)");

    /// <summary>Trained models before any unlearning.</summary>
    /// <param name="models">The full model and the retain models, for each forget set.</param>
    public static DataFrame Models(IReadOnlyList<ModelRow> models) => new(
        new StringDataFrameColumn("the model has read", models.Select(row => row.Model)),
        new StringDataFrameColumn("forget set", models.Select(row => row.ForgetSet)),
        new DoubleDataFrameColumn("ROUGE-L recall, forget", models.Select(row => row.ForgetRouge)),
        new DoubleDataFrameColumn("ROUGE-L recall, retain", models.Select(row => row.RetainRouge)),
        new DoubleDataFrameColumn("model utility", models.Select(row => row.Utility)),
        new DoubleDataFrameColumn("forget quality (p)", models.Select(row => row.ForgetQuality)));

    /// <summary>Final and best values of every method and split: mean over seeds with 95 % interval.</summary>
    /// <param name="results">Results of several methods, splits and seeds.</param>
    public static DataFrame Table(IEnumerable<TrialResult> results)
    {
        var rows = results.GroupBy(result => (result.Spec.ForgetPercent, Method: Label(result.Spec))).OrderBy(row => row.Key.ForgetPercent).ToArray();
        StringDataFrameColumn Column(string name, Func<IGrouping<(int, string), TrialResult>, string> text) => new(name, rows.Select(text));
        string Text(IEnumerable<double> values) => MeanInterval.Of([.. values]) is var interval && interval.Count == 1
            ? interval.Mean.ToString("F3", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{interval.Mean:F3} ± {interval.High - interval.Mean:F3}");

        return new(
            new StringDataFrameColumn("forget set", rows.Select(row => $"forget{row.Key.ForgetPercent:00}")),
            new StringDataFrameColumn("method", rows.Select(row => row.Key.Method)),
            new DoubleDataFrameColumn("learning rate", rows.Select(row => row.First().Spec.LearningRate)),
            Column("log₁₀ forget quality, best", row => Text(row.Select(result => result.Best.ForgetQualityLog10))),
            Column("model utility there", row => Text(row.Select(result => result.Best.ModelUtility))),
            Column("log₁₀ forget quality, end", row => Text(row.Select(result => result.Last.ForgetQualityLog10))),
            Column("model utility, end", row => Text(row.Select(result => result.Last.ModelUtility))),
            Column("retain ROUGE-L, end", row => Text(row.Select(result => result.Last.Retain.Rouge))),
            new Int32DataFrameColumn("seeds", rows.Select(row => row.Count())));
    }

    /// <summary>What models answer in the end, one column for each method.</summary>
    /// <param name="set">"forget" or "retain".</param>
    /// <param name="results">One result for each method.</param>
    /// <param name="most">Rows of the table, if the results have as many.</param>
    public static DataFrame Answers(string set, IReadOnlyList<TrialResult> results, int most = int.MaxValue)
    {
        SampleAnswer[] Of(TrialResult result) => [.. result.Answers.Where(answer => answer.Set == set).Take(most)];

        return new([
            new StringDataFrameColumn("question", Of(results[0]).Select(answer => answer.Question)),
            new StringDataFrameColumn("truth", Of(results[0]).Select(answer => answer.Truth)),
            .. results.Select(result => new StringDataFrameColumn(
                Label(result.Spec), Of(result).Select(answer => ResultTable.Cut(answer.Answer)))),
        ]);
    }

    private static GenericChart Tradeoffs(string title, int columns, IEnumerable<TrialResult> results)
    {
        Panel[] panels = [.. results.GroupBy(result => result.Spec.ForgetPercent).OrderBy(split => split.Key).Select(split =>
            new Panel($"forget{split.Key:00}", Axis.ModelUtility, Axis.ForgetQuality)
            {
                Spots = [.. split.GroupBy(result => Label(result.Spec)).Select(method => new Spot(
                    method.Key,
                    MeanInterval.Of([.. method.Select(result => result.Best.ModelUtility)]),
                    Powers(MeanInterval.Of([.. method.Select(result => result.Best.ForgetQualityLog10)]))))],
            })];
        return panels.Length > 0 ? Charts.Panels(title, columns, panels) : NoResults(title);
    }

    private static GenericChart NoResults(string title) =>
        Charts.Panels(title, 1, new Panel("no results yet", Axis.ModelUtility, Axis.ForgetQuality));

    private static Band Over(string name, Axis axis, Func<TrialPoint, double> value, IReadOnlyList<TrialResult> runs)
    {
        // A run that stopped early has fewer measurements: the band goes as far as every run does.
        var count = runs.Min(run => run.Points.Count);
        double[] x = [.. runs[0].Points.Take(count).Select(point => point.Epoch)];
        double Scaled(double y) => axis.IsLog ? Math.Log10(Math.Max(y, axis.Floor)) : y;
        var band = Band.Of(name, x, [.. runs.Select(run => (IReadOnlyList<double>)[.. run.Points.Take(count).Select(point => Scaled(value(point)))])]);
        IReadOnlyList<double> Back(IReadOnlyList<double> values) => axis.IsLog ? [.. values.Select(y => Math.Pow(10, y))] : values;
        return band with { Middle = Back(band.Middle), Low = Back(band.Low), High = Back(band.High) };
    }

    private static MeanInterval Powers(MeanInterval logs) =>
        new(Math.Pow(10, logs.Mean), Math.Pow(10, logs.Low), Math.Pow(10, logs.High), logs.Count);
}
