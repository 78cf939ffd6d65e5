using Microsoft.Data.Analysis;
using Plotly.NET;
using Unlearn.Data;
using Unlearn.Experiments;
using Unlearn.Metrics.Quality;
using Unlearn.Numerics;
using Unlearn.Objectives;

namespace Unlearn.Reporting;

/// <summary>AltPO's sweeps as tables and charts: old and new metrics, means over seeds with 95 % intervals.</summary>
public static class AltPoCharts
{
    private static readonly Axis Consistency = new("consistent answers", Better: Better.Higher) { Low = 0, High = 1 };

    private static readonly Axis Indistinguishability = Axis.ForgetQuality with
    {
        Title = "cleanness indistinguishability",
        LogTitle = null,
    };

    private static readonly (AnswerKind Kind, string Name)[] Kinds =
    [
        (AnswerKind.TrueFact, "true"), (AnswerKind.OtherFact, "plausible"), (AnswerKind.Refusal, "refusal"),
        (AnswerKind.OffTopic, "off topic"), (AnswerKind.Garbled, "garbled"),
    ];

    /// <summary>Alternates beside the answers whose place they take.</summary>
    /// <param name="alternates">The alternates of a question stand one behind the other.</param>
    public static DataFrame Alternates(IReadOnlyList<AlternateRow> alternates)
    {
        var questions = alternates.GroupBy(row => (row.Question, row.Answer)).ToArray();
        return new([
            new StringDataFrameColumn("question", questions.Select(question => question.Key.Question)),
            new StringDataFrameColumn("true answer", questions.Select(question => question.Key.Answer)),
            .. Enumerable.Range(0, questions.Max(question => question.Count())).Select(k => new StringDataFrameColumn(
                $"alternate {k + 1}", questions.Select(question => ResultTable.Cut(question.ElementAtOrDefault(k).Alternate ?? "")))),
        ]);
    }

    /// <summary>How well the surrogate detector does on authors that it never read.</summary>
    /// <param name="report">Its report.</param>
    public static DataFrame Detector(DetectorReport report)
    {
        (string Name, double Value)[] rows =
        [
            ("accuracy", report.Accuracy), ("Brier score", report.Brier), ("calibration error", report.CalibrationError),
            .. report.AccuracyBySort.Select(sort => ($"accuracy, {sort.Sort} ({sort.Texts} texts)", sort.Accuracy)),
        ];
        return new(
            new StringDataFrameColumn("surrogate detector, held-out authors", rows.Select(row => row.Name)),
            new DoubleDataFrameColumn("value", rows.Select(row => row.Value)));
    }

    /// <summary>What scores cleanness: the surrogate with its report, or the paper's detector by name.</summary>
    /// <param name="study">The study.</param>
    public static DataFrame Detector(ResponseStudy study) => study.Report is { } report ? Detector(report) : new(
        new StringDataFrameColumn("detector", [study.Scorer.Name]),
        new StringDataFrameColumn("is", ["the paper's own, from a local checkpoint"]));

    /// <summary>Old and new metrics of every method and forget set after the last update.</summary>
    /// <param name="qualities">Several methods, splits and seeds.</param>
    public static DataFrame Table(IEnumerable<TrialQuality> qualities) => Summary(qualities,
        ("log₁₀ FQ", each => each.LogForgetQuality), ("utility", each => each.Utility),
        (Scored("TC", qualities), each => each.Cleanness), (Scored("log₁₀ CI", qualities), each => each.LogIndistinguishability),
        ("consistent", each => each.Consistency), ("true", each => each.Truths));

    /// <summary>How sure models are of their answers, and how much their sampled answers differ.</summary>
    /// <param name="qualities">Several methods, splits and seeds; those without sampled answers have no diversity.</param>
    public static DataFrame Confidence(IEnumerable<TrialQuality> qualities) => Summary(qualities,
        ("self-confidence", each => each.Quality.Confidence?.Normalised.Value),
        ("of whole answers", each => each.Quality.Confidence?.Whole.Value),
        ("pairwise ROUGE-L", each => each.Quality.Diversity?.PairwiseRougeL.Value),
        ("distinct-2", each => each.Quality.Diversity?.Distinct2.Value), ("duplicates", each => each.Quality.Diversity?.Duplicates));

    /// <summary>Updates and warm-up of every method: that budgets are equal, and that schedules are not.</summary>
    /// <param name="qualities">Several methods; those of one forget set are shown.</param>
    /// <param name="percent">The forget set.</param>
    public static DataFrame Budgets(IEnumerable<TrialQuality> qualities, int percent = 10)
    {
        var specs = qualities.Select(each => each.Spec)
            .Where(spec => spec.ForgetPercent == percent && !spec.IsReference).DistinctBy(Label).ToArray();
        return new(
            new StringDataFrameColumn("method", specs.Select(Label)),
            new StringDataFrameColumn("in place of true answers", specs.Select(spec => spec.AltPoMethod?.Positives switch
            {
                Positives.Alternates => $"{spec.AltPo!.PerQuestion} alternates",
                Positives.Refusals => "refusals",
                _ => "nothing",
            })),
            new Int32DataFrameColumn("updates", specs.Select(spec => spec.Plan.Steps)),
            new Int32DataFrameColumn("warm-up", specs.Select(spec => spec.Plan.WarmUpSteps)),
            new Int32DataFrameColumn("rows each", specs.Select(spec => spec.BatchSize)),
            new DoubleDataFrameColumn("learning rate", specs.Select(spec => spec.LearningRate)));
    }

