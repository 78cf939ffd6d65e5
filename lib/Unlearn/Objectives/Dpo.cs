using System.Collections.Immutable;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Objectives;

/// <summary>Direct Preference Optimization (DPO) for unlearning: prefers a refusal to the true answer.</summary>
/// <remarks>
/// <para>With r = log πθ − log π_ref of whole answers, ỹ the refusal and y the answer to forget:</para>
/// <code>
///   L(θ) = −(2/β) · E[ log σ( β r(ỹ) − β r(y) ) ]
///   ∇L   = E[ W ∇(log πθ(y) − log πθ(ỹ)) ],   W = 2 σ( β r(y) − β r(ỹ) ) ∈ (0, 2)
/// </code>
/// <para>The text of NPO has 1/β where its code has 2/β, which makes it begin with the slope of gradient ascent as NPO does.</para>
/// <para>Rafailov et al., 2023, as used by NPO. <see href="https://arxiv.org/abs/2305.18290"/></para>
/// </remarks>
/// <param name="Beta">Inverse temperature β &gt; 0, per nat.</param>
/// <param name="PaperScale">Whether the factor is the paper's 1/β instead of the code's 2/β; W halves too.</param>
public sealed record Dpo(double Beta = 0.1, bool PaperScale = false) : IAdaptiveTerm, IFromPaper
{
    /// <inheritdoc/>
    public static Paper Source { get; } = new("DPO",
        "Direct Preference Optimization: Your Language Model is Secretly a Reward Model", 2023, "https://arxiv.org/abs/2305.18290");

    /// <summary>Inverse temperature β.</summary>
    public double Beta { get; init => field = Require.Positive(value, nameof(Beta)); } = Require.Positive(Beta);

    /// <inheritdoc/>
    public string Name => "DPO";

    /// <inheritdoc/>
    public ImmutableArray<Need> Needs => [new(RowGroup.Forget, Reference: true), new(RowGroup.Alternate, Reference: true)];

    private double Scale => PaperScale ? 1 : 2;

    /// <inheritdoc/>
    public Tensor Loss(BatchScores scores) => Scope.Keep(() => -(Scale / Beta) * nn.functional.logsigmoid(Margin(scores)).mean());

    /// <inheritdoc/>
    public Tensor Weight(BatchScores scores)
    {
        using var _ = no_grad();
        return Scope.Keep(() => Scale * (-Margin(scores)).sigmoid());
    }

    private Tensor Margin(BatchScores scores) => Beta * (scores[RowGroup.Alternate].LogRatio - scores[RowGroup.Forget].LogRatio);   // [B]
}
