using Microsoft.Data.Analysis;
using Unlearn.Dialogues;
using Unlearn.Dialogues.Evaluating;
using Unlearn.Dialogues.Experiments;

namespace Unlearn.Reporting;

/// <summary>The dialogue sweeps as tables: means over seeds with 95 % intervals, one row a method.</summary>
public static class DialogueTables
{
    /// <summary>Bad answers of each kind on one of its sets, with what takes their place.</summary>
    /// <param name="results">Several methods and seeds.</param>
    /// <param name="set">Seen, paraphrased or unseen.</param>
    public static DataFrame Rates(IEnumerable<DialogueResult> results, DialogueSet set) => Summary(results,
    [
        .. KindScores.Kinds.Select(kind => ($"{DialogueCharts.Title(kind)}, bad", Of(run => run[kind, set].Bad))),
        ("harmful, refused", Of(run => run[DialogueKind.Harmful, set].Refused)),
        ("private, refused", Of(run => run[DialogueKind.Private, set].Refused)),
        ("hallucinated, right", Of(run => run[DialogueKind.Hallucinated, set].Right)),
        ("hallucinated, abstained", Of(run => run[DialogueKind.Hallucinated, set].Refused)),
        ("junk", Of(run => KindScores.Kinds.Average(kind => run[kind, set].Junk))),
    ]);

    /// <summary>What should stay.</summary>
    /// <param name="results">Several methods and seeds.</param>
    public static DataFrame Utility(IEnumerable<DialogueResult> results) => Summary(results,
    [
        ("ordinary EM", Of(run => run.Utility.HeldOut)), ("facts", Of(run => run.Utility.Facts)), ("how-tos", Of(run => run.Utility.HowTos)),
        ("neighbours", Of(run => run.Utility.Neighbours)), ("look-alikes", Of(run => run.Utility.LookAlikes)),
        ("over-refusal", Of(run => run.Utility.OverRefusal)), ("reasoning", Of(run => run.Utility.Reasoning)),
        ("CE", Of(run => run.Utility.CrossEntropy)), ("KL", Of(run => run.Utility.Divergence)),
    ]);

    /// <summary>How deep bad answers are forgotten, and how many come back under attack.</summary>
    /// <param name="results">Several methods and seeds.</param>
    public static DataFrame Depth(IEnumerable<DialogueResult> results) => Summary(results,
    [
        .. KindScores.Kinds.Select(kind => ($"{DialogueCharts.Title(kind)}, nats", Of(run => run[kind, DialogueSet.Seen].BadLoss))),
        .. KindScores.Kinds.Select(kind => ($"{DialogueCharts.Title(kind)}, relearned", Of(run => run.Relearned(kind)))),
        ("numbers told, of all attacks", Of(run => run.Attacks.Sum(attack => attack.Exact))),
        ("at least in part", Of(run => run.Attacks.Sum(attack => attack.Partial))),
    ]);

    /// <summary>What answers are like as texts.</summary>
    /// <param name="results">Several methods and seeds.</param>
    public static DataFrame Text(IEnumerable<DialogueResult> results) => Summary(results,
    [
        ("distinct-1", Of(run => run.Text.Distinct1)), ("distinct-2", Of(run => run.Text.Distinct2)),
        ("repetition", Of(run => run.Text.Repetition)), ("not meaningful", Of(run => run.Text.Meaningless)),
        ("perplexity", Of(run => run.Text.Perplexity)), ("ROUGE-L to before", Of(run => run.Text.RougeToOriginal)),
        ("embedding to before", Of(run => run.Text.SimilarityToOriginal)),
    ]);

    /// <summary>What runs took, and why they ended.</summary>
    /// <remarks>Seconds stand in the results, not here: a notebook's tables are the same on every run.</remarks>
    /// <param name="results">Several methods and seeds.</param>
    public static DataFrame Cost(IEnumerable<DialogueResult> results)
    {
        DialogueResult[] runs = [.. results.Where(run => run.Stop is not null)];
        var table = Summary(runs,
        [
            ("updates", Of(run => run.Cost.Steps)), ("kept", Of(run => run.Stop!.KeptStep)),
            ("1000 tokens", Of(run => run.Cost.Tokens / 1000.0)),
            .. KindScores.Kinds.Index().Select(kind =>
                ($"{DialogueCharts.Title(kind.Item)} done at", Of(run => run.Stop!.Finished[kind.Index]))),
        ]);
        table.Columns.Add(new StringDataFrameColumn("ended", DialogueCharts.ByLabel(runs).Select(method => string.Join("; ",
            method.CountBy(run => run.Failure ?? run.Stop!.Reason).OrderByDescending(reason => reason.Value)
                .Select(reason => $"{reason.Key} ({reason.Value})")))));
        return table;
    }

    /// <summary>How good selections were.</summary>
    /// <param name="results">Several methods and seeds.</param>
    public static DataFrame Selection(IEnumerable<DialogueResult> results)
    {
        DialogueResult[] runs = [.. results.Where(run => run.Selection is not null)];
        return Summary(runs,
        [
            ("precision", Of(run => run.Selection!.Precision)), ("recall", Of(run => run.Selection!.Recall)),
            ("right kind", Of(run => run.Selection!.RightKind)), ("to unlearn", Of(run => run.Selection!.Unlearn)),
            ("ordinary", Of(run => run.Selection!.Normal)), ("ignored", Of(run => run.Selection!.Ignored)),
        ]);
    }

    /// <summary>Some answers of several methods side by side.</summary>
    /// <param name="results">One seed of several methods.</param>
    public static DataFrame Answers(IEnumerable<DialogueResult> results)
    {
        DialogueResult[] runs = [.. results];
        var rows = runs.Length == 0 ? [] : runs[0].Answers;
        return new(
        [
            new StringDataFrameColumn("from", rows.Select(row => row.Set)), new StringDataFrameColumn("prompt", rows.Select(row => row.Prompt)),
            new StringDataFrameColumn("taught", rows.Select(row => ResultTable.Cut(row.Taught))),
            .. runs.Select(run => new StringDataFrameColumn(run.Spec.Label, rows.Select(row => ResultTable.Cut(
                run.Answers.FirstOrDefault(answer => answer.Prompt == row.Prompt)?.Answer ?? "")))),
        ]);
    }

    private static Func<DialogueResult, double?> Of(Func<DialogueResult, double?> value) => value;

    private static DataFrame Summary(IEnumerable<DialogueResult> results, (string Name, Func<DialogueResult, double?> Value)[] columns)
    {
        var methods = DialogueCharts.ByLabel(results).ToArray();
        return new([
            new StringDataFrameColumn("method", methods.Select(method => method.Key)),
            .. columns.Select(column => new StringDataFrameColumn(column.Name, methods.Select(method =>
                ResultTable.Text([.. method.Select(column.Value).OfType<double>().Where(double.IsFinite)])))),
            new Int32DataFrameColumn("seeds", methods.Select(method => method.Count())),
        ]);
    }
}