    /// <summary>The old metrics: forget quality against model utility after the last update, one panel for each forget set.</summary>
    /// <param name="qualities">Several methods, splits and seeds.</param>
    public static GenericChart OldMetrics(IEnumerable<TrialQuality> qualities) => Plane("After the last update, old metrics",
        qualities, Axis.ModelUtility, Axis.ForgetQuality, each => each.Utility, each => each.LogForgetQuality);

    /// <summary>The new ones: consistency of answers against the indistinguishability of their cleanness.</summary>
    /// <param name="qualities">Several methods, splits and seeds.</param>
    public static GenericChart NewMetrics(IEnumerable<TrialQuality> qualities) => Plane("After the last update, quality of answers",
        qualities.Where(each => each is { LogIndistinguishability: not null, Consistency: not null, Spec.Method: not TrialSpec.Retrained }),
        Consistency, Indistinguishability with { Title = Scored("cleanness indistinguishability", qualities) },
        each => each.Consistency!.Value, each => each.LogIndistinguishability!.Value);

    /// <summary>Each method's way through the plane of utility and forget quality, one panel for each forget set.</summary>
    /// <param name="qualities">Several methods, splits and seeds; means over seeds are drawn.</param>
    public static GenericChart Ways(IEnumerable<TrialQuality> qualities)
    {
        var panels = Splits(qualities.Where(each => !each.Spec.IsReference))
            .Select(split => new Panel(split.Title, Axis.ModelUtility, Axis.ForgetQuality)
            {
                Bands = [.. ByMethod(split.Runs).Select(Way)],
            });
        return Charts.Panels("On the way: mean over seeds", 3,
            panels.DefaultIfEmpty(new Panel("no results yet", Axis.ModelUtility, Axis.ForgetQuality)));
    }

    /// <summary>What answers are in the end: true, plausible, refusals, off topic, garbled.</summary>
    /// <param name="title">The chart's title.</param>
    /// <param name="qualities">Several methods and seeds of one forget set.</param>
    public static GenericChart AnswerKinds(string title, IEnumerable<TrialQuality> qualities)
    {
        var share = new Axis("share of answers") { Low = 0, High = 1 };
        var methods = ByMethod(qualities.Where(each => each.Consistency is not null)).ToArray();
        return methods.Length == 0 ? Charts.Panels(title, 1, new Panel("no results yet", new("kind of answer"), share))
            : Charts.Columns(title, share, [.. Kinds.Select(kind => kind.Name)],
                methods.Select(method => (method.Key.Label, (IReadOnlyList<MeanInterval>)
                    [.. Kinds.Select(kind => MeanInterval.Of([.. method.Select(each => each.Quality.Consistency!.Share(kind.Kind))]))])));
    }

    /// <summary>Self-confidence over the number of alternates, with the authors' numbers as open markers.</summary>
    /// <param name="qualities">AltPO with several K, and the two models to compare with, on forget10.</param>
    public static GenericChart Numbers(IReadOnlyList<TrialQuality> qualities)
    {
        (string Title, int? WarmUp)[] warmUps = [("warm-up grows with their number", null), ("the same warm-up", AltPoGrid.SameWarmUp)];
        (string Title, Func<SelfConfidence, double> Value, Published[] Published)[] forms =
        [
            ("self-confidence", sure => sure.Normalised.Value, AltPoPublished.Normalised),
            ("of whole answers", sure => sure.Whole.Value, AltPoPublished.Whole),
        ];
        return Charts.Panels("Self-confidence on forget10 over the number of alternates", 2,
            from form in forms
            from warmUp in warmUps
            let axes = (X: new Axis("alternates of each question"), Y: new Axis(form.Title) { Low = 0, High = 1 })
            select new Panel(form == forms[0] ? warmUp.Title : "", axes.X, axes.Y)
            {
                Bands =
                [
                    .. Bands(warmUp.WarmUp, form.Value),
                    .. References(form.Value),
                ],
                Published = warmUp.WarmUp is null ? form.Published : [],
            });

        IEnumerable<Band> Bands(int? warmUp, Func<SelfConfidence, double> value)
        {
            var runs = qualities.Where(each =>
                each.Spec is { ForgetPercent: 10, Method: "AltPO", AltPo: { KeepCopies: false } settings } && settings.WarmUpSteps == warmUp);
            var byNumber = runs.GroupBy(each => each.Spec.AltPo!.PerQuestion).OrderBy(k => k.Key).ToArray();
            if (byNumber.Length == 0) yield break;
            MeanInterval[] intervals = [.. byNumber.Select(k => Interval(k, value))];
            yield return Line("AltPO", [.. byNumber.Select(k => (double)k.Key)], intervals);
        }

        IEnumerable<Band> References(Func<SelfConfidence, double> value) =>
            from name in TrialSpec.References
            let runs = qualities.Where(each => each.Spec.ForgetPercent == 10 && each.Spec.Method == name).ToArray()
            where runs.Length > 0
            let interval = Interval(runs, value)
            select Line(name, [AltPoGrid.PerQuestion[0], AltPoGrid.PerQuestion[^1]], [interval, interval]);

        static MeanInterval Interval(IEnumerable<TrialQuality> runs, Func<SelfConfidence, double> value) =>
            MeanInterval.Of([.. runs.DistinctBy(each => each.Spec.Seed).Select(each => value(each.Quality.Confidence!))]);

        static Band Line(string name, double[] x, MeanInterval[] intervals) =>
            new(name, x, [.. intervals.Select(each => each.Mean)], [.. intervals.Select(each => each.Low)],
                [.. intervals.Select(each => each.High)]);
    }

