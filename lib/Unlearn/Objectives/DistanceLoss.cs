using System.Collections.Immutable;
using Unlearn.Numerics;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Objectives;

/// <summary>Diverts a model from earlier answers: their distance to what it would say now is made greater, up to a margin.</summary>
/// <remarks>
/// <para>With vₜ = Σ_w p(w) ê_w the soft embedding at position t of an answer, ê directions of tokens, z and φ(y) means over y:</para>
/// <code>
///   s(v, u) = ⟨v, u⟩ / max(‖v‖, ε)  for ‖u‖ = 1,    d = 1 − s ∈ [0, 2]
///   tokens:    L = E_b (1/|y_b|) Σₜ max(0, m − d(vₜ, ê_{yₜ}))
///   sequence:  L = E_b max(0, m − d(z_b, φ(y_b) / ‖φ(y_b)‖))
///   hidden:    L = E_b (1/|y_b|) Σₜ max(0, m − (1 − cos(hₜ, hₜ of the model before)))
/// </code>
/// <para>
/// Limits: L ∈ [0, m], m where the model is sure of the answers; as long as every d &lt; m it is m minus the mean distance, a negated
/// distance with a floor; 0, with gradient 0, once all d ≥ m. Where directions are nearly orthogonal s is about p(y) / ‖p‖, 0 where the
/// token has lost its mass. Unlike gradient ascent it is bounded. With probabilities near 1 the softmax is saturated and the gradient
/// small, about p (1 − p): optimizers like Adam, or a temperature above 1, get it going.
/// </para>
/// <para>
/// A hidden state can move far without changing what is said: that form alone does not forget, and stands here to show it.
/// </para>
/// <para>After the abstract of Chen et al., 2024, which names a distance and no form of it; form, space and margin are ours.
/// <see href="https://arxiv.org/abs/2404.16841"/></para>
/// </remarks>
/// <param name="Space">What distance is between.</param>
/// <param name="Margin">m, above 0 and at most 2.</param>
/// <param name="Normalised">Whether s is a cosine; otherwise the dot product ⟨v, u⟩, softer. Hidden states always take the cosine.</param>
/// <param name="Temperature">τ of the softmax inside v, positive.</param>
/// <param name="LeastNorm">ε, positive: where p is nearly uniform v is tiny and its direction an accident.</param>
public sealed record DistanceLoss(
    DistanceSpace Space = DistanceSpace.Tokens, double Margin = 0.9, bool Normalised = true, double Temperature = 1,
    double LeastNorm = SoftMean.DefaultLeastNorm) : IObjectiveTerm, IFromPaper
{
    private const double FarthestMargin = 2;

    /// <inheritdoc/>
    public static Paper Source => DialoguePaper.Source;

    /// <summary>m, above 0 and at most 2.</summary>
    public double Margin { get; init => field = Usable(value); } = Usable(Margin);

    /// <summary>τ.</summary>
    public double Temperature { get; init => field = Require.Positive(value, nameof(Temperature)); } = Require.Positive(Temperature);

    /// <summary>ε.</summary>
    public double LeastNorm { get; init => field = Require.Positive(value, nameof(LeastNorm)); } = Require.Positive(LeastNorm);

    /// <summary>A loss whose push ends where the similarity has fallen to a floor: <c>max(0, s − f)</c>, m = 1 − f.</summary>
    /// <remarks>
    /// A floor of .3 to .5 stops about where a model stands that never saw these answers but learnt others like them; 0.1, the usual one,
    /// where it never learnt such answers at all.
    /// </remarks>
    /// <param name="floor">f, from −1 to less than 1.</param>
    /// <param name="space">What distance is between.</param>
    public static DistanceLoss WithFloor(double floor, DistanceSpace space = DistanceSpace.Tokens) => new(space, 1 - floor);

    /// <inheritdoc/>
    public string Name => Space switch
    {
        DistanceSpace.Tokens => "Distance",
        DistanceSpace.Sequence => "Distance(seq)",
        _ => "Distance(hidden)",
    };

    /// <inheritdoc/>
    public ImmutableArray<Need> Needs => Space switch
    {
        DistanceSpace.Sequence => [new(RowGroup.Forget, Soft: new(Temperature))],
        DistanceSpace.Hidden => [new(RowGroup.Forget, Penalty: new(PenaltyKind.Hidden, Margin))],
        _ => [new(RowGroup.Forget, Penalty: new(PenaltyKind.Direction, Margin, Temperature, Normalised ? LeastNorm : null))],
    };

    /// <inheritdoc/>
    public Tensor Loss(BatchScores scores) => Scope.Keep(() =>
    {
        var forget = scores[RowGroup.Forget];
        if (Space != DistanceSpace.Sequence) return (forget.Penalty / forget.Tokens).mean();
        var similarity = SoftEmbedding.Similarity(forget.Soft, forget.Meaning, Normalised ? LeastNorm : null);            // [B]
        return (similarity - (1 - Margin)).relu().mean();
    });

    private static double Usable(double margin) => margin is > 0 and <= FarthestMargin ? margin
        : throw new ArgumentOutOfRangeException(nameof(margin), margin, "Margin should be above 0 and at most 2, the greatest distance.");
}

/// <summary>What a distance is between.</summary>
public enum DistanceSpace
{
    /// <summary>Soft embedding and token, at every token.</summary>
    Tokens,

    /// <summary>The means of both over an answer: nearest to the paper's words, blind to order.</summary>
    Sequence,

    /// <summary>Hidden states of the model and of that before unlearning, at every token.</summary>
    Hidden,
}
