using System.Text.Json.Serialization;
using Unlearn.Evaluation;

namespace Unlearn.Experiments;

/// <summary>What a run on public people gave, with what it was made from.</summary>
/// <param name="Spec">What was run.</param>
/// <param name="Points">Measurements from before the first update to after the last.</param>
/// <param name="Answers">Some greedy answers of the unlearned model, with question and truth.</param>
/// <param name="Provenance">Data, models, versions, hardware, time.</param>
/// <param name="Failure">Why the run stopped early, such as a loss that is not finite; null where it did not.</param>
public sealed record RealWorldResult(
    RealWorldSpec Spec, IReadOnlyList<RealWorldPoint> Points, IReadOnlyList<SampleAnswer> Answers, Provenance Provenance,
    string? Failure = null) : IExperimentResult
{
    /// <summary>The last measurement.</summary>
    [JsonIgnore]
    public RealWorldPoint Last => Points[^1];
}

/// <summary>A model at one moment of unlearning public people.</summary>
/// <param name="Step">Updates so far.</param>
/// <param name="Epoch">Passes over the rows to forget so far.</param>
/// <param name="ModelUtility">MU: harmonic mean of six metrics on neighbours whom unlearning never read.</param>
/// <param name="ForgetEfficacy">FE: 1 − mean of five metrics on the people to forget.</param>
/// <param name="Forget">The metrics on the people to forget.</param>
/// <param name="Neighbors">The metrics on those neighbours.</param>
/// <param name="ForgetRefused">Share of questions on the people to forget that are refused (<see cref="Metrics.RefusalShare"/>).</param>
/// <param name="NeighborsRefused">The same of the neighbours.</param>
/// <param name="Downstream">What the model can do besides.</param>
public sealed record RealWorldPoint(
    int Step, double Epoch, double ModelUtility, double ForgetEfficacy, CloserLookScores Forget, CloserLookScores Neighbors,
    double ForgetRefused, double NeighborsRefused, IReadOnlyList<DownstreamScore> Downstream)
{
    /// <summary>Mean accuracy over the downstream tasks; NaN where there are none.</summary>
    [JsonIgnore]
    public double DownstreamAverage => Downstream.Select(task => task.Accuracy).DefaultIfEmpty(double.NaN).Average();
}

/// <summary>How well a downstream task is done.</summary>
/// <param name="Task">Its name.</param>
/// <param name="Accuracy">Share of right answers.</param>
public readonly record struct DownstreamScore(string Task, double Accuracy);