    /// <summary>A method's name, with K and warm-up where they are not the usual ones.</summary>
    /// <param name="spec">What was run.</param>
    public static string Label(TrialSpec spec) => spec.AltPoMethod?.Positives == Positives.Alternates && spec.AltPo is { } settings
        ? spec.Method + (settings.PerQuestion == new AltPoSettings().PerQuestion ? "" : $", K = {settings.PerQuestion}")
            + (settings.WarmUpSteps is null ? "" : $", warm-up {settings.WarmUpSteps}")
            + (settings.KeepCopies ? ", copies kept" : "")
        : spec.Method;

    /// <summary>
    /// Whether a run has the usual number of alternates and the usual warm-up, as those that are compared with other methods.
    /// </summary>
    /// <param name="spec">What was run.</param>
    public static bool IsUsual(TrialSpec spec) =>
        spec.AltPo is { WarmUpSteps: null, KeepCopies: false } settings && settings.PerQuestion == new AltPoSettings().PerQuestion;

    private static string Scored(string name, IEnumerable<TrialQuality> qualities) =>
        qualities.Any(each => !each.IsBySurrogate) ? name : $"{name}, surrogate";

    private static DataFrame Summary(IEnumerable<TrialQuality> qualities, params (string Name, Func<TrialQuality, double?> Value)[] columns)
    {
        var rows = ByMethod(qualities).ToArray();
        return new([
            new StringDataFrameColumn("set", rows.Select(row => $"forget{row.Key.Percent:00}")),
            new StringDataFrameColumn("method", rows.Select(row => row.Key.Label)),
            .. columns.Select(column => new StringDataFrameColumn(
                column.Name, rows.Select(row => ResultTable.Text([.. row.Select(column.Value).OfType<double>()])))),
            new Int32DataFrameColumn("seeds", rows.Select(row => row.Count())),
        ]);
    }

    private static IEnumerable<IGrouping<(int Percent, string Label), TrialQuality>> ByMethod(IEnumerable<TrialQuality> qualities) =>
        qualities.GroupBy(each => (each.Spec.ForgetPercent, Label(each.Spec))).OrderBy(group => group.Key.ForgetPercent);

    private static IEnumerable<(string Title, TrialQuality[] Runs)> Splits(IEnumerable<TrialQuality> qualities) => qualities
        .GroupBy(each => each.Spec.ForgetPercent).OrderBy(split => split.Key).Select(split => ($"forget{split.Key:00}", split.ToArray()));

    private static GenericChart Plane(
        string title, IEnumerable<TrialQuality> qualities, Axis x, Axis y,
        Func<TrialQuality, double> valueX, Func<TrialQuality, double> logY) =>
        Charts.Panels(title, 3, Splits(qualities).Select(split => new Panel(split.Title, x, y)
        {
            Spots = [.. ByMethod(split.Runs).Select(method => new Spot(
                method.Key.Label, MeanInterval.Of([.. method.Select(valueX)]), Powers([.. method.Select(logY)])))],
        }).DefaultIfEmpty(new Panel("no results yet", x, y)));

    private static Band Way(IGrouping<(int, string Label), TrialQuality> method)
    {
        // A run that stopped early has fewer measurements: the way goes as far as every run does.
        var count = method.Min(each => each.Trial.Points.Count);
        double Mean(Func<TrialPoint, double> value, int point) => method.Average(each => value(each.Trial.Points[point]));
        return Band.Line(method.Key.Label,
            Enumerable.Range(0, count).Select(k => Mean(point => point.ModelUtility, k)),
            Enumerable.Range(0, count).Select(k => Math.Pow(10, Mean(point => point.ForgetQualityLog10, k))));
    }

    private static MeanInterval Powers(double[] logs)
    {
        var interval = MeanInterval.Of(logs);
        return new(Math.Pow(10, interval.Mean), Math.Pow(10, interval.Low), Math.Pow(10, interval.High), interval.Count);
    }
}
