using System.Collections.Immutable;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Objectives;

/// <summary>Maximising entropy (ME): makes next-token distributions on rows to forget uniform, as a random model's nearly are.</summary>
/// <remarks>
/// <code>
///   L(θ) = Σ_b Σ_t D_bt / number of positions
///   code:   D = D(uniform ‖ πθ) = −ln V − (1/V) Σᵥ ln( πθ(v) + 10⁻¹² )
///   paper:  D = D(πθ ‖ uniform) = ln V − H(πθ)
/// </code>
/// <para>
/// The directions are not alike: that of the code counts all tokens alike and pushes hardest on what is least likely, that of the paper
/// counts what is likely. Nor are the positions: the paper takes question and answer, the code all positions of a row filled up to 500
/// tokens, nearly nine in ten of them fill-up, where the authors' flash attention makes all distributions one. So the same weight pulls
/// seven or eight times as hard on real tokens without padding.
/// </para>
/// <para>No reference model is read. Bounded: at best 0 (−10⁻¹² V and less with the floor), when every distribution is uniform.</para>
/// <para>Yuan, Pang, Du, Chen, Zhang, Lin, 2024. <see href="https://arxiv.org/abs/2410.08109"/></para>
/// </remarks>
/// <param name="Direction">Which distribution takes the expectation.</param>
/// <param name="Positions">
/// <see cref="KlPositions.PaddedFlash"/> is the code, <see cref="KlPositions.Tokens"/> the paper, <see cref="KlPositions.Answers"/> answers
/// alone, <see cref="KlPositions.Padded"/> the code without flash attention.
/// </param>
public sealed record MaximumEntropy(
    MeKl Direction = MeKl.UniformForward, KlPositions Positions = KlPositions.PaddedFlash) : IObjectiveTerm, IFromPaper
{
    /// <inheritdoc/>
    public static Paper Source => CloserLookPaper.Source;

    /// <inheritdoc/>
    public string Name => "ME";

    /// <inheritdoc/>
    public ImmutableArray<Need> Needs => [new(RowGroup.Forget, Uniform: new(Direction, Positions))];

    /// <inheritdoc/>
    public Tensor Loss(BatchScores scores) => Scope.Keep(() =>
        scores[RowGroup.Forget].Uniform.sum() / scores[RowGroup.Forget].UniformPositions.sum());
}
