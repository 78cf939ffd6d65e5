using System.Collections.Immutable;
using Unlearn.Metrics.Meaning;

namespace Unlearn.Evaluation;

/// <summary>What a model makes of one row: everything that the metrics of a set are computed from.</summary>
/// <param name="Answer">The true answer.</param>
/// <param name="Reference">The answer that the truth ratio treats as right: the paraphrase, or the true answer itself.</param>
/// <param name="Wrong">The wrong answers, in data order; at least one.</param>
/// <param name="RougeL">ROUGE-L recall of the generated answer, 0 … 1.</param>
public sealed record EvaluatedRow(AnswerLoss Answer, AnswerLoss Reference, ImmutableArray<AnswerLoss> Wrong, double RougeL)
{
    /// <summary>ROUGE-1 recall of the generated answer, 0 … 1; null where a log does not say.</summary>
    public double? Rouge1 { get; init; }

    /// <summary>The texts; null where a log does not say.</summary>
    public GeneratedText? Text { get; init; }

    /// <summary>P(clean) of the generated answer as a gibberish detector scored it, 0 … 1; null where a log does not say.</summary>
    public double? Cleanness { get; init; }

    /// <summary>Token entropy of the generated answer, 0 … 1; null where it was not measured.</summary>
    public double? TokenEntropy { get; init; }

    /// <summary>Cosine similarity of the generated answer and the original one, 0 … 1; null where it was not measured.</summary>
    public double? CosineSimilarity { get; init; }

    /// <summary>What follows from what, in the set's direction; null where it was not judged.</summary>
    public EntailmentLabel? Entailment { get; init; }

    /// <summary>D(π_ref ‖ πθ), a mean over positions in nats; null where it was not measured.</summary>
    public double? Divergence { get; init; }
}

/// <summary>A generated answer beside the true one.</summary>
/// <param name="Prompt">The question, in published logs with the markup around it.</param>
/// <param name="Generated">What the model answers.</param>
/// <param name="Truth">The true answer.</param>
public sealed record GeneratedText(string Prompt, string Generated, string Truth)
{
    /// <summary>The longer answer that meaning is compared with, where the true one is short; null for the true one.</summary>
    public string? Original { get; init; }
}
