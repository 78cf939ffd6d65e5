using Microsoft.Data.Analysis;
using Plotly.NET;
using Unlearn.Experiments;

namespace Unlearn.Reporting;

/// <summary>Sequences of unlearning as tables and charts: means over seeds with 95 % intervals.</summary>
public static class ContinualCharts
{
    private static readonly Axis Tasks = new("tasks done");

    private static readonly Axis Utility = Axis.ModelUtility with { Low = 0, High = 1 };

    private static readonly Axis Efficacy = new("forget efficacy", Better: Better.Higher) { Low = 0, High = 1, Least = 0, Most = 1 };

    /// <summary>Every method at the end of its sequence; forget efficacy right after each task on its rows, and in the end on all earlier ones.</summary>
    /// <param name="results">Several methods, sizes of task and seeds.</param>
    public static DataFrame Table(IEnumerable<ContinualTrialResult> results)
    {
        var rows = results.GroupBy(run => (run.Spec.ForgetPercent, run.Spec.Label)).OrderBy(row => row.Key.ForgetPercent).ToArray();
        StringDataFrameColumn Column(string name, Func<ContinualTrialResult, double> value) =>
            new(name, rows.Select(row => ResultTable.Text([.. row.Select(value)])));

        return new(
            new StringDataFrameColumn("tasks of", rows.Select(row => $"{row.Key.ForgetPercent} %")),
            new StringDataFrameColumn("method", rows.Select(row => row.Key.Label)),
            Column("MU before", run => run.Points[0].ModelUtility),
            Column("MU in the end", run => run.Points[^1].ModelUtility),
            Column("FE, own task", run => run.Points.Skip(1).Select(point => point.ForgetEfficacy).DefaultIfEmpty(double.NaN).Average()),
            Column("FE, earlier tasks", run => run.Points[^1].Earlier.DefaultIfEmpty(double.NaN).Average()),
            new Int32DataFrameColumn("seeds", rows.Select(row => row.Count())));
    }

    /// <summary>Model utility after each task, one panel for each size of task (the paper's Figure 5).</summary>
    /// <param name="results">Several methods, sizes of task and seeds.</param>
    public static GenericChart Utilities(IEnumerable<ContinualTrialResult> results) =>
        Along("Model utility (18 numbers) after each task", Utility, point => point.ModelUtility, results);

    /// <summary>Forget efficacy on each task's own rows, right after it.</summary>
    /// <param name="results">Several methods, sizes of task and seeds.</param>
    public static GenericChart Efficacies(IEnumerable<ContinualTrialResult> results) =>
        Along("Forget efficacy on the rows of the task just done", Efficacy, point => point.ForgetEfficacy, results);

    /// <summary>Forget efficacy on the rows of all earlier tasks, measured again after each task: whether they come back.</summary>
    /// <param name="results">Several methods, sizes of task and seeds.</param>
    public static GenericChart Earlier(IEnumerable<ContinualTrialResult> results) =>
        Along("Forget efficacy on the rows of earlier tasks, again", Efficacy, point => point.Earlier.Average(),
            results.Where(run => run.Points.Count > 2), first: 2);

    /// <summary>NPO with the reference that moves and the one that does not (Figure 6c).</summary>
    /// <param name="results">Several methods, sizes of task and seeds.</param>
    public static GenericChart References(IEnumerable<ContinualTrialResult> results) => Along(
        "NPO+GD with a moving and with a fixed reference", Utility, point => point.ModelUtility,
        results.Where(run => run.Spec.Method == "NPO+GD"));

    /// <summary>How well each task's rows are forgotten after it and after each later one: a row for each task, means over seeds.</summary>
    /// <param name="results">Several methods and seeds of one size of task.</param>
    /// <param name="label">Which method.</param>
    public static GenericChart Matrix(IEnumerable<ContinualTrialResult> results, string label)
    {
        ContinualTrialResult[] runs = [.. results.Where(run => run.Spec.Label == label)];
        var count = runs.Select(run => run.Points.Count - 1).DefaultIfEmpty(0).Min();
        int[] tasks = [.. Enumerable.Range(1, count)];
        return Charts.Heatmap($"{label}: forget efficacy of each task's rows after it and after later tasks",
            [.. tasks.Select(after => $"after {after}")], [.. tasks.Select(task => $"task {task}")],
            [.. tasks.Select(task => (IReadOnlyList<double>)[.. tasks.Select(after => runs.Average(run => Of(run.Points[after], task)))])],
            Efficacy);

        static double Of(ContinualPoint point, int task) => task == point.Task ? point.ForgetEfficacy
            : task < point.Task ? point.Earlier[task - 1] : double.NaN;
    }

    private static GenericChart Along(
        string title, Axis axis, Func<ContinualPoint, double> value, IEnumerable<ContinualTrialResult> results, int? first = null)
    {
        var start = first ?? (axis == Efficacy ? 1 : 0);
        return Charts.Panels(title, 3, results.GroupBy(run => run.Spec.ForgetPercent).OrderBy(size => size.Key)
            .Select(size => new Panel($"tasks of {size.Key} %", Tasks, axis)
            {
                Bands = [.. size.GroupBy(run => run.Spec.Label).Select(method => Band([.. method]))],
            })
            .DefaultIfEmpty(new Panel("no results yet", Tasks, axis)));

        // A sequence that broke off has fewer tasks: the band goes as far as every sequence does.
        Band Band(ContinualTrialResult[] runs)
        {
            var count = Math.Max(0, runs.Min(run => run.Points.Count) - start);
            return Reporting.Band.Of(runs[0].Spec.Label, [.. Enumerable.Range(start, count).Select(task => (double)task)],
                [.. runs.Select(run => (IReadOnlyList<double>)[.. run.Points.Skip(start).Take(count).Select(value)])]);
        }
    }
}
