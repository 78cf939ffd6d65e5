using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Unlearn.Objectives;

/// <summary>Teaches answers of other questions in place of the answers to forget: the random-answer half of LLMU.</summary>
/// <remarks>
/// <code>L(θ) = −Σ log πθ(y′ | x) / Σ |y′|   over questions x to forget with answers y′ of the rows to keep beside them</code>
/// <para>
/// LLMU draws a random answer each time; the code of A Closer Look, whose form this is, takes the one of the retain row that is paired with
/// the row to forget.
/// </para>
/// <para>Yao, Xu, Liu, 2023. <see href="https://arxiv.org/abs/2310.10683"/></para>
/// </remarks>
public sealed record MismatchLoss : IObjectiveTerm, IFromPaper
{
    /// <inheritdoc/>
    public static Paper Source { get; } = new("LLMU", "Large Language Model Unlearning", 2023, "https://arxiv.org/abs/2310.10683");

    /// <inheritdoc/>
    public string Name => "Mismatch";

    /// <inheritdoc/>
    public ImmutableArray<Need> Needs => [new(RowGroup.Mismatch)];

    /// <inheritdoc/>
    public Tensor Loss(BatchScores scores) => scores[RowGroup.Mismatch].MeanLoss;
}
