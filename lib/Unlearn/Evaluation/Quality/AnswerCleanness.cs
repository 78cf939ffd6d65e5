using Unlearn.Metrics.Quality;

namespace Unlearn.Evaluation.Quality;

/// <summary>Adds to an evaluation how clean the answers to the questions to forget are, as AltPO's authors keep it in their logs.</summary>
public static class AnswerCleanness
{
    /// <summary>The evaluation with a score of every answer on sets to forget; other sets stay as they are.</summary>
    /// <param name="evaluation">Its forget rows need their texts.</param>
    /// <param name="scorer">Scores answers alone, without their questions.</param>
    /// <exception cref="InvalidOperationException">A row has no text.</exception>
    public static ModelEvaluation With(ModelEvaluation evaluation, ICleannessScorer scorer) => new(evaluation.Results.Select(result =>
        result.Task.ToForget ? With(result, scorer) : result));

    private static EvaluationResult With(EvaluationResult result, ICleannessScorer scorer)
    {
        var scores = scorer.Score([.. result.Rows.Select(row => row.Text?.Generated ?? throw new InvalidOperationException(
            $"The answers on \"{result.Task.Name}\" are not there, so their cleanness cannot be scored; evaluate the model anew."))]);
        return new(result.Task, [.. result.Rows.Select((row, i) => row with { Cleanness = scores[i] })]) { MeasuredBy = result.MeasuredBy };
    }
}
