using System.Collections.Immutable;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Objectives;

/// <summary>Gradient ascent (GA): makes the answers to forget less likely, without bound.</summary>
/// <remarks>
/// <code>L(θ) = Σ_b log πθ(y_b | x_b) / Σ_b |y_b|</code>
/// <para>The mean runs over the tokens of the batch, as in TOFU's and NPO's code, not over answers. Unbounded below: the model collapses
/// when it is followed for long.</para>
/// <para>Jang et al., 2022. <see href="https://arxiv.org/abs/2210.01504"/></para>
/// </remarks>
public sealed record GradientAscent : IObjectiveTerm, IFromPaper
{
    /// <inheritdoc/>
    public static Paper Source { get; } =
        new("GA", "Knowledge Unlearning for Mitigating Privacy Risks in Language Models", 2022, "https://arxiv.org/abs/2210.01504");

    /// <inheritdoc/>
    public string Name => "GA";

    /// <inheritdoc/>
    public ImmutableArray<Need> Needs => [new(RowGroup.Forget)];

    /// <inheritdoc/>
    public Tensor Loss(BatchScores scores) => Scope.Keep(() => -scores[RowGroup.Forget].MeanLoss);
}
