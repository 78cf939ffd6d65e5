using Unlearn.Objectives;
using static TorchSharp.torch;

namespace Unlearn.Tests.Objectives;

/// <summary>Batches of made-up scores.</summary>
internal static class Scores
{
    internal static AnswerScores Of(Tensor policy, double[] reference, double[] tokens) =>
        new(policy, tensor(tokens)) { Reference = tensor(reference) };

    internal static BatchScores Forget(Tensor policy, double[] reference, double[] tokens) =>
        new() { [RowGroup.Forget] = Of(policy, reference, tokens) };

    /// <summary>Every group with every kind of number; one tensor [4 · B] holds the policy's scores and the divergences, group by group.</summary>
    internal static BatchScores All(Tensor policy, double[] reference, double[] tokens)
    {
        var B = reference.Length;
        AnswerScores Group(int index) => new(policy.narrow(0, index * B, B), tensor(tokens))
        {
            Reference = tensor(reference),
            Divergence = policy.narrow(0, (3 - index) * B, B),
            Positions = tensor(tokens),
            Uniform = policy.narrow(0, (3 - index) * B, B),
            UniformPositions = tensor(tokens),
        };
        return new()
        {
            [RowGroup.Forget] = Group(0),
            [RowGroup.Alternate] = Group(1),
            [RowGroup.Retain] = Group(2),
            [RowGroup.RetainAlternate] = Group(3),
            [RowGroup.Mismatch] = Group(1),
        };
    }
}
