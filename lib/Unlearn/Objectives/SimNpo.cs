using System.Collections.Immutable;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Objectives;

/// <summary>Simple NPO (SimNPO): negative preference without a reference model, on the loss per token.</summary>
/// <remarks>
/// <para>With ℓ = −log πθ(y|x) / |y|, the mean loss of an answer's tokens:</para>
/// <code>
///   L(θ) = −(2/β) · E[ log σ( β (ℓ − δ) ) ]
///   ∇L   = E[ W ∇log πθ(y|x) ],   W = (2/|y|) σ( β (δ − ℓ) )
/// </code>
/// <para>
/// The form and numbers are those of OpenUnlearning, which weighs the term by 0.125 beside a retain term of weight 1: β = 4.5, δ = 0. The
/// paper writes γ/β for δ.
/// </para>
/// <para>Fan, Liu, Lin, Jia, Zhang, Mei, Liu, 2024. <see href="https://arxiv.org/abs/2410.07163"/></para>
/// </remarks>
/// <param name="Beta">Inverse temperature β &gt; 0, per nat.</param>
/// <param name="Delta">δ, the loss per token above which an answer begins to count as forgotten, in nats.</param>
public sealed record SimNpo(double Beta = 4.5, double Delta = 0) : IAdaptiveTerm, IFromPaper
{
    /// <inheritdoc/>
    public static Paper Source { get; } = new("SimNPO",
        "Simplicity Prevails: Rethinking Negative Preference Optimization for LLM Unlearning", 2024, "https://arxiv.org/abs/2410.07163");

    /// <summary>Inverse temperature β.</summary>
    public double Beta { get; init => field = Require.Positive(value, nameof(Beta)); } = Require.Positive(Beta);

    /// <summary>δ.</summary>
    public double Delta { get; init => field = Require.NotNegative(value, nameof(Delta)); } = Require.NotNegative(Delta);

    /// <inheritdoc/>
    public string Name => "SimNPO";

    /// <inheritdoc/>
    public ImmutableArray<Need> Needs => [new(RowGroup.Forget)];

    /// <inheritdoc/>
    public Tensor Loss(BatchScores scores) => Scope.Keep(() =>
        -(2 / Beta) * nn.functional.logsigmoid(Margin(scores[RowGroup.Forget])).mean());

    /// <inheritdoc/>
    public Tensor Weight(BatchScores scores)
    {
        using var _ = no_grad();
        var forget = scores[RowGroup.Forget];
        return Scope.Keep(() => 2 * (-Margin(forget)).sigmoid() / forget.Tokens);
    }

    private Tensor Margin(AnswerScores forget) => Beta * (-forget.Policy / forget.Tokens - Delta);              // [B]
}
