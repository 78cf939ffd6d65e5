using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Unlearn.Objectives;

/// <summary>Unlikelihood: gradient ascent that ends by itself, since the logarithm is of what a token's probability leaves.</summary>
/// <remarks>
/// <code>L(θ) = −E_b (1/|y_b|) Σₜ log(1 − p(yₜ))</code>
/// <para>At least 0; its gradient by the logit of yₜ is p, whole where the model is sure and fading with p.</para>
/// <para>Welleck et al., 2019. <see href="https://arxiv.org/abs/1908.04319"/></para>
/// </remarks>
public sealed record UnlikelihoodLoss : IObjectiveTerm, IFromPaper
{
    /// <inheritdoc/>
    public static Paper Source { get; } =
        new("Unlikelihood", "Neural Text Generation with Unlikelihood Training", 2019, "https://arxiv.org/abs/1908.04319");

    /// <inheritdoc/>
    public string Name => "UL";

    /// <inheritdoc/>
    public ImmutableArray<Need> Needs => [new(RowGroup.Forget, Penalty: new(PenaltyKind.Unlikelihood))];

    /// <inheritdoc/>
    public Tensor Loss(BatchScores scores) =>
        AnswerReduction.TokenMeans.Of(scores[RowGroup.Forget].Penalty, scores[RowGroup.Forget].Tokens);
}
