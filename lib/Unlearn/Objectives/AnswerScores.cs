using static TorchSharp.torch;

namespace Unlearn.Objectives;

/// <summary>What an objective sees of a batch of answers: numbers, never a model.</summary>
/// <param name="Policy">log πθ(y | x), summed over the answer's tokens, its end included; [B], carries the gradient.</param>
/// <param name="Reference">log π_ref(y | x) of the model before unlearning; [B], constant.</param>
/// <param name="Tokens">Number of answer tokens; [B].</param>
public readonly record struct AnswerScores(Tensor Policy, Tensor Reference, Tensor Tokens);
