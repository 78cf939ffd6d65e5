using Unlearn.Data.People;
using Unlearn.Metrics;
using Unlearn.Models;
using static TorchSharp.torch;

namespace Unlearn.Evaluation;

/// <summary>What a model can still do besides: five public benchmarks in A Closer Look, a suite of its own in a small world.</summary>
/// <remarks>Accuracies, 0 … 1, and their plain mean, as the paper's "Avg".</remarks>
/// <param name="Tasks">One measurement for each task, with 1 for each right answer.</param>
public sealed record DownstreamEvaluation(IReadOnlyList<Measurement> Tasks)
{
    /// <summary>The mean of the tasks' accuracies.</summary>
    public double Average => Tasks.Average(task => task.Value);

    /// <summary>Runs a suite.</summary>
    /// <param name="evaluator">Reads and generates.</param>
    /// <param name="model">The model; put into evaluation mode.</param>
    /// <param name="suite">At least one task, whose rows have wrong answers.</param>
    /// <exception cref="ArgumentException">There is no task.</exception>
    public static DownstreamEvaluation Run<TModel>(Evaluator evaluator, TModel model, IReadOnlyList<DownstreamTask> suite)
        where TModel : nn.Module, ILanguageModel
    {
        if (suite.Count == 0) throw new ArgumentException("Expected at least one downstream task, got none.", nameof(suite));
        var sets = suite.Select(task => new EvaluationSet(new(task.Name, task.Name, MultipleChoice: true), task.Rows));
        var results = evaluator.Run(model, sets);
        return new([.. suite.Zip(results, (task, result) => Measurement.Mean(task.Name,
            result.Rows.Select(row => IsRight(task.Scoring, row) ? 1.0 : 0)))]);
    }

    private static bool IsRight(DownstreamScoring scoring, EvaluatedRow row) => scoring == DownstreamScoring.MultipleChoice
        ? row.Wrong.All(wrong => row.Answer.PerToken < wrong.PerToken)
        : Plain(row.Text!.Generated) == Plain(row.Text.Truth);

    private static string Plain(string text) => text.Trim().TrimEnd('.');
}
