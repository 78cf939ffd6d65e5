using System.Text.Json.Serialization;

namespace Unlearn.Evaluation;

/// <summary>The six numbers that A Closer Look takes of a set, each 0 … 1.</summary>
/// <param name="Set">The set's name.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Rouge">R, ROUGE-L recall.</param>
/// <param name="Probability">P, per token, or relative to wrong answers for multiple choice.</param>
/// <param name="TruthRatio">TR, complemented on forget sets.</param>
/// <param name="TokenEntropy">TE; null where it was not measured.</param>
/// <param name="CosineSimilarity">CS; null where it was not measured.</param>
/// <param name="EntailmentScore">ES; null where it was not judged.</param>
public sealed record CloserLookScores(
    string Set, int Rows, double Rouge, double Probability, double TruthRatio, double? TokenEntropy, double? CosineSimilarity,
    double? EntailmentScore)
{
    /// <summary>The numbers of a result.</summary>
    /// <param name="result">A set's result.</param>
    public static CloserLookScores Of(EvaluationResult result) => new(
        result.Task.Name, result.Rows.Length, result.Rouge.Value, result.Probability.Value, result.TruthRatioComplemented.Value,
        result.TokenEntropy?.Value, result.CosineSimilarity?.Value, result.Entailment?.Value);

    /// <summary>FE of the set, where it is one to forget: 1 − mean(R, P, TR, CS, ES); null where one was not measured.</summary>
    public double? ForgetEfficacy() => (CosineSimilarity, EntailmentScore) is ({ } similarity, { } entailed)
        ? Metrics.ForgetEfficacy.Of(Rouge, Probability, TruthRatio, similarity, entailed) : null;

    /// <summary>R, P, TR, TE, CS, ES where all were measured; else null.</summary>
    [JsonIgnore]
    public IReadOnlyList<double>? All => (TokenEntropy, CosineSimilarity, EntailmentScore) is ({ } entropy, { } similarity, { } entailed)
        ? [Rouge, Probability, TruthRatio, entropy, similarity, entailed] : null;
}

/// <summary>What compared the meanings of answers; a surrogate says so in its name.</summary>
/// <param name="Similarity">The sentence embedder; null where none did, or a log does not say.</param>
/// <param name="Entailment">The entailment judge; null where none did, or a log does not say.</param>
public sealed record MeasuredBy(string? Similarity, string? Entailment);
