namespace Unlearn.Dialogues.Evaluating;

/// <summary>An evaluator with its thresholds: says of dialogues what they should be unlearned for.</summary>
/// <param name="evaluator">Gives scores.</param>
/// <param name="thresholds">Make labels of them.</param>
public sealed class EvaluativeModel(IDialogueEvaluator evaluator, EvaluatorThresholds thresholds)
{
    /// <summary>The evaluator.</summary>
    public IDialogueEvaluator Evaluator => evaluator;

    /// <summary>Its thresholds.</summary>
    public EvaluatorThresholds Thresholds => thresholds;

    /// <summary>Errors that are put into <see cref="Label"/>; null for none. <see cref="Flags"/> has none of them.</summary>
    /// <remarks>
    /// Selection errs, checks while unlearning do not: injected false alarms above the stop rule's rate would only switch that rule off.
    /// </remarks>
    public EvaluatorErrors? Errors { get; init; }

    /// <summary>The label of each exchange: a kind, ordinary, or null for the band that is used for nothing.</summary>
    /// <param name="exchanges">Any number.</param>
    public IReadOnlyList<DialogueLabel> Label(IReadOnlyList<Exchange> exchanges) =>
    [
        .. evaluator.Score(exchanges).Zip(exchanges, (scores, exchange) =>
            (scores, exchange, kind: thresholds.Label(scores)))
            .Select(each => new DialogueLabel(Errors is null ? each.kind : Errors.Of(each.exchange, each.kind), each.scores)),
    ];

    /// <summary>Whether each exchange is flagged for a kind: its score is above that kind's threshold.</summary>
    /// <param name="exchanges">Any number.</param>
    /// <param name="kind">A kind to unlearn.</param>
    public IReadOnlyList<bool> Flags(IReadOnlyList<Exchange> exchanges, DialogueKind kind) =>
        [.. evaluator.Score(exchanges).Select(scores => scores[kind] > thresholds[kind].High)];
}

/// <summary>What an evaluative model says of an exchange.</summary>
/// <param name="Kind">The kind; null in the band that is used for nothing.</param>
/// <param name="Scores">The scores behind it, without injected errors.</param>
public readonly record struct DialogueLabel(DialogueKind? Kind, KindScores Scores);
