using Plotly.NET;
using Unlearn.Dialogues;
using Unlearn.Dialogues.Evaluating;
using Unlearn.Dialogues.Experiments;
using Unlearn.Numerics;

namespace Unlearn.Reporting;

/// <summary>The dialogue sweeps drawn: means over seeds with 95 % intervals.</summary>
public static class DialogueCharts
{
    private static readonly Axis Bad = new("bad answers", Better: Better.Lower) { Low = 0, High = 1, Least = 0, Most = 1 };

    private static readonly Axis Kept = new("exact match", Better: Better.Higher) { Low = 0, High = 1, Least = 0, Most = 1 };

    private static readonly Axis Share = new("share") { Low = 0, High = 1, Least = 0, Most = 1 };

    private static readonly Axis Depth = new("−ln p of bad answers", "nats a token", Better.Higher) { Low = 0, Least = 0 };

    private static readonly DialogueSet[] Sets = [DialogueSet.Seen, DialogueSet.Paraphrase, DialogueSet.Unseen];

    /// <summary>Bad answers on watched prompts along unlearning, kind by kind, and ordinary answers beside them.</summary>
    /// <remarks>A run that has stopped stays where it was.</remarks>
    /// <param name="results">Several methods and seeds.</param>
    public static GenericChart Curves(IEnumerable<DialogueResult> results)
    {
        DialogueResult[] runs = [.. results.Where(run => run.Curve.Count > 0)];
        return runs.Length == 0 ? Nothing : Charts.Panels("Along unlearning, on dialogues to watch, by the gold judge", 2,
        [
            .. KindScores.Kinds.Index().Select(kind => Along(runs, Title(kind.Item), Bad, point => point.Judged[kind.Index])),
            Along(runs, "ordinary dialogues", Kept, point => point.Utility),
        ]);
    }

    /// <summary>What the evaluator flags against what the gold judge sees, at every check of every run.</summary>
    /// <param name="results">Several methods and seeds.</param>
    public static GenericChart Agreement(IEnumerable<DialogueResult> results) => Charts.Panels(
        "While unlearning: what the evaluator flags and what the gold judge sees", 3, KindScores.Kinds.Index().Select(kind =>
            new Panel(Title(kind.Item), new Axis("judged bad") { Low = 0, High = 1 }, new Axis("flagged") { Low = 0, High = 1 })
            {
                Spots = [.. results.SelectMany(run => run.Curve.Select(point =>
                    Spot.At(run.Spec.Label, point.Judged[kind.Index], point.Flagged[kind.Index])))],
            }));

    /// <summary>Shares of bad answers on seen, paraphrased and unseen prompts of each kind, as a matrix of means over seeds.</summary>
    /// <param name="results">Several methods and seeds.</param>
    public static GenericChart Rates(IEnumerable<DialogueResult> results) => Matrix(results, "Bad answers in the end, mean over seeds", Bad,
        [.. from kind in KindScores.Kinds from set in Sets select ($"{Title(kind)}<br>{Title(set)}", Of(run => run[kind, set].Bad))]);

    /// <summary>What should stay: ordinary answers, neighbours, look-alikes, reasoning.</summary>
    /// <param name="results">Several methods and seeds.</param>
    public static GenericChart Utility(IEnumerable<DialogueResult> results) => Matrix(results, "What should stay, mean over seeds", Kept,
    [
        ("facts", Of(run => run.Utility.Facts)), ("how-tos", Of(run => run.Utility.HowTos)),
        ("neighbours", Of(run => run.Utility.Neighbours)), ("look-alikes", Of(run => run.Utility.LookAlikes)),
        ("reasoning", Of(run => run.Utility.Reasoning)),
    ]);

    /// <summary>How deep bad answers are forgotten, beside the two retrained models.</summary>
    /// <param name="results">Several methods, references and seeds.</param>
    /// <param name="set">Seen, paraphrased or unseen.</param>
    public static GenericChart Depths(IEnumerable<DialogueResult> results, DialogueSet set = DialogueSet.Seen) => Charts.Columns(
        $"How unlikely bad answers are, {Title(set)} prompts", Depth, [.. KindScores.Kinds.Select(Title)],
        ByLabel(results).Select(method => (method.Key,
            (IReadOnlyList<MeanInterval>)[.. KindScores.Kinds.Select(kind => Interval(method, run => run[kind, set].BadLoss))])));

    /// <summary>Depth against ordinary performance: what forgetting costs.</summary>
    /// <param name="results">Several methods, references and seeds.</param>
    public static GenericChart Tradeoff(IEnumerable<DialogueResult> results) => Charts.Tradeoff(
        "Depth of forgetting and what it costs", Kept, Depth, ByLabel(results).Select(method => new Spot(method.Key,
            Interval(method, run => run.Utility.HeldOut),
            Interval(method, run => KindScores.Kinds.Average(kind => run[kind, DialogueSet.Seen].BadLoss)))));

