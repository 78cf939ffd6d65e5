using System.Collections.Immutable;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Objectives;

/// <summary>Negative Preference Optimization (NPO): gradient ascent that fades on answers already forgotten.</summary>
/// <remarks>
/// <para>With r = log πθ(y|x) − log π_ref(y|x), summed over the answer's tokens:</para>
/// <code>
///   L(θ) = −(2/β) · E[ log σ(−β r) ]
///   ∇L   = E[ W ∇log πθ(y|x) ],   W = 2 σ(β r) ∈ (0, 2)
/// </code>
/// <para>Limits: r = 0 gives (2/β) ln 2 and the gradient of gradient ascent on sums; β → 0 has that gradient everywhere; L ≥ 0.</para>
/// <para>Zhang, Lin, Bai, Mei, 2024. <see href="https://arxiv.org/abs/2404.05868"/></para>
/// </remarks>
/// <param name="Beta">Inverse temperature β &gt; 0, per nat; 0.1 in the paper's TOFU experiments.</param>
public sealed record Npo(double Beta = 0.1) : IAdaptiveTerm, IFromPaper
{
    /// <inheritdoc/>
    public static Paper Source { get; } = new("NPO",
        "Negative Preference Optimization: From Catastrophic Collapse to Effective Unlearning", 2024, "https://arxiv.org/abs/2404.05868");

    /// <summary>Inverse temperature β.</summary>
    public double Beta { get; init => field = Require.Positive(value, nameof(Beta)); } = Require.Positive(Beta);

    /// <inheritdoc/>
    public string Name => "NPO";

    /// <inheritdoc/>
    public ImmutableArray<Need> Needs => [new(RowGroup.Forget, Reference: true)];

    /// <inheritdoc/>
    public Tensor Loss(BatchScores scores) => Scope.Keep(() =>
        -(2 / Beta) * nn.functional.logsigmoid(-Beta * scores[RowGroup.Forget].LogRatio).mean());

    /// <inheritdoc/>
    public Tensor Weight(BatchScores scores)
    {
        using var _ = no_grad();
        return Scope.Keep(() => 2 * (Beta * scores[RowGroup.Forget].LogRatio).sigmoid());
    }
}
