using System.Collections.Immutable;

namespace Unlearn.Metrics.Quality;

/// <summary>How many of a model's answers fit their questions, and what the others are.</summary>
/// <remarks>
/// Shares of all answers, 0 … 1. <see cref="Value"/> is high for a good model, unlearned or not. After unlearning, <see cref="Truths"/>
/// should be down at what a model that never knew guesses, with <see cref="Others"/> taking its place.
/// </remarks>
/// <param name="Judge">Who judged.</param>
/// <param name="Verdicts">One for each answer, in data order.</param>
public sealed record ResponseConsistency(string Judge, ImmutableArray<ConsistencyVerdict> Verdicts)
{
    /// <summary>Judges answers.</summary>
    /// <param name="judge">Who judges.</param>
    /// <param name="pairs">Questions with answers, at least one.</param>
    /// <exception cref="ArgumentException">There is no pair.</exception>
    /// <exception cref="InvalidOperationException">The judge gives another number of verdicts than there are answers.</exception>
    public static ResponseConsistency Of(IConsistencyJudge judge, IReadOnlyList<(string Question, string Answer)> pairs)
    {
        if (pairs.Count == 0) throw new ArgumentException("Consistency over no answers has no value; give at least one.", nameof(pairs));
        ImmutableArray<ConsistencyVerdict> verdicts = [.. judge.Judge(pairs)];
        return verdicts.Length == pairs.Count ? new(judge.Name, verdicts)
            : throw new InvalidOperationException(
                $"{judge.Name} gave {verdicts.Length} verdicts on {pairs.Count} answers; expected as many.");
    }

    /// <summary>Consistent answers.</summary>
    public double Value => Verdicts.Average(verdict => verdict.IsConsistent ? 1.0 : 0);

    /// <summary>Answers that state the truth.</summary>
    public double Truths => Share(AnswerKind.TrueFact);

    /// <summary>Answers that state another plausible value.</summary>
    public double Others => Share(AnswerKind.OtherFact);

    /// <summary>Refusals.</summary>
    public double Refusals => Share(AnswerKind.Refusal);

    /// <summary>Sentences that do not answer the question.</summary>
    public double OffTopic => Share(AnswerKind.OffTopic);

    /// <summary>Answers that are no sentences.</summary>
    public double Garbled => Share(AnswerKind.Garbled);

    /// <summary>The share of answers of a kind.</summary>
    /// <param name="kind">Which.</param>
    public double Share(AnswerKind kind) => Verdicts.Average(verdict => verdict.Kind == kind ? 1.0 : 0);
}
