using System.Collections.Immutable;
using Unlearn.Dialogues.Evaluating;
using Unlearn.Models;

namespace Unlearn.Dialogues.Experiments;

/// <summary>Looks at a model while it unlearns: the evaluator's view decides, the gold judge's is only recorded.</summary>
/// <remarks>
/// Harmful and private dialogues are watched on validation keys: refusing is one behaviour, learnt on some keys and shown on others. What is
/// right in place of an invented value can only be known of keys that unlearning reads, so hallucinated dialogues are watched on some of
/// those that were selected.
/// </remarks>
/// <param name="scale">Gives the dialogues.</param>
/// <param name="measure">Answers and judges.</param>
/// <param name="evaluator">Flags.</param>
/// <param name="model">The model, as it is at each moment.</param>
/// <param name="selected">What unlearning works on.</param>
internal sealed class DialogueWatch(
    DialogueScale scale, DialogueMeasurement measure, EvaluativeModel evaluator, LanguageModel model, IReadOnlyList<Dialogue> selected)
{
    private readonly KnowledgeBase knowledge = KnowledgeBase.Of(scale.World);
    private readonly List<CurvePoint> points = [];
    private readonly List<double> losses = [];

    private readonly Dialogue[][] asked =
    [
        .. KindScores.Kinds.Select(kind => Watched(kind, scale, selected)),
        [.. scale.World.NormalValidation.Take(scale.Rows)],
    ];

    /// <summary>What was seen, in order.</summary>
    public IReadOnlyList<CurvePoint> Points => points;

    /// <summary>Told of an update.</summary>
    /// <param name="loss">Its loss.</param>
    public void Updated(double loss) => losses.Add(loss);

    /// <summary>Looks.</summary>
    /// <param name="step">Updates so far.</param>
    public DialogueCheck Check(int step)
    {
        model.eval();
        var said = DialogueMeasurement.Split(measure.Answers(model, [.. asked.SelectMany(set => set)]), asked);
        double[] flagged = [.. KindScores.Kinds.Index().Select(kind => evaluator.Flags(
            [.. asked[kind.Index].Zip(said[kind.Index], knowledge.Exchange)], kind.Item).Average(flag => flag ? 1.0 : 0))];
        double[] judged = [.. KindScores.Kinds.Index().Select(kind => measure.Bad(asked[kind.Index], said[kind.Index]))];
        var utility = DialogueMeasurement.ExactMatch(asked[^1], said[^1]);
        points.Add(new(step, judged, flagged, utility, losses.Count == 0 ? null : losses.Average()));
        losses.Clear();
        return new(KindScores.Kinds.Zip(flagged).ToImmutableSortedDictionary(rate => rate.First, rate => rate.Second), utility,
            measure.Refused(asked[^1], said[^1]));
    }

    private static Dialogue[] Watched(DialogueKind kind, DialogueScale scale, IReadOnlyList<Dialogue> selected)
    {
        Dialogue[] own = kind == DialogueKind.Hallucinated ? [.. selected.Where(dialogue => dialogue.Kind == kind).Take(scale.Rows / 2)] : [];
        return own.Length > 0 ? own : [.. scale.World.Set(DialogueSet.Validation, kind).Take(scale.Rows / 2)];
    }
}
