using System.Text.Json.Serialization;
using Unlearn.Evaluation;
using Unlearn.Generation;

namespace Unlearn.Experiments;

/// <summary>What a run of unlearning gave, with what it was made from.</summary>
/// <param name="Spec">What was run.</param>
/// <param name="Points">Measurements from before the first update to after the last.</param>
/// <param name="Answers">Some greedy answers of the unlearned model, with question and truth.</param>
/// <param name="Provenance">Data, models, versions, hardware, time.</param>
/// <param name="Failure">Why the run stopped early, such as a loss that is not finite; null where it did not.</param>
public sealed record TrialResult(
    TrialSpec Spec,
    IReadOnlyList<TrialPoint> Points,
    IReadOnlyList<SampleAnswer> Answers,
    Provenance Provenance,
    string? Failure = null) : IExperimentResult
{
    /// <summary>What the model answers to the questions to forget in the end; null in experiments that do not keep it.</summary>
    public IReadOnlyList<TrialResponse>? Responses { get; init; }

    /// <summary>What the alternates were like that were taught; null where none were.</summary>
    public AlternateStatistics? Alternates { get; init; }

    /// <summary>The measurement with the highest forget quality, the paper's choice for its scatter; the earlier of two equal ones.</summary>
    [JsonIgnore]
    public TrialPoint Best => Points.Skip(1).MaxBy(point => point.ForgetQualityLog10)!;

    /// <summary>The last measurement.</summary>
    [JsonIgnore]
    public TrialPoint Last => Points[^1];
}

/// <summary>A model's quality at one moment of unlearning.</summary>
/// <param name="Step">Updates so far.</param>
/// <param name="Epoch">Passes over the forget rows so far.</param>
/// <param name="ModelUtility">Harmonic mean of nine metrics on retain rows and held-out sets, 0 … 1.</param>
/// <param name="ForgetQualityLog10">log₁₀ of the p-value against the retain model's truth ratios; above log₁₀ 0.05 counts as forgotten.</param>
/// <param name="ForgetKl">Mean KL(π_ref ‖ πθ) a token over question and answer of the forget rows, in nats.</param>
/// <param name="Forget">Metrics on the rows to forget.</param>
/// <param name="Retain">Metrics on rows to keep.</param>
/// <param name="RealAuthors">Metrics on the first held-out set.</param>
/// <param name="WorldFacts">Metrics on the second.</param>
/// <param name="Weight">Mean of the adaptive weight W over the updates since the last measurement; null without one.</param>
/// <param name="Loss">Mean loss over the same updates; null before the first.</param>
public sealed record TrialPoint(
    int Step, double Epoch, double ModelUtility, double ForgetQualityLog10, double ForgetKl,
    SetScores Forget, SetScores Retain, SetScores RealAuthors, SetScores WorldFacts, double? Weight, double? Loss)
{
    /// <summary>The numbers of "A Closer Look"; null in other papers' experiments.</summary>
    public CloserLookPoint? CloserLook { get; init; }

    /// <summary>The p-value itself; smaller ones than 1e-308 are 0.</summary>
    [JsonIgnore]
    public double ForgetQuality => Math.Pow(10, ForgetQualityLog10);
}

/// <summary>What "A Closer Look" measures of a model.</summary>
/// <param name="ModelUtility">MU: harmonic mean of six metrics on each of three sets, 0 … 1.</param>
/// <param name="ForgetEfficacy">FE: 1 − mean of five metrics on the rows to forget, 0 … 1.</param>
/// <param name="Forget">The metrics on the rows to forget.</param>
/// <param name="Retain">The metrics on rows to keep.</param>
public sealed record CloserLookPoint(double ModelUtility, double ForgetEfficacy, CloserLookScores Forget, CloserLookScores Retain)
{
    internal static CloserLookPoint Of(CloserLookReport report) => new(
        Measured(report.ModelUtility), Measured(report.ForgetEfficacy), report[EvaluationTask.Forget]!, report[EvaluationTask.Retain]!);

    internal static double Measured(double? value) => value ?? throw new InvalidOperationException(
        "Entailment was not judged: the exact judge needs a world's facts, so these experiments run on generated worlds.");
}

/// <summary>The metrics of a set, each 0 … 1.</summary>
/// <param name="Rouge">ROUGE-L recall.</param>
/// <param name="Probability">Probability, in the set's form.</param>
/// <param name="TruthRatio">Truth ratio, in the set's form.</param>
/// <param name="Refused">Share of greedy answers that are one of the refusals, word for word.</param>
public readonly record struct SetScores(double Rouge, double Probability, double TruthRatio, double Refused);

/// <summary>An answer to look at.</summary>
/// <param name="Set">The set's name.</param>
/// <param name="Question">The question.</param>
/// <param name="Truth">The true answer.</param>
/// <param name="Answer">The model's.</param>
public sealed record SampleAnswer(string Set, string Question, string Truth, string Answer);

/// <summary>A model's greedy answer to a question, and how likely the model finds it.</summary>
/// <param name="Question">The question.</param>
/// <param name="Answer">As generated.</param>
/// <param name="Loss">Sum of −ln p over the answer's tokens, its end included where it has one, in nats.</param>
/// <param name="Tokens">Number of those tokens.</param>
/// <param name="Repeats">Sampled answers to the same question; null where none were asked for.</param>
public sealed record TrialResponse(string Question, string Answer, double Loss, int Tokens, IReadOnlyList<string>? Repeats = null);
