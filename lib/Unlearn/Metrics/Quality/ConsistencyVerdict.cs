namespace Unlearn.Metrics.Quality;

/// <summary>What a judge says of one answer.</summary>
/// <param name="IsConsistent">
/// Whether the answer answers the question: relevant, readable, against no detail that the question states. It need not be true, and a
/// refusal is none.
/// </param>
/// <param name="Kind">What the answer is, as far as the judge can tell.</param>
/// <param name="Reason">Why, in a few words.</param>
public readonly record struct ConsistencyVerdict(bool IsConsistent, AnswerKind Kind, string Reason)
{
    /// <summary>A verdict whose consistency follows from the kind: true and other facts are consistent.</summary>
    /// <param name="kind">Any but <see cref="AnswerKind.Unspecified"/>.</param>
    /// <param name="reason">Why, in a few words.</param>
    public static ConsistencyVerdict Of(AnswerKind kind, string reason) => kind == AnswerKind.Unspecified
        ? throw new ArgumentException("An unspecified kind does not say whether an answer is consistent; say so yourself.", nameof(kind))
        : new(kind is AnswerKind.TrueFact or AnswerKind.OtherFact, kind, reason);
}
