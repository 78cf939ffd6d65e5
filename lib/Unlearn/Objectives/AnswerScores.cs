using System.Diagnostics.CodeAnalysis;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Objectives;

/// <summary>What an objective sees of a group of answers: numbers, never a model.</summary>
/// <param name="Policy">log πθ(y | x), summed over the answer's tokens, its end included; [B], carries the gradient.</param>
/// <param name="Tokens">|y|, number of answer tokens; [B].</param>
public sealed record AnswerScores(Tensor Policy, Tensor Tokens)
{
    /// <summary>log π_ref(y | x) of the model before unlearning; [B], constant.</summary>
    [field: AllowNull]
    public Tensor Reference { get => field ?? throw Missing("log π_ref"); init; }

    /// <summary>Divergence from the reference, summed over <see cref="Positions"/>; [B], carries the gradient.</summary>
    [field: AllowNull]
    public Tensor Divergence { get => field ?? throw Missing("divergence from the reference"); init; }

    /// <summary>Number of positions that <see cref="Divergence"/> sums over; [B].</summary>
    [field: AllowNull]
    public Tensor Positions { get => field ?? throw Missing("divergence from the reference"); init; }

    /// <summary>Divergence from or to uniformity, summed over <see cref="UniformPositions"/>; [B], carries the gradient.</summary>
    [field: AllowNull]
    public Tensor Uniform { get => field ?? throw Missing("divergence from the uniform distribution"); init; }

    /// <summary>Number of positions that <see cref="Uniform"/> sums over; [B].</summary>
    [field: AllowNull]
    public Tensor UniformPositions { get => field ?? throw Missing("divergence from the uniform distribution"); init; }

    /// <summary>The penalty on tokens, summed over the answer's; [B], carries the gradient.</summary>
    [field: AllowNull]
    public Tensor Penalty { get => field ?? throw Missing("penalty on tokens"); init; }

    /// <summary>z, the mean soft embedding of the answer; [B, D], carries the gradient.</summary>
    [field: AllowNull]
    public Tensor Soft { get => field ?? throw Missing("soft embedding"); init; }

    /// <summary>φ(y), the mean direction of the answer's tokens, which z is where the model is sure of them; [B, D], constant.</summary>
    [field: AllowNull]
    public Tensor Meaning { get => field ?? throw Missing("soft embedding"); init; }

    /// <summary>μ, the mean of φ over the cluster of answers that this one belongs to; [B, D], constant.</summary>
    [field: AllowNull]
    public Tensor Centroid { get => field ?? throw Missing("cluster's mean"); init; }

    /// <summary>r = log πθ(y|x) − log π_ref(y|x); [B].</summary>
    public Tensor LogRatio => Policy - Reference;

    /// <summary>−Σ log πθ / Σ |y|: the mean over tokens, not over answers.</summary>
    public Tensor MeanLoss => Scope.Keep(() => -Policy.sum() / Tokens.sum());                  // []

    private static InvalidOperationException Missing(string what) =>
        new($"This batch carries no {what} of these answers: an objective that reads them should say so in its Needs.");
}
