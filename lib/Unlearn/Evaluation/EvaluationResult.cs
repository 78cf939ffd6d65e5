using System.Collections.Immutable;
using Unlearn.Metrics;

namespace Unlearn.Evaluation;

/// <summary>A model's metrics on one set, with the evidence.</summary>
/// <param name="Set">What was evaluated on.</param>
/// <param name="Rouge">ROUGE-L recall of greedy answers, 0 … 1.</param>
/// <param name="Probability">Probability per token of the true answer, or relative to wrong answers for multiple choice; 0 … 1.</param>
/// <param name="TruthRatio">TOFU's truth ratio in the form for this set, 0 … 1.</param>
/// <param name="Answers">The greedy answers, in data order.</param>
public sealed record EvaluationResult(
    EvaluationSet Set, Measurement Rouge, Measurement Probability, Measurement TruthRatio, ImmutableArray<string> Answers);
