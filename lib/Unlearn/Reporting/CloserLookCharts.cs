using Microsoft.Data.Analysis;
using Plotly.NET;
using Unlearn.Data;
using Unlearn.Evaluation;
using Unlearn.Evaluation.Meaning;
using Unlearn.Experiments;
using Unlearn.Metrics;
using Unlearn.Metrics.Meaning;
using Unlearn.Numerics;
using Unlearn.Objectives;

namespace Unlearn.Reporting;

/// <summary>The sweeps of "A Closer Look" as tables and charts: means over seeds with 95 % intervals.</summary>
public static class CloserLookCharts
{
    private static readonly Axis Efficacy = new("forget efficacy", Better: Better.Higher) { Low = 0, High = 1, Least = 0, Most = 1 };

    private static readonly Axis Utility = Axis.ModelUtility with { Low = 0, High = 1 };

    private static readonly Axis Share = new("share of answers") { Low = 0, High = 1, Least = 0, Most = 1 };

    private static readonly Axis Recall = new("ROUGE-L recall") { Low = 0, High = 1, Least = 0, Most = 1 };

    /// <summary>Both aggregates of the paper and both of TOFU after the last update, with what answers are like.</summary>
    /// <param name="results">Several methods, splits and seeds.</param>
    public static DataFrame Table(IEnumerable<TrialResult> results) => Summary(results,
        ("MU (18)", run => run.Last.CloserLook!.ModelUtility), ("FE", run => run.Last.CloserLook!.ForgetEfficacy),
        ("utility, TOFU's (9)", run => run.Last.ModelUtility), ("log₁₀ FQ, TOFU's", run => run.Last.ForgetQualityLog10),
        ("refused, forget", run => run.Last.Forget.Refused), ("refused, keep", run => run.Last.Retain.Refused));

    /// <summary>The metrics that the aggregates are made of, on rows to forget and on rows to keep, as a matrix of means over seeds.</summary>
    /// <param name="results">Several methods and seeds of one forget set.</param>
    public static GenericChart Scores(IEnumerable<TrialResult> results)
    {
        var methods = ByMethod(results).ToArray();
        string[] names = ["R", "P", "TR", "TE", "CS*", "ES*"];
        return Charts.Heatmap(
            "After the last update: six metrics on rows to forget and on rows to keep (* by a surrogate)",
            [.. names.Select(name => $"{name} forget"), .. names.Select(name => $"{name} keep")],
            [.. methods.Select(method => method.Key.Label)],
            [.. methods.Select(method => (IReadOnlyList<double>)[.. Means(method, look => look.Forget), .. Means(method, look => look.Retain)])],
            new Axis("score"));

        static IEnumerable<double> Means(IEnumerable<TrialResult> runs, Func<CloserLookPoint, CloserLookScores> set)
        {
            var scores = runs.Select(run => set(run.Last.CloserLook!).All!).ToArray();
            return Enumerable.Range(0, scores[0].Count).Select(i => scores.Average(run => run[i]));
        }
    }

    /// <summary>Model utility against forget efficacy after the last update, one panel for each forget set (Figure 4).</summary>
    /// <param name="results">Several methods, splits and seeds.</param>
    /// <param name="withRerun">Whether the numbers of a re-run with a 7B model stand beside them, as open markers.</param>
    public static GenericChart Plane(IEnumerable<TrialResult> results, bool withRerun = true) => Charts.Panels(
        "After the last update" + (withRerun ? "; open markers: a re-run of the authors' code with Llama-2-7b" : ""), 3,
        Splits(results).Select(split => new Panel($"forget{split.Percent:00}", Efficacy, Utility)
        {
            Spots = [.. ByMethod(split.Runs).Select(method => new Spot(method.Key.Label,
                Interval(method, run => run.Last.CloserLook!.ForgetEfficacy), Interval(method, run => run.Last.CloserLook!.ModelUtility)))],
            Published = !withRerun ? [] : [.. CloserLookPublished.Rerun.Where(row => row.Percent == split.Percent)
                .Select(row => new Published(row.Method, [row.ForgetEfficacy], [row.ModelUtility]))],
        }).DefaultIfEmpty(Nothing));

