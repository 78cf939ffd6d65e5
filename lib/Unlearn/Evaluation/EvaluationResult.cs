using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Unlearn.Metrics;
using Unlearn.Metrics.Meaning;
using Unlearn.Metrics.Quality;

namespace Unlearn.Evaluation;

/// <summary>A model's metrics on one set, with the evidence they are computed from.</summary>
/// <param name="task">What was evaluated.</param>
/// <param name="rows">The evidence, in data order; at least one row.</param>
public sealed class EvaluationResult(EvaluationTask task, ImmutableArray<EvaluatedRow> rows)
{
    /// <summary>What was evaluated.</summary>
    public EvaluationTask Task => task;

    /// <summary>The evidence, in data order.</summary>
    public ImmutableArray<EvaluatedRow> Rows => rows;

    /// <summary>What compared meanings, where anything did.</summary>
    public MeasuredBy MeasuredBy { get; init; } = new(null, null);

    /// <summary>ROUGE-L recall of generated answers, 0 … 1.</summary>
    [field: AllowNull]
    public Measurement Rouge => field ??= Measurement.Mean("ROUGE-L recall", rows.Select(row => row.RougeL));

    /// <summary>Probability per token of the true answer, or relative to wrong answers for multiple choice; 0 … 1.</summary>
    [field: AllowNull]
    public Measurement Probability => field ??= task.MultipleChoice
        ? Metrics.Probability.MeasureNormalized(Losses, WrongLosses)
        : Metrics.Probability.Measure(Losses);

    /// <summary>TOFU's truth ratio in the form for this set, wrong answers averaged as in every published table; 0 … 1.</summary>
    [field: AllowNull]
    public Measurement TruthRatio => field ??= TruthRatioBy(WrongAnswerMean.Geometric);

    /// <summary>The same with wrong answers averaged as the paper's equation says.</summary>
    [field: AllowNull]
    public Measurement TruthRatioArithmetic => field ??= TruthRatioBy(WrongAnswerMean.Arithmetic);

    /// <summary>D(π_ref ‖ πθ) of every row, in nats.</summary>
    /// <exception cref="InvalidOperationException">It was not measured.</exception>
    [field: AllowNull]
    public Measurement Divergence => field ??= Measurement.Mean("KL divergence", rows.Select(row => row.Divergence
        ?? throw new InvalidOperationException($"The divergence on \"{task.Name}\" was not measured; ForgetDivergence does that.")));

    /// <summary>Whether every row has the cleanness of its answer, as the logs of AltPO's authors have on the forget set.</summary>
    public bool HasCleanness => rows.All(row => row.Cleanness is not null);

    /// <summary>Text cleanness, from scores that stand in a log.</summary>
    /// <exception cref="InvalidOperationException">A row has none.</exception>
    [field: AllowNull]
    public Measurement Cleanness => field ??= TextCleanness.Measure([.. rows.Select(row => row.Cleanness
        ?? throw new InvalidOperationException(
            $"Not every answer on \"{task.Name}\" has its cleanness in the log; score the answers with a detector instead."))]);

    /// <summary>The truth ratio as A Closer Look reports it: complemented on a forget set, else <see cref="TruthRatio"/>.</summary>
    [field: AllowNull]
    public Measurement TruthRatioComplemented => field ??= task.ToForget
        ? Metrics.TruthRatio.MeasureForgetComplemented(ReferenceLosses, WrongLosses) : TruthRatio;

    /// <summary>Token entropy of generated answers; null where a row has none.</summary>
    public Measurement? TokenEntropy => Optional("Token entropy", row => row.TokenEntropy);

    /// <summary>Cosine similarity of generated answers and original ones; null where a row has none.</summary>
    public Measurement? CosineSimilarity => Optional("Cosine similarity", row => row.CosineSimilarity);

    /// <summary>Share of rows with entailment, in the set's direction; null where a row was not judged.</summary>
    public Measurement? Entailment => rows.All(row => row.Entailment is not null)
        ? EntailmentScore.Measure(rows.Select(row => row.Entailment!.Value)) : null;

    /// <summary>The generated answers, in data order; an empty text where a log does not say.</summary>
    public ImmutableArray<string> Answers => [.. rows.Select(row => row.Text?.Generated ?? "")];

    /// <summary>s of every row, in data order: the sample that forget quality compares.</summary>
    /// <param name="form">How wrong answers are averaged.</param>
    public ImmutableArray<double> TruthRatios(WrongAnswerMean form = WrongAnswerMean.Geometric) =>
        Metrics.TruthRatio.Ratios(ReferenceLosses, WrongLosses, form);

    private Measurement? Optional(string name, Func<EvaluatedRow, double?> value) =>
        rows.All(row => value(row) is not null) ? Measurement.Mean(name, rows.Select(row => value(row)!.Value)) : null;

    private double[] Losses => [.. rows.Select(row => row.Answer.PerToken)];

    private double[] ReferenceLosses => [.. rows.Select(row => row.Reference.PerToken)];

    private double[][] WrongLosses => [.. rows.Select(row => row.Wrong.Select(loss => loss.PerToken).ToArray())];

    private Measurement TruthRatioBy(WrongAnswerMean form) => task.ToForget
        ? Metrics.TruthRatio.MeasureForget(ReferenceLosses, WrongLosses, form)
        : Metrics.TruthRatio.MeasureOthers(ReferenceLosses, WrongLosses, form);
}
