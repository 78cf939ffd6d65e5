using Microsoft.Data.Analysis;
using Plotly.NET;
using Unlearn.Dialogues;
using Unlearn.Dialogues.Evaluating;
using Unlearn.Numerics;

namespace Unlearn.Reporting;

/// <summary>How good an evaluative model is, and where it errs.</summary>
public static class EvaluatorCharts
{
    private static readonly Axis FalseAlarms = new("false positive rate", Better: Better.Lower) { Low = 0, High = 1 };

    private static readonly Axis Recall = new("recall", Better: Better.Higher) { Low = 0, High = 1 };

    /// <summary>Recall against false alarms over all thresholds, kind by kind.</summary>
    /// <param name="report">The quality on held-out exchanges.</param>
    public static GenericChart Roc(EvaluatorReport report) => Charts.Lines(
        "Recall against false alarms, held-out dialogues", FalseAlarms, Recall,
        report.Curves.OrderBy(curve => curve.Key).Select(curve => Band.Line(DialogueCharts.Title(curve.Key),
            curve.Value.Points.Select(point => point.FalsePositiveRate), curve.Value.Points.Select(point => point.Recall))));

    /// <summary>How often what a score says is so: a calibrated evaluator stays on the diagonal.</summary>
    /// <param name="report">The quality on held-out exchanges.</param>
    public static GenericChart Reliability(EvaluatorReport report) => Charts.Lines("Reliability, held-out dialogues",
        new Axis("mean score of the bin") { Low = 0, High = 1 }, new Axis("share of positives in it") { Low = 0, High = 1 },
        KindScores.Kinds.Where(kind => kind != DialogueKind.Private).Select(kind => Band.Line(
            DialogueCharts.Title(kind), report[kind].Bins.Select(bin => bin.MeanScore), report[kind].Bins.Select(bin => bin.Positives)))
            .Append(Band.Line("calibrated", [0, 1], [0, 1])));

    /// <summary>Quality kind by kind.</summary>
    /// <param name="report">The quality on held-out exchanges.</param>
    public static DataFrame Table(EvaluatorReport report)
    {
        var kinds = KindScores.Kinds;
        DoubleDataFrameColumn Column(string name, Func<BinaryQuality, double> value) => new(name, kinds.Select(kind => value(report[kind])));
        return new(
            new StringDataFrameColumn("kind", kinds.Select(DialogueCharts.Title)),
            Column("accuracy", quality => quality.Accuracy), Column("precision", quality => quality.Precision),
            Column("recall", quality => quality.Recall), Column("F1", quality => quality.F1),
            Column("AUC", quality => quality.Auc ?? double.NaN), Column("false alarms", quality => quality.FalsePositiveRate),
            Column("Brier", quality => quality.Brier), Column("ECE", quality => quality.CalibrationError),
            new Int32DataFrameColumn("exchanges", kinds.Select(kind => report[kind].Count)));
    }

    /// <summary>F1 by the number of labels and the share of wrong ones, and false alarms on look-alikes: where the evaluator errs.</summary>
    /// <param name="study">Several shares, noises and seeds.</param>
    public static GenericChart Errors(IEnumerable<EvaluatorStudy> study)
    {
        EvaluatorStudy[] runs = [.. study];
        var (share, f1) = (new Axis("labelled keys", "%") { Low = 0 }, new Axis("F1", Better: Better.Higher) { Low = 0, High = 1, Most = 1 });
        return Charts.Panels("Where the evaluator errs: few labels, wrong labels, look-alikes", 2,
            One("harm", f1, run => run.Report.Harm.F1), One("hallucination", f1, run => run.Report.Hallucination.F1),
            One("harm, look-alikes", new Axis("false alarms", Better: Better.Lower) { Low = 0, Least = 0 },
                run => run.LookAlikes.FalsePositiveRate),
            One("harm, calibration", new Axis("ECE", Better: Better.Lower) { Low = 0, Least = 0 },
                run => run.Report.Harm.CalibrationError));

        Panel One(string title, Axis axis, Func<EvaluatorStudy, double> value) => new(title, share, axis)
        {
            Bands =
            [
                .. runs.GroupBy(run => run.LabelNoise).OrderBy(noise => noise.Key).Select(noise =>
                {
                    var shares = noise.GroupBy(run => run.LabelShare).OrderBy(group => group.Key).ToArray();
                    var intervals = shares.Select(group => MeanInterval.Of([.. group.Select(value)])).ToArray();
                    return new Band(
                        FormattableString.Invariant($"{100 * noise.Key:0} % wrong labels"), [.. shares.Select(group => 100 * group.Key)],
                        [.. intervals.Select(each => each.Mean)], [.. intervals.Select(each => each.Low)],
                        [.. intervals.Select(each => each.High)]);
                }),
            ],
        };
    }

    /// <summary>What was selected: precision, recall, and how many dialogues of which kind.</summary>
    /// <param name="selections">By a name, such as "offline" and "on policy".</param>
    public static DataFrame Selections(params IEnumerable<(string Name, DialogueSelection Selection)> selections)
    {
        (string Name, SelectionQuality Quality)[] rows = [.. selections.Select(each => (each.Name, each.Selection.Quality))];
        return new(
            new StringDataFrameColumn("selection", rows.Select(row => row.Name)),
            new Int32DataFrameColumn("to unlearn", rows.Select(row => row.Quality.Unlearn)),
            new Int32DataFrameColumn("ordinary", rows.Select(row => row.Quality.Normal)),
            new Int32DataFrameColumn("ignored", rows.Select(row => row.Quality.Ignored)),
            new DoubleDataFrameColumn("precision", rows.Select(row => row.Quality.Precision)),
            new DoubleDataFrameColumn("recall", rows.Select(row => row.Quality.Recall)),
            new DoubleDataFrameColumn("F1", rows.Select(row => row.Quality.F1)),
            new DoubleDataFrameColumn("right kind", rows.Select(row => row.Quality.RightKind)));
    }

    /// <summary>Some dialogues with what the evaluator said of them: the surest and the least sure of each kind.</summary>
    /// <param name="selection">What was judged.</param>
    /// <param name="each">How many of each kind.</param>
    public static DataFrame Examples(DialogueSelection selection, int each = 2)
    {
        var rows = selection.Judged.Where(row => row.Label.Kind is not null).GroupBy(row => row.Label.Kind).OrderBy(group => group.Key)
            .SelectMany(group => group.OrderBy(Surety).Take(each / 2).Concat(group.OrderByDescending(Surety).Take(each - (each / 2))))
            .ToArray();
        return new(
            new StringDataFrameColumn("prompt", rows.Select(row => row.Dialogue.Prompt)),
            new StringDataFrameColumn("answer", rows.Select(row => ResultTable.Cut(row.Dialogue.Answer))),
            new StringDataFrameColumn("is", rows.Select(row => DialogueCharts.Title(row.Known))),
            new StringDataFrameColumn("labelled", rows.Select(row => DialogueCharts.Title(row.Label.Kind!.Value))),
            new DoubleDataFrameColumn("harm", rows.Select(row => row.Label.Scores.Harm)),
            new DoubleDataFrameColumn("hallucination", rows.Select(row => row.Label.Scores.Hallucination)),
            new DoubleDataFrameColumn("privacy", rows.Select(row => row.Label.Scores.Privacy)));

        static double Surety(JudgedDialogue row) => KindScores.Kinds.Max(kind => row.Label.Scores[kind]);
    }
}
