using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Numerics;

/// <summary>Where a distribution over the vocabulary points in the space of token embeddings.</summary>
/// <remarks>
/// Hot path of the distance losses. For N positions, V tokens and D dimensions: 2·N·V·D floating-point operations forward and as many
/// back, since directions are constant: two thirds of the head's. Read are N·V probabilities and V·D directions, written N·D numbers.
/// </remarks>
public static class SoftEmbedding
{
    /// <summary>v = Σ_w p(w) ê_w,  p = softmax(z / τ): the expected direction of the next token, position by position.</summary>
    /// <param name="logits">z, [N, V].</param>
    /// <param name="directions">ê, [V, D].</param>
    /// <param name="temperature">τ, positive; above 1 it gives unlikely tokens a share in the gradient.</param>
    /// <returns>[N, D].</returns>
    public static Tensor Of(Tensor logits, Tensor directions, double temperature = 1)
    {
        logits.Expect([TensorShapes.Any, TensorShapes.Any]);
        directions.Expect([logits.shape[1], TensorShapes.Any]);
        return Scope.Keep(() =>
        {
            var wide = logits.Wide();
            return (temperature == 1 ? wide : wide / temperature).softmax(-1).to(directions.dtype).matmul(directions).Wide();
        });
    }

    /// <summary>s = ⟨v, u⟩ / max(‖v‖, ε) with u = t / ‖t‖, row by row: the cosine, but for vectors shorter than ε.</summary>
    /// <remarks>The floor holds the gradient at most 1/ε: where p is nearly uniform v is tiny and its direction an accident.</remarks>
    /// <param name="vectors">v, [N, D].</param>
    /// <param name="targets">t, [N, D]; the gradient does not enter them.</param>
    /// <param name="leastNorm">ε, positive; null for ⟨v, u⟩, about p of the target where directions are orthogonal.</param>
    /// <returns>[N], from −1 to 1 but for rounding; 0 where a target is 0.</returns>
    public static Tensor Similarity(Tensor vectors, Tensor targets, double? leastNorm)
    {
        vectors.Expect([TensorShapes.Any, TensorShapes.Any]);
        targets.Expect(vectors.shape);
        return Scope.Keep(() =>
        {
            var wide = vectors.Wide();
            var dot = (wide * Unit(targets.detach().Wide())).sum(-1);
            return leastNorm is { } least ? dot / wide.norm(1).clamp_min(least) : dot;
        });
    }

    /// <summary>t / ‖t‖, row by row; 0 stays 0.</summary>
    /// <param name="vectors">t, [N, D].</param>
    /// <returns>[N, D].</returns>
    public static Tensor Unit(Tensor vectors) => Scope.Keep(() => vectors / vectors.norm(1, keepdim: true).clamp_min(Tiny));

    private const double Tiny = 1e-30;
}
