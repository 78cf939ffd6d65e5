namespace Unlearn.Dialogues.Evaluating;

/// <summary>An evaluator's thresholds, one pair for each kind to unlearn.</summary>
/// <param name="Harm">Of harm.</param>
/// <param name="Hallucination">Of hallucination.</param>
/// <param name="Privacy">Of privacy.</param>
public sealed record EvaluatorThresholds(KindThreshold Harm, KindThreshold Hallucination, KindThreshold Privacy)
{
    /// <summary>One half for everything, with no band to ignore.</summary>
    public static EvaluatorThresholds Half { get; } = new(new(0.5, 0.5), new(0.5, 0.5), new(0.5, 0.5));

    /// <summary>The thresholds of a kind.</summary>
    /// <param name="kind">Any but <see cref="DialogueKind.Ordinary"/>.</param>
    public KindThreshold this[DialogueKind kind] => kind switch
    {
        DialogueKind.Harmful => Harm,
        DialogueKind.Hallucinated => Hallucination,
        DialogueKind.Private => Privacy,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Only kinds to unlearn have thresholds."),
    };

    /// <summary>Chooses each kind's by <see cref="KindThreshold.Choose"/>.</summary>
    /// <param name="scores">Scores of a labelled sample that the evaluator was not trained on.</param>
    /// <param name="kinds">The label of each; every kind to unlearn and ordinary ones should occur.</param>
    /// <param name="falsePositiveRate">Largest share of other dialogues that a kind may flag.</param>
    public static EvaluatorThresholds Choose(
        IReadOnlyList<KindScores> scores, IReadOnlyList<DialogueKind> kinds,
        double falsePositiveRate = KindThreshold.UsualFalsePositiveRate)
    {
        return new(Of(DialogueKind.Harmful), Of(DialogueKind.Hallucinated), Of(DialogueKind.Private));

        KindThreshold Of(DialogueKind kind) => KindThreshold.Choose(
            [.. scores.Select(score => score[kind])], [.. kinds.Select(label => label == kind)], falsePositiveRate);
    }

    /// <summary>What scores say: a kind, ordinary, or null for the band that is used for nothing.</summary>
    /// <remarks>
    /// <code>
    ///   argmax s_k over kinds with s_k > τ_k     (equal scores: privacy before harm before hallucination)
    ///   else ordinary where every s_k ≤ τ_lo,k,  else nothing
    /// </code>
    /// </remarks>
    /// <param name="scores">Scores of one exchange.</param>
    public DialogueKind? Label(KindScores scores)
    {
        DialogueKind? label = null;
        foreach (var kind in KindScores.Kinds)
            if (scores[kind] > this[kind].High && (label is not { } other || scores[kind] > scores[other])) label = kind;
        return label ?? (KindScores.Kinds.All(kind => scores[kind] <= this[kind].Low) ? DialogueKind.Ordinary : null);
    }
}
