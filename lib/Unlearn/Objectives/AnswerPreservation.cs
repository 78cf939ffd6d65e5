using System.Collections.Immutable;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Objectives;

/// <summary>Answer preservation (AP): on questions to keep, prefers the true answer to the refusal that is taught beside it.</summary>
/// <remarks>
/// <para>With Δ = log πθ(y|x) − log πθ(ỹ|x), y the true answer of a question to keep and ỹ a refusal, both summed over tokens:</para>
/// <code>
///   L(θ) = −(1/β) · E[ log σ(β Δ) ]
///   ∇L   = −E[ W ∇Δ ],   W = σ(−β Δ) = 1 / (1 + (πθ(y|x) / πθ(ỹ|x))^β) ∈ (0, 1)
/// </code>
/// <para>
/// No reference model is read. W fades once the answer is far likelier than the refusal, so that the term acts only where refusals leak.
/// The factor is 1/β where <see cref="Npo"/> and <see cref="Dpo"/> have 2/β; Δ = 0 costs (ln 2)/β.
/// </para>
/// <para>Yuan, Pang, Du, Chen, Zhang, Lin, 2024. <see href="https://arxiv.org/abs/2410.08109"/></para>
/// </remarks>
/// <param name="Beta">Inverse temperature β &gt; 0, per nat; 0.1 in the authors' scripts.</param>
public sealed record AnswerPreservation(double Beta = 0.1) : IAdaptiveTerm, IFromPaper
{
    /// <inheritdoc/>
    public static Paper Source => CloserLookPaper.Source;

    /// <summary>Inverse temperature β.</summary>
    public double Beta { get; init => field = Require.Positive(value, nameof(Beta)); } = Require.Positive(Beta);

    /// <inheritdoc/>
    public string Name => "AP";

    /// <inheritdoc/>
    public RowGroup Weighted => RowGroup.Retain;

    /// <inheritdoc/>
    public ImmutableArray<Need> Needs => [new(RowGroup.Retain), new(RowGroup.RetainAlternate)];

    /// <inheritdoc/>
    public Tensor Loss(BatchScores scores) => Scope.Keep(() => -(1 / Beta) * nn.functional.logsigmoid(Beta * Margin(scores)).mean());

    /// <inheritdoc/>
    public Tensor Weight(BatchScores scores)
    {
        using var _ = no_grad();
        return Scope.Keep(() => (-Beta * Margin(scores)).sigmoid());
    }

    private static Tensor Margin(BatchScores scores) => scores[RowGroup.Retain].Policy - scores[RowGroup.RetainAlternate].Policy;   // [B]
}
