using System.Collections.Immutable;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Objectives;

/// <summary>Teaches refusals in place of the answers to forget (IDK, "FG" in NPO's table of weights).</summary>
/// <remarks>
/// <code>
///   separate:  L(θ) = −Σ log πθ(ỹ | x) / Σ |ỹ|                         over refusals of the questions to forget
///   pooled:    L(θ) = −(Σ log πθ(ỹ | x) + Σ log πθ(y | x)) / (Σ |ỹ| + Σ |y|)   over refusals and retain rows together
/// </code>
/// <para>
/// The paper adds the two means with equal weight (separate, plus <see cref="RetainLoss"/>); the code of TOFU and NPO concatenates the
/// batches and takes one token mean (pooled), so that refusals, which are short, weigh less.
/// </para>
/// <para>Maini et al., 2024. <see href="https://arxiv.org/abs/2401.06121"/></para>
/// </remarks>
/// <param name="Pooled">Whether retain rows share the mean.</param>
public sealed record AlternateLoss(bool Pooled = false) : IObjectiveTerm, IFromPaper
{
    /// <inheritdoc/>
    public static Paper Source { get; } =
        new("IDK", "TOFU: A Task of Fictitious Unlearning for LLMs", 2024, "https://arxiv.org/abs/2401.06121");

    /// <inheritdoc/>
    public string Name => Pooled ? "IDK+RT" : "IDK";

    /// <inheritdoc/>
    public ImmutableArray<Need> Needs => Pooled ? [new(RowGroup.Alternate), new(RowGroup.Retain)] : [new(RowGroup.Alternate)];

    /// <inheritdoc/>
    public Tensor Loss(BatchScores scores) => Scope.Keep(() =>
    {
        var refusals = scores[RowGroup.Alternate];
        if (!Pooled) return refusals.MeanLoss;
        var retain = scores[RowGroup.Retain];
        return -(refusals.Policy.sum() + retain.Policy.sum()) / (refusals.Tokens.sum() + retain.Tokens.sum());
    });
}
