using System.Collections.Immutable;
using Unlearn.Metrics;
using Unlearn.Metrics.Quality;

namespace Unlearn.Evaluation;

/// <summary>One model's results on all sets, and the two numbers that TOFU makes of them.</summary>
/// <param name="results">A result for each set, at most one for each task.</param>
public sealed class ModelEvaluation(IEnumerable<EvaluationResult> results)
{
    /// <summary>The results, in the order given.</summary>
    public ImmutableArray<EvaluationResult> Results { get; } = Distinct([.. results]);

    /// <summary>What compared meanings, where anything did.</summary>
    public MeasuredBy MeasuredBy =>
        Results.Select(result => result.MeasuredBy).FirstOrDefault(by => by is not (null, null)) ?? new(null, null);

    /// <summary>What should be forgotten.</summary>
    public EvaluationResult Forget => this[EvaluationTask.Forget];

    /// <summary>What was learned beside it.</summary>
    public EvaluationResult Retain => this[EvaluationTask.Retain];

    /// <summary>Well-known authors.</summary>
    public EvaluationResult RealAuthors => this[EvaluationTask.RealAuthors];

    /// <summary>The world at large.</summary>
    public EvaluationResult WorldFacts => this[EvaluationTask.WorldFacts];

    /// <summary>The result of a task.</summary>
    /// <param name="task">Which.</param>
    /// <exception cref="InvalidOperationException">It was not evaluated.</exception>
    public EvaluationResult this[EvaluationTask task] => Results.FirstOrDefault(result => result.Task == task)
        ?? throw new InvalidOperationException($"\"{task.Name}\" was not evaluated, only "
            + $"{string.Join(", ", Results.Select(result => $"\"{result.Task.Name}\""))}; add this set to the evaluation.");

    /// <summary>Harmonic mean of ROUGE-L recall, probability and truth ratio on Retain, Real Authors and World Facts.</summary>
    /// <param name="form">How the truth ratio averages wrong answers; published tables have the geometric form.</param>
    /// <exception cref="InvalidOperationException">One of the three sets was not evaluated.</exception>
    public double ModelUtility(WrongAnswerMean form = WrongAnswerMean.Geometric) => Metrics.ModelUtility.Of(
    [
        .. EvaluationTask.Utility.Select(task => this[task]).SelectMany(result => new[]
        {
            result.Rouge.Value, result.Probability.Value,
            (form == WrongAnswerMean.Geometric ? result.TruthRatio : result.TruthRatioArithmetic).Value,
        }),
    ]);

    /// <summary>Whether this model can be told from one that never saw the forget set.</summary>
    /// <param name="retained">The evaluation, on the same forget rows, of a model trained on the retain rows alone.</param>
    /// <param name="form">How the truth ratio averages wrong answers; published tables have the geometric form.</param>
    /// <exception cref="InvalidOperationException">The forget set of either was not evaluated.</exception>
    public ForgetQuality ForgetQuality(ModelEvaluation retained, WrongAnswerMean form = WrongAnswerMean.Geometric) =>
        Metrics.ForgetQuality.Of(Forget.TruthRatios(form), retained.Forget.TruthRatios(form));

    /// <summary>
    /// Whether this model's answers are as clean as those of a model that never saw the forget set, from scores in both logs.
    /// </summary>
    /// <param name="retained">The evaluation, on the same forget rows, of a model trained on the retain rows alone.</param>
    /// <exception cref="InvalidOperationException">The forget set of either was not evaluated, or has no scores.</exception>
    public CleannessIndistinguishability CleannessIndistinguishability(ModelEvaluation retained) =>
        Metrics.Quality.CleannessIndistinguishability.Of(Forget.Cleanness.PerItem, retained.Forget.Cleanness.PerItem);

    private static ImmutableArray<EvaluationResult> Distinct(ImmutableArray<EvaluationResult> results)
    {
        var twice = results.CountBy(result => result.Task).FirstOrDefault(task => task.Value > 1);
        return twice.Key is null ? results
            : throw new ArgumentException(
                $"\"{twice.Key.Name}\" comes {twice.Value} times; expected one result for each set.", nameof(results));
    }
}