    /// <summary>Each method's way through that plane, epoch by epoch.</summary>
    /// <param name="results">Several methods, splits and seeds; means over seeds are drawn.</param>
    public static GenericChart Ways(IEnumerable<TrialResult> results) => Charts.Panels("Epoch by epoch: mean over seeds", 3,
        Splits(results.Where(run => !run.Spec.IsReference)).Select(split => new Panel($"forget{split.Percent:00}", Efficacy, Utility)
        {
            Bands = [.. ByMethod(split.Runs).Select(Way)],
        }).DefaultIfEmpty(Nothing));

    /// <summary>Whether refusals leak: refused questions and ROUGE-L recall along training, on rows to forget and on rows to keep.</summary>
    /// <param name="results">Targeted methods on one forget set, several seeds.</param>
    public static GenericChart Leaks(IEnumerable<TrialResult> results)
    {
        TrialResult[] runs = [.. results.Where(run => !run.Spec.IsReference)];
        return runs.Length == 0 ? Charts.Panels("Refusals along training", 1, Nothing) : Charts.Panels("Refusals along training", 2,
            TrialCharts.AlongPanel("refused, questions to forget", Share, point => point.Forget.Refused, runs),
            TrialCharts.AlongPanel("refused, questions to keep", Share, point => point.Retain.Refused, runs),
            TrialCharts.AlongPanel("rows to forget", Recall, point => point.Forget.Rouge, runs),
            TrialCharts.AlongPanel("rows to keep", Recall, point => point.Retain.Rouge, runs));
    }

    /// <summary>AP's adaptive weight: how hard it still pulls, mean over the updates of each epoch.</summary>
    /// <param name="results">IDK+AP on several forget sets, several seeds.</param>
    public static GenericChart Weights(IEnumerable<TrialResult> results)
    {
        var weight = new Axis("mean weight of AP") { Low = 0, Least = 0, Most = 1 };
        return Charts.Panels("AP fades once answers to keep are far likelier than refusals", 3,
            Splits(results.Where(run => run.Spec.Method == "IDK+AP")).Select(split => TrialCharts.AlongPanel(
                $"forget{split.Percent:00}", weight, point => point.Weight ?? 0,
                [.. split.Runs.Select(run => run with { Points = [.. run.Points.Skip(1)] })]))
            .DefaultIfEmpty(new Panel("no results yet", Axis.Epoch, weight)));
    }

    /// <summary>
    /// Answers that ROUGE alone misjudges: much of the truth's wording and another fact, by the exact judge, or the fact in other words.
    /// </summary>
    /// <param name="results">Several methods.</param>
    /// <param name="corpus">Its facts judge; where it has none, the paper's own judge does.</param>
    /// <param name="most">Rows of the table; as many of each sort as there are, up to half.</param>
    public static DataFrame Misleading(IEnumerable<TrialResult> results, Corpus corpus, int most = 8) => Misleading(
        results.SelectMany(run => run.Answers.Select(answer => (CloserLookGrid.Label(run.Spec), answer))), corpus, most);