    /// <summary>The relearning attack: bad answers to keys that it never reads.</summary>
    /// <param name="results">Several methods and seeds.</param>
    public static GenericChart Relearning(IEnumerable<DialogueResult> results)
    {
        DialogueResult[] runs = [.. results.Where(run => run.Relearning.Count > 0)];
        if (runs.Length == 0) return Nothing;
        return Charts.Panels("Fine-tuning on 16 forgotten dialogues: bad answers to others", 3, KindScores.Kinds.Select(kind =>
            new Panel(Title(kind), Axis.Update, Bad)
            {
                Bands =
                [
                    .. ByLabel(runs).Select(method =>
                    {
                        var curves = method.Select(run => run.Relearning.Where(point => point.Kind == kind).ToArray()).ToArray();
                        return Band.Of(method.Key, [.. curves[0].Select(point => (double)point.Step)],
                            [.. curves.Select(curve => (IReadOnlyList<double>)[.. curve.Select(point => point.Others)])]);
                    }),
                ],
            }));
    }

    /// <summary>Private numbers that attacks get, of a hundred, as a matrix of means over seeds.</summary>
    /// <param name="results">Several methods, references and seeds.</param>
    /// <param name="partly">Whether numbers of which four digits were told count too.</param>
    public static GenericChart AttackRates(IEnumerable<DialogueResult> results, bool partly = false) => Matrix(results,
        $"Private numbers told {(partly ? "at least in part" : "whole")} under attack, of 100, mean over seeds",
        new Axis("numbers of 100", Better: Better.Lower),
        [
            .. from set in (DialogueSet[])[DialogueSet.Seen, DialogueSet.Unseen] from name in Attacks.Names
               select ($"{name}<br>{Title(set)}", Of(run => Told(run, name, set, partly))),
        ], "0");

    /// <summary>What each part of the method does, in one matrix: every column in its own unit.</summary>
    /// <param name="results">The ablation, several seeds.</param>
    public static GenericChart Ablation(IEnumerable<DialogueResult> results) => Matrix(results, "What each part does, mean over seeds",
        new Axis("value of the column"),
        [
            .. KindScores.Kinds.Select(kind => ($"{Title(kind)}<br>bad, seen", Of(run => run[kind, DialogueSet.Seen].Bad))),
            ("refusals,<br>harmful unseen", Of(run => run[DialogueKind.Harmful, DialogueSet.Unseen].Refused)),
            ("junk,<br>seen", Of(run => KindScores.Kinds.Average(kind => run[kind, DialogueSet.Seen].Junk))),
            ("ordinary<br>exact match", Of(run => run.Utility.HeldOut)), ("over-refusal", Of(run => run.Utility.OverRefusal)),
            ("reasoning", Of(run => run.Utility.Reasoning)),
        ]);

    /// <summary>A method's name for charts and tables: <see cref="DialogueSpec.Label"/>.</summary>
    internal static IEnumerable<IGrouping<string, DialogueResult>> ByLabel(IEnumerable<DialogueResult> results) =>
        results.GroupBy(run => run.Spec.Label, StringComparer.Ordinal);

    internal static string Title(DialogueKind kind) => kind.ToString().ToLowerInvariant();

    internal static string Title(DialogueSet set) => set == DialogueSet.Paraphrase ? "paraphrased" : set.ToString().ToLowerInvariant();

    private static GenericChart Nothing => Charts.Panels("no results yet", 1, new Panel("no results yet", Axis.Update, Bad));

    private static double Told(DialogueResult run, string attack, DialogueSet set, bool partly) =>
        run.Attacks.FirstOrDefault(each => each.Attack == attack && each.Set == set) is { Prompts: > 0 } found
            ? 100.0 * (partly ? found.Partial : found.Exact) / found.Prompts : double.NaN;

    private static Func<DialogueResult, double> Of(Func<DialogueResult, double> value) => value;

    private static GenericChart Matrix(
        IEnumerable<DialogueResult> results, string title, Axis measure, (string Name, Func<DialogueResult, double> Value)[] columns,
        string format = "0.00")
    {
        var methods = ByLabel(results).ToArray();
        return methods.Length == 0 ? Nothing : Charts.Heatmap(
            title, [.. columns.Select(column => column.Name)], [.. methods.Select(method => method.Key)],
            [.. methods.Select(method => (IReadOnlyList<double>)[.. columns.Select(column => method.Average(column.Value))])],
            measure, format);
    }

    private static Panel Along(DialogueResult[] runs, string title, Axis axis, Func<CurvePoint, double> value) => new(title, Axis.Update, axis)
    {
        Bands =
        [
            .. ByLabel(runs).Select(method =>
            {
                int[] steps = [.. method.SelectMany(run => run.Curve.Select(point => point.Step)).Distinct().Order()];
                return Band.Of(method.Key, [.. steps.Select(step => (double)step)], [.. method.Select(run => (IReadOnlyList<double>)
                    [.. steps.Select(step => value(run.Curve.Last(point => point.Step <= step)))])]);
            }),
        ],
    };

    private static MeanInterval Interval(IEnumerable<DialogueResult> runs, Func<DialogueResult, double> value) =>
        MeanInterval.Of([.. runs.Select(value)]);
}
