using System.Collections.Immutable;
using Unlearn.Numerics;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Objectives;

/// <summary>Leads a model to expected answers: to the mean of a cluster of them in the space of token directions, and to members.</summary>
/// <remarks>
/// <para>With ỹ drawn from the cluster of the question, μ the cluster's mean of φ, z the mean soft embedding over ỹ:</para>
/// <code>L(θ) = E_b[ 1 − ⟨z_b, μ_b⟩ / (max(‖z_b‖, ε) ‖μ_b‖) ] − ρ · E_b[ log πθ(ỹ_b | x_b) / |ỹ_b| ]</code>
/// <para>
/// The first part is 0 where z is parallel to μ and at most 2; it knows no order of words, so with ρ = 0, the abstract taken literally,
/// answers are the cluster's words in a heap. Over many draws the second is the cross entropy to the mean of the cluster's answers,
/// position by position: a mean in the space of distributions. Random mismatch is its special case of one cluster of all ordinary answers.
/// </para>
/// <para>After the abstract of Chen et al., 2024, which names a cluster's mean and no form of it; the form is ours.
/// <see href="https://arxiv.org/abs/2404.16841"/></para>
/// </remarks>
/// <param name="Rho">ρ ≥ 0, the weight of the drawn member.</param>
/// <param name="Temperature">τ of the softmax inside z, positive.</param>
/// <param name="LeastNorm">ε, positive.</param>
public sealed record ClusterMeanLoss(double Rho = 0.5, double Temperature = 1, double LeastNorm = SoftMean.DefaultLeastNorm)
    : IObjectiveTerm, IFromPaper
{
    /// <inheritdoc/>
    public static Paper Source => DialoguePaper.Source;

    /// <summary>ρ.</summary>
    public double Rho { get; init => field = Require.NotNegative(value, nameof(Rho)); } = Require.NotNegative(Rho);

    /// <summary>τ.</summary>
    public double Temperature { get; init => field = Require.Positive(value, nameof(Temperature)); } = Require.Positive(Temperature);

    /// <summary>ε.</summary>
    public double LeastNorm { get; init => field = Require.Positive(value, nameof(LeastNorm)); } = Require.Positive(LeastNorm);

    /// <inheritdoc/>
    public string Name => Rho == 0 ? "Centroid" : "Cluster";

    /// <inheritdoc/>
    public ImmutableArray<Need> Needs => [new(RowGroup.Alternate, Soft: new(Temperature, Centroid: true))];

    /// <inheritdoc/>
    public Tensor Loss(BatchScores scores) => Scope.Keep(() =>
    {
        var expected = scores[RowGroup.Alternate];
        var centroid = 1 - SoftEmbedding.Similarity(expected.Soft, expected.Centroid, LeastNorm).mean();
        return Rho == 0 ? centroid : centroid - Rho * AnswerReduction.TokenMeans.Of(expected.Policy, expected.Tokens);
    });
}
