using Microsoft.Data.Analysis;
using Plotly.NET;
using Unlearn.Experiments;
using Unlearn.Numerics;

namespace Unlearn.Reporting;

/// <summary>The real-world runs as tables and charts: means over seeds with 95 % intervals.</summary>
public static class RealWorldCharts
{
    private static readonly Axis Efficacy = new("forget efficacy", Better: Better.Higher) { Low = 0, High = 1, Least = 0, Most = 1 };

    private static readonly Axis Utility = Axis.ModelUtility with { Low = 0, High = 1 };

    private static readonly Axis Share = new("share of answers") { Low = 0, High = 1, Least = 0, Most = 1 };

    private static readonly Axis Accuracy = new("accuracy", Better: Better.Higher) { Low = 0, High = 1, Least = 0, Most = 1 };

    /// <summary>Every method after its last update, in the columns of the paper's Table 2, with refusals of either kind of people.</summary>
    /// <param name="results">Several methods and seeds.</param>
    public static DataFrame Table(IEnumerable<RealWorldResult> results)
    {
        var rows = ByMethod(results);
        StringDataFrameColumn Column(string name, Func<RealWorldResult, double> value) =>
            new(name, rows.Select(row => ResultTable.Text([.. row.Select(value).Where(double.IsFinite)])));

        return new(
            new StringDataFrameColumn("method", rows.Select(row => row.Key)),
            Column("MU", run => run.Last.ModelUtility), Column("FE", run => run.Last.ForgetEfficacy),
            Column("downstream", run => run.Last.DownstreamAverage),
            Column("refused, forget", run => run.Last.ForgetRefused), Column("refused, keep", run => run.Last.NeighborsRefused),
            new Int32DataFrameColumn("seeds", rows.Select(row => row.Count())));
    }

    /// <summary>What is known of the paper's Table 2, Llama-3-8B-Instruct.</summary>
    public static DataFrame Published() => new(
        new StringDataFrameColumn("model", CloserLookPublished.RealWorld.Select(row => row.Method)),
        Known("MU", row => row.ModelUtility), Known("FE", row => row.ForgetEfficacy), Known("downstream", row => row.Downstream));

    /// <summary>Model utility against forget efficacy after the last update; open markers are the paper's.</summary>
    /// <param name="results">Several methods and seeds.</param>
    public static GenericChart Plane(IEnumerable<RealWorldResult> results) => Charts.Tradeoff(
        "After the last update; the open marker is the paper's ME+GD, Llama-3-8B-Instruct", Efficacy, Utility,
        ByMethod(results).Select(method => new Spot(method.Key,
            Interval(method, run => run.Last.ForgetEfficacy), Interval(method, run => run.Last.ModelUtility))),
        CloserLookPublished.RealWorld.Where(row => (row.ModelUtility, row.ForgetEfficacy) is (not null, not null))
            .Select(row => new Published(row.Method, [row.ForgetEfficacy!.Value], [row.ModelUtility!.Value])));

    /// <summary>Utility, efficacy and refusals of both kinds of people along training.</summary>
    /// <param name="results">Several methods and seeds.</param>
    public static GenericChart Along(IEnumerable<RealWorldResult> results)
    {
        RealWorldResult[] runs = [.. results.Where(run => !run.Spec.IsReference)];
        return Charts.Panels("Along training", 2,
            Panel("utility on neighbours", Utility, point => point.ModelUtility), Panel("people to forget", Efficacy, point => point.ForgetEfficacy),
            Panel("refused, people to forget", Share, point => point.ForgetRefused),
            Panel("refused, neighbours", Share, point => point.NeighborsRefused));

        Panel Panel(string title, Axis axis, Func<RealWorldPoint, double> value) => new(title, Axis.Epoch, axis)
        {
            Bands = [.. runs.GroupBy(run => run.Spec.Method).Select(method => Band([.. method], value))],
        };

        // A run that stopped early has fewer measurements: the band goes as far as every run does.
        static Band Band(RealWorldResult[] runs, Func<RealWorldPoint, double> value)
        {
            var count = runs.Min(run => run.Points.Count);
            return Reporting.Band.Of(runs[0].Spec.Method, [.. runs[0].Points.Take(count).Select(point => point.Epoch)],
                [.. runs.Select(run => (IReadOnlyList<double>)[.. run.Points.Take(count).Select(value)])]);
        }
    }

    /// <summary>Accuracy of each downstream task after the last update.</summary>
    /// <param name="results">Several methods and seeds.</param>
    public static GenericChart Downstream(IEnumerable<RealWorldResult> results)
    {
        var rows = ByMethod(results);
        var names = DownstreamNames(rows);
        const string Title = "What the models can do besides";
        if (names.Length == 0) return Charts.Panels(Title, 1, new Panel("not measured here", new("task"), Accuracy));
        return Charts.Columns(Title, Accuracy, names, rows.Select(method => (method.Key,
            (IReadOnlyList<MeanInterval>)[.. names.Select((_, i) => Interval(method, run => run.Last.Downstream[i].Accuracy))])));
    }

    /// <summary>What models answer in the end, one column for each method.</summary>
    /// <param name="set">"people to forget" or "neighbours".</param>
    /// <param name="results">One result for each method.</param>
    public static DataFrame Answers(string set, IReadOnlyList<RealWorldResult> results)
    {
        SampleAnswer[] Of(RealWorldResult result) => [.. result.Answers.Where(answer => answer.Set == set)];

        return new([
            new StringDataFrameColumn("question", Of(results[0]).Select(answer => answer.Question)),
            new StringDataFrameColumn("truth", Of(results[0]).Select(answer => answer.Truth)),
            .. results.Select(result => new StringDataFrameColumn(
                result.Spec.Method, Of(result).Select(answer => ResultTable.Cut(answer.Answer)))),
        ]);
    }

    private static IGrouping<string, RealWorldResult>[] ByMethod(IEnumerable<RealWorldResult> results) =>
        [.. results.GroupBy(run => run.Spec.Method)];

    private static string[] DownstreamNames(IGrouping<string, RealWorldResult>[] rows) =>
        rows.Length == 0 ? [] : [.. rows[0].First().Last.Downstream.Select(task => task.Task)];

    private static MeanInterval Interval(IEnumerable<RealWorldResult> runs, Func<RealWorldResult, double> value) =>
        MeanInterval.Of([.. runs.Select(value)]);

    private static DoubleDataFrameColumn Known(
        string name, Func<(string Method, double? ModelUtility, double? ForgetEfficacy, double? Downstream), double?> value) =>
        new(name, CloserLookPublished.RealWorld.Select(value));
}
