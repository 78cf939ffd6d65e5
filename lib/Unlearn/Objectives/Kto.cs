using System.Collections.Immutable;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Objectives;

/// <summary>Kahneman-Tversky Optimization (KTO) for unlearning: pushes answers below a reference point set by refusals.</summary>
/// <remarks>
/// <para>With r = log πθ(y|x) − log π_ref(y|x) of the answers to forget, and z the mean of log π_θ(ỹ|x) − log π_ref(ỹ|x) over refusals of
/// the same questions, without gradient:</para>
/// <code>
///   log-sigmoid:  L(θ) = 1 − (2/β) · E[ log σ(z − β r) ]          the code's form
///   sigmoid:      L(θ) = 1 − (2/β) · E[ σ(z − β r) ]              in the code, unused
///   paper:        L(θ) =   − (2/β) · E[ log σ(β z − β r) ]
/// </code>
/// <para>W = 2 σ(β r − z) for the log-sigmoid, 2 σ(β r − βz) for the paper's, 2 σ (1 − σ) of the argument for the sigmoid.
/// z is an estimate of a divergence and, as in the code, not held above 0.</para>
/// <para>Ethayarajh et al., 2024, as used by NPO. <see href="https://arxiv.org/abs/2402.01306"/></para>
/// </remarks>
/// <param name="Beta">Inverse temperature β &gt; 0, per nat.</param>
/// <param name="Form">Which of the three.</param>
public sealed record Kto(double Beta = 0.1, KtoForm Form = KtoForm.LogSigmoid) : IAdaptiveTerm, IFromPaper
{
    /// <inheritdoc/>
    public static Paper Source { get; } =
        new("KTO", "KTO: Model Alignment as Prospect Theoretic Optimization", 2024, "https://arxiv.org/abs/2402.01306");

    /// <summary>Inverse temperature β.</summary>
    public double Beta { get; init => field = Require.Positive(value, nameof(Beta)); } = Require.Positive(Beta);

    /// <inheritdoc/>
    public string Name => "KTO";

    /// <inheritdoc/>
    public ImmutableArray<Need> Needs => [new(RowGroup.Forget, Reference: true), new(RowGroup.Alternate, Reference: true)];

    /// <inheritdoc/>
    public Tensor Loss(BatchScores scores) => Scope.Keep(() =>
    {
        var margin = Margin(scores);
        var value = Form == KtoForm.Sigmoid ? margin.sigmoid() : nn.functional.logsigmoid(margin);
        return (Form == KtoForm.Paper ? 0 : 1) - 2 / Beta * value.mean();
    });

    /// <inheritdoc/>
    public Tensor Weight(BatchScores scores)
    {
        using var _ = no_grad();
        return Scope.Keep(() =>
        {
            var margin = Margin(scores);
            return 2 * (Form == KtoForm.Sigmoid ? margin.sigmoid() * (-margin).sigmoid() : (-margin).sigmoid());
        });
    }

    private Tensor Margin(BatchScores scores)
    {
        var z = scores[RowGroup.Alternate].LogRatio.detach().mean();                       // []
        return (Form == KtoForm.Paper ? Beta * z : z) - Beta * scores[RowGroup.Forget].LogRatio;
    }
}

/// <summary>The forms of <see cref="Kto"/>.</summary>
public enum KtoForm
{
    /// <summary>1 − (2/β) E log σ(z − β r).</summary>
    LogSigmoid,

    /// <summary>1 − (2/β) E σ(z − β r).</summary>
    Sigmoid,

    /// <summary>−(2/β) E log σ(β z − β r).</summary>
    Paper,
}
