using System.Collections.Immutable;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Objectives;

/// <summary>The positive half of AltPO: prefers alternate answers to what the reference thinks of them, and says nothing of the true ones.</summary>
/// <remarks>
/// <para>With r(ỹ) = log πθ(ỹ|x) − log π_ref(ỹ|x) of the alternates:</para>
/// <code>
///   L(θ) = −(2/β) · E[ log σ( β r(ỹ) ) ]
/// </code>
/// <para>
/// <see cref="Npo"/> is the other half. <see cref="Dpo"/> has both under one sigmoid: whichever is won first relieves the other. Apart, each
/// is pressed until it is won itself.
/// </para>
/// <para>Mekala et al., 2024. <see href="https://arxiv.org/abs/2409.13474"/></para>
/// </remarks>
/// <param name="Beta">Inverse temperature β &gt; 0, per nat.</param>
public sealed record PositivePreference(double Beta = 0.1) : IObjectiveTerm, IFromPaper
{
    /// <inheritdoc/>
    public static Paper Source => AltPoPaper.Source;

    /// <summary>Inverse temperature β.</summary>
    public double Beta { get; init => field = Require.Positive(value, nameof(Beta)); } = Require.Positive(Beta);

    /// <inheritdoc/>
    public string Name => "Positive";

    /// <inheritdoc/>
    public ImmutableArray<Need> Needs => [new(RowGroup.Alternate, Reference: true)];

    /// <inheritdoc/>
    public Tensor Loss(BatchScores scores) => Scope.Keep(() =>
        -(2 / Beta) * nn.functional.logsigmoid(Beta * scores[RowGroup.Alternate].LogRatio).mean());
}
