using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Unlearn.Objectives;

/// <summary>Ordinary training on rows to keep (RT), the retain half of "gradient difference".</summary>
/// <remarks>
/// <code>L(θ) = −Σ_b log πθ(y_b | x_b) / Σ_b |y_b|   over retain rows</code>
/// The mean runs over tokens, as in the code of TOFU and NPO.
/// </remarks>
public sealed record RetainLoss : IObjectiveTerm
{
    /// <inheritdoc/>
    public string Name => "RT";

    /// <inheritdoc/>
    public ImmutableArray<Need> Needs => [new(RowGroup.Retain)];

    /// <inheritdoc/>
    public Tensor Loss(BatchScores scores) => scores[RowGroup.Retain].MeanLoss;
}
