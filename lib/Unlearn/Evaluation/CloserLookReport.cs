using System.Collections.Immutable;

namespace Unlearn.Evaluation;

/// <summary>A Closer Look's two aggregates, with the numbers they are made of.</summary>
/// <remarks>
/// <code>
///   MU = harmonic mean of R, P, TR, TE, CS, ES over the sets to keep: 18 numbers on TOFU, 6 in the real world
///   FE = 1 − mean(R, P, TR, CS, ES) on the set to forget
/// </code>
/// TOFU's own model utility and forget quality stand beside them in <see cref="ModelEvaluation"/>.
/// <para>Yuan, Pang, Du, Chen, Zhang, Lin, 2024. <see href="https://arxiv.org/abs/2410.08109"/></para>
/// </remarks>
/// <param name="Sets">The numbers of every set, in the order of logs.</param>
/// <param name="ModelUtility">MU; null where a set or one of its numbers is missing.</param>
/// <param name="RetainUtility">The same of the retain set, or of the neighbours, alone.</param>
/// <param name="ForgetEfficacy">FE; null where the set or one of its numbers is missing.</param>
/// <param name="MeasuredBy">What compared meanings.</param>
public sealed record CloserLookReport(
    IReadOnlyList<CloserLookScores> Sets, double? ModelUtility, double? RetainUtility, double? ForgetEfficacy, MeasuredBy MeasuredBy)
{
    /// <summary>The report of an evaluation.</summary>
    /// <param name="evaluation">With the numbers that <see cref="MeaningMeasures"/> adds, or a log's.</param>
    public static CloserLookReport Of(ModelEvaluation evaluation)
    {
        var results = evaluation.Results.OrderBy(result => (uint)EvaluationTask.Logged.IndexOf(result.Task));
        var scores = results.ToDictionary(result => result.Task, CloserLookScores.Of);
        ImmutableArray<EvaluationTask> kept =
            scores.ContainsKey(EvaluationTask.Neighbors) ? [EvaluationTask.Neighbors] : EvaluationTask.Utility;
        var forget = scores.FirstOrDefault(entry => entry.Key.ToForget).Value;
        return new([.. results.Select(result => scores[result.Task])], Utility(kept), Utility(kept[..1]),
            forget?.ForgetEfficacy(), evaluation.MeasuredBy);

        double? Utility(ImmutableArray<EvaluationTask> tasks)
        {
            var numbers = tasks.Select(task => scores.GetValueOrDefault(task)?.All).ToArray();
            return numbers.Contains(null) ? null : Metrics.ModelUtility.Of([.. numbers.SelectMany(set => set!)]);
        }
    }

    /// <summary>The numbers of a set; null where it was not evaluated.</summary>
    /// <param name="task">Which.</param>
    public CloserLookScores? this[EvaluationTask task] => Sets.FirstOrDefault(set => set.Set == task.Name);
}
