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

    /// <summary>Every group with every kind of number; one tensor [4 · B] holds all that has a gradient, group by group.</summary>
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
            Penalty = policy.narrow(0, (3 - index) * B, B),
            Soft = Vectors(policy.narrow(0, index * B, B)),
            Meaning = Vectors(tensor(tokens)),
            Centroid = Vectors(tensor(reference)),
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

    /// <summary>A vector for each number, [B] → [B, 3], that turns with it.</summary>
    private static Tensor Vectors(Tensor numbers) => stack([numbers.cos(), numbers.sin(), numbers * 0.1 + 0.5], 1);
}
