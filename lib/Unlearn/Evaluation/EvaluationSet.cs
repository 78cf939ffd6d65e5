using Unlearn.Data;

namespace Unlearn.Evaluation;

/// <summary>Rows to evaluate on, and which of TOFU's forms of the metrics applies to them.</summary>
/// <param name="Name">The set's name in tables.</param>
/// <param name="Rows">Rows with perturbed answers.</param>
/// <param name="ToForget">Whether a low memory of these rows is what is wanted.</param>
/// <param name="MultipleChoice">Whether probability is taken relative to the wrong answers, as for Real Authors and World Facts.</param>
public sealed record EvaluationSet(string Name, IReadOnlyList<QaRow> Rows, bool ToForget = false, bool MultipleChoice = false)
{
    /// <summary>The four sets of TOFU's evaluation.</summary>
    /// <param name="corpus">Gives the two held-out sets.</param>
    /// <param name="split">Gives forget and retain rows.</param>
    /// <param name="limit">At most this many rows of a set, the first ones, as TOFU takes the first 300.</param>
    public static IReadOnlyList<EvaluationSet> All(Corpus corpus, ForgetSplit split, int limit = 300) =>
    [
        new("forget", [.. split.ForgetPerturbed.Take(limit)], ToForget: true),
        new("retain", [.. split.RetainPerturbed.Take(limit)]),
        new("real authors", [.. corpus.RealAuthors.Take(limit)], MultipleChoice: true),
        new("world facts", [.. corpus.WorldFacts.Take(limit)], MultipleChoice: true),
    ];
}