    /// <summary>The same of answers from anywhere.</summary>
    /// <param name="answers">Answers by the method's name.</param>
    /// <param name="corpus">Its facts judge; where it has none, the paper's own judge does.</param>
    /// <param name="most">Rows of the table; as many of each sort as there are, up to half.</param>
    public static DataFrame Misleading(IEnumerable<(string Method, SampleAnswer Answer)> answers, Corpus corpus, int most = 8)
    {
        using var published = corpus.Facts is null ? NliJudge.Load() : null;
        IEntailmentJudge judge = corpus.Facts is { } facts ? new WorldEntailmentJudge(facts.Kinds) : published!;
        var said = answers.DistinctBy(row => (row.Answer.Question, row.Answer.Answer)).ToArray();
        var rated = said.Zip(judge.Judge([.. said.Select(row => (row.Answer.Answer, row.Answer.Truth))]), (row, label) => (
            row.Method, row.Answer, Rouge: RougeL.Recall(row.Answer.Truth, row.Answer.Answer), Label: label)).ToArray();
        var rows = rated.Where(row => row.Label == EntailmentLabel.Contradiction).OrderByDescending(row => row.Rouge).Take(most / 2)
            .Concat(rated.Where(row => row.Label == EntailmentLabel.Entailment && row.Rouge < 1).OrderBy(row => row.Rouge).Take(most / 2))
            .ToArray();
        return new(
            new StringDataFrameColumn("method", rows.Select(row => row.Method)),
            new StringDataFrameColumn("question", rows.Select(row => row.Answer.Question)),
            new StringDataFrameColumn("truth", rows.Select(row => row.Answer.Truth)),
            new StringDataFrameColumn("answer", rows.Select(row => ResultTable.Cut(row.Answer.Answer))),
            new DoubleDataFrameColumn("ROUGE-L recall", rows.Select(row => row.Rouge)),
            new StringDataFrameColumn(published is null ? "the exact judge says" : $"{published.Name} says", rows.Select(row =>
                row.Label == EntailmentLabel.Entailment ? "states the truth" : "states something else")));
    }

    /// <summary>The re-run's numbers as a table.</summary>
    public static DataFrame Rerun() => new(
        new StringDataFrameColumn("set", CloserLookPublished.Rerun.Select(row => $"forget{row.Percent:00}")),
        new StringDataFrameColumn("method", CloserLookPublished.Rerun.Select(row => row.Method)),
        new DoubleDataFrameColumn("MU", CloserLookPublished.Rerun.Select(row => row.ModelUtility)),
        new DoubleDataFrameColumn("FE", CloserLookPublished.Rerun.Select(row => row.ForgetEfficacy)));

    /// <summary>Whether a run is of a method that teaches refusals.</summary>
    /// <param name="spec">What was run.</param>
    public static bool IsTargeted(TrialSpec spec) =>
        !spec.IsReference && CloserLookPaper.Method(spec.Method).Family == UnlearningFamily.Targeted;

    private static Panel Nothing => new("no results yet", Efficacy, Utility);

    private static IEnumerable<IGrouping<(int Percent, string Label), TrialResult>> ByMethod(IEnumerable<TrialResult> results) =>
        results.GroupBy(run => (run.Spec.ForgetPercent, CloserLookGrid.Label(run.Spec))).OrderBy(group => group.Key.ForgetPercent);

    private static IEnumerable<(int Percent, TrialResult[] Runs)> Splits(IEnumerable<TrialResult> results) =>
        results.GroupBy(run => run.Spec.ForgetPercent).OrderBy(split => split.Key).Select(split => (split.Key, split.ToArray()));

    private static Band Way(IGrouping<(int, string Label), TrialResult> method)
    {
        // A run that stopped early has fewer measurements: the way goes as far as every run does.
        var count = method.Min(run => run.Points.Count);
        IEnumerable<double> Means(Func<CloserLookPoint, double> value) =>
            Enumerable.Range(0, count).Select(k => method.Average(run => value(run.Points[k].CloserLook!)));
        return Band.Line(method.Key.Label, Means(look => look.ForgetEfficacy), Means(look => look.ModelUtility));
    }

    private static MeanInterval Interval(IEnumerable<TrialResult> runs, Func<TrialResult, double> value) =>
        MeanInterval.Of([.. runs.Select(value)]);

    private static DataFrame Summary(IEnumerable<TrialResult> results, params (string Name, Func<TrialResult, double> Value)[] columns)
    {
        var rows = ByMethod(results).ToArray();
        return new([
            new StringDataFrameColumn("set", rows.Select(row => $"forget{row.Key.Percent:00}")),
            new StringDataFrameColumn("method", rows.Select(row => row.Key.Label)),
            .. columns.Select(column => new StringDataFrameColumn(column.Name, rows.Select(row => ResultTable.Text([.. row.Select(column.Value)])))),
            new Int32DataFrameColumn("seeds", rows.Select(row => row.Count())),
        ]);
    }
}
