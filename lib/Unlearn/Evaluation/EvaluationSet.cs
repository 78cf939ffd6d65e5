using Unlearn.Data;
using Unlearn.Data.People;

namespace Unlearn.Evaluation;

/// <summary>Rows to evaluate on, and as what.</summary>
/// <param name="Task">Which of TOFU's forms of the metrics applies to them.</param>
/// <param name="Rows">Rows with perturbed answers.</param>
public sealed record EvaluationSet(EvaluationTask Task, IReadOnlyList<QaRow> Rows)
{
    /// <summary>As many rows of a set as TOFU evaluates at most: the first ones, though the paper says a sample.</summary>
    public const int TofuLimit = 300;

    /// <summary>The four sets of TOFU's evaluation.</summary>
    /// <param name="corpus">Gives the two held-out sets.</param>
    /// <param name="split">Gives forget and retain rows.</param>
    /// <param name="limit">At most this many rows of a set, the first ones.</param>
    public static IReadOnlyList<EvaluationSet> All(Corpus corpus, ForgetSplit split, int limit = TofuLimit) =>
    [
        new(EvaluationTask.Forget, [.. split.ForgetPerturbed.Take(limit)]),
        new(EvaluationTask.Retain, [.. split.RetainPerturbed.Take(limit)]),
        new(EvaluationTask.RealAuthors, [.. corpus.RealAuthors.Take(limit)]),
        new(EvaluationTask.WorldFacts, [.. corpus.WorldFacts.Take(limit)]),
    ];

    /// <summary>The two sets of A Closer Look's real-world scenario: people to forget, and neighbours that unlearning did not read.</summary>
    /// <param name="people">Whom it is about.</param>
    /// <param name="limit">At most this many rows of a set, the first ones; the authors take all 400.</param>
    public static IReadOnlyList<EvaluationSet> RealWorld(PublicPeople people, int limit = int.MaxValue) =>
    [
        new(EvaluationTask.PublicForget, [.. people.Forget.Take(limit).Select(row => row.Evaluated)]),
        new(EvaluationTask.Neighbors, [.. people.TestNeighbors.Take(limit).Select(row => row.Evaluated)]),
    ];
}
