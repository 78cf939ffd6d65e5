using System.Diagnostics;
using Unlearn.Data;
using Unlearn.Evaluation;
using Unlearn.Evaluation.Meaning;
using Unlearn.Objectives;

namespace Unlearn.Experiments;

/// <summary>Runs one sequence of a sweep: unlearns task after task, and measures after each.</summary>
public static class ContinualTrial
{
    /// <summary>Unlearns a copy of the full model. One that broke off before goes on where it was.</summary>
    /// <param name="spec">What to run.</param>
    /// <param name="models">Gives the trained model.</param>
    /// <param name="tell">Told of progress.</param>
    /// <returns>The measurements; those up to the failure where the loss stops being finite.</returns>
    public static ContinualTrialResult Run(ContinualTrialSpec spec, ModelStore models, Action<string>? tell = null)
    {
        var clock = Stopwatch.StartNew();
        var (scale, corpus) = (spec.ModelScale, spec.ModelScale.Corpus);
        spec.AtPaper?.RequireFit(CloserLookPaper.Method(spec.Method, spec.Sequence.Options).Objective, tell);
        using var judges = spec.Paper is null ? null : PublishedJudges.Load(PaperScale.Device);
        using var full = scale.Obtain(models, 0, tell);
        var folder = Path.Combine(CacheFolder.Of("continual"), spec.Fingerprint);
        var sequence = new ContinualUnlearning(full.Model, full.Encoder, corpus, spec.Sequence, folder,
            judges?.Measures(full.Encoder.Tokenizer), scale.AnswerLimit);
        var results = sequence.Run(tell: tell).ToList();
        Directory.Delete(folder, recursive: true);
        return new(spec, [.. results.Select(ContinualPoint.Of)], Provenance.Of(corpus.Sha256, full, null, clock.Elapsed), results[^1].Failure);
    }
}

/// <summary>What a sequence gave, with what it was made from.</summary>
/// <param name="Spec">What was run.</param>
/// <param name="Points">The model before the first task, and after each.</param>
/// <param name="Provenance">Data, models, versions, hardware, time.</param>
/// <param name="Failure">Why the sequence stopped early, such as a loss that is not finite; null where it did not.</param>
public sealed record ContinualTrialResult(
    ContinualTrialSpec Spec, IReadOnlyList<ContinualPoint> Points, Provenance Provenance, string? Failure = null) : IExperimentResult;

/// <summary>A model after a task of a sequence, in few numbers.</summary>
/// <param name="Task">Number of the task, from 1; 0 for the model before the first, measured on the first task's rows.</param>
/// <param name="ModelUtility">MU, of 18 numbers.</param>
/// <param name="ForgetEfficacy">FE on this task's rows.</param>
/// <param name="TofuUtility">TOFU's model utility, of nine numbers.</param>
/// <param name="Forget">The metrics on this task's rows.</param>
/// <param name="Retain">The metrics on rows that no task forgets.</param>
/// <param name="Earlier">FE on the rows of each earlier task again, which the paper does not measure.</param>
public sealed record ContinualPoint(
    int Task, double ModelUtility, double ForgetEfficacy, double TofuUtility, CloserLookScores Forget, CloserLookScores Retain,
    IReadOnlyList<double> Earlier)
{
    /// <summary>A task's result in few numbers.</summary>
    /// <param name="result">With entailment judged.</param>
    /// <exception cref="InvalidOperationException">Entailment was not judged.</exception>
    public static ContinualPoint Of(ContinualResult result)
    {
        var look = CloserLookPoint.Of(result.Report);
        return new(result.Task, look.ModelUtility, look.ForgetEfficacy, result.TofuUtility, look.Forget, look.Retain,
            [.. result.Earlier.Select(task => CloserLookPoint.Measured(task.ForgetEfficacy))]);
    }
}
