using System.Collections.Immutable;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Objectives;

/// <summary>Holds the model near the reference on some rows (KL).</summary>
/// <remarks>
/// <code>L(θ) = Σ_b Σ_t D(π_ref ‖ πθ)(x_b, y_b, t) / number of positions</code>
/// <para>
/// The text of NPO writes D(πθ ‖ π_ref) of whole answers; its code, like TOFU's, takes D(π_ref ‖ πθ) of the next-token distributions and
/// averages over every position of the padded batch. The code's form is the default.
/// </para>
/// </remarks>
/// <param name="Rows">The rows; retain rows in every published method.</param>
/// <param name="Kind">Direction and positions.</param>
public sealed record DivergenceLoss(RowGroup Rows = RowGroup.Retain, Divergence Kind = default) : IObjectiveTerm
{
    /// <inheritdoc/>
    public string Name => Rows == RowGroup.Forget ? "FKL" : "KL";

    /// <inheritdoc/>
    public ImmutableArray<Need> Needs => [new(Rows, Divergence: Kind)];

    /// <inheritdoc/>
    public Tensor Loss(BatchScores scores) => Scope.Keep(() => scores[Rows].Divergence.sum() / scores[Rows].Positions.sum());
}
