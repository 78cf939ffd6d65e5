using System.Collections.Immutable;
using Unlearn.Dialogues.Evaluating;
using Unlearn.Models;

namespace Unlearn.Dialogues.Experiments;

/// <summary>Looks at a model while it unlearns: the evaluator's view decides, the gold judge's is only recorded.</summary>
/// <param name="scale">Gives the dialogues.</param>
/// <param name="measure">Answers and judges.</param>
/// <param name="evaluator">Flags.</param>
/// <param name="model">The model, as it is at each moment.</param>
internal sealed class DialogueWatch(DialogueScale scale, DialogueMeasurement measure, EvaluativeModel evaluator, LanguageModel model)
{
    private readonly KnowledgeBase knowledge = KnowledgeBase.Of(scale.World);
    private readonly List<CurvePoint> points = [];
    private readonly List<double> losses = [];

    private readonly Dialogue[][] asked =
    [
        .. KindScores.Kinds.Select(kind => scale.World.Set(DialogueSet.Validation, kind).Take(scale.Rows / 2).ToArray()),
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
}
