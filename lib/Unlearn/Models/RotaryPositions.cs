using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>Rotary position embedding: turns each pair of a head's numbers by an angle proportional to the position.</summary>
/// <remarks>
/// <code>
///   ωᵢ = θ^(−2i/D),  i &lt; D/2
///   (xᵢ, xᵢ₊D/2) → (xᵢ cos tωᵢ − xᵢ₊D/2 sin tωᵢ,  xᵢ₊D/2 cos tωᵢ + xᵢ sin tωᵢ)
/// </code>
/// Pairs are halves apart, as in Hugging Face's Llama, not neighbours as in the paper; the two differ by a fixed order of rows in
/// the query and key matrices. Su et al., 2021. <see href="https://arxiv.org/abs/2104.09864"/>
/// </remarks>
/// <param name="Cosine">[T, 1, D/2], or [B, T, 1, D/2] where rows differ.</param>
/// <param name="Sine">As <paramref name="Cosine"/>.</param>
public readonly record struct RotaryPositions(Tensor Cosine, Tensor Sine)
{
    /// <summary>The angles of a run of positions.</summary>
    /// <param name="start">First position.</param>
    /// <param name="count">T.</param>
    /// <param name="headWidth">D.</param>
    /// <param name="theta">θ.</param>
    /// <param name="like">A tensor of the element type and device in which they are needed.</param>
    public static RotaryPositions For(long start, long count, long headWidth, double theta, Tensor like)
    {
        using var scope = NewDisposeScope();
        return At(arange(start, start + count, 1, dtype: float64, device: like.device), headWidth, theta, like);
    }

    /// <summary>The angles of tokens that stand anywhere.</summary>
    /// <param name="positions">[B, T].</param>
    /// <param name="headWidth">D.</param>
    /// <param name="theta">θ.</param>
    /// <param name="like">A tensor of the element type and device in which they are needed.</param>
    public static RotaryPositions For(Tensor positions, long headWidth, double theta, Tensor like)
    {
        using var scope = NewDisposeScope();
        return At(positions.to(float64), headWidth, theta, like);
    }

    // Both results move to the scope around the caller's.
    private static RotaryPositions At(Tensor positions, long headWidth, double theta, Tensor like)
    {
        var exponents = arange(0, headWidth, 2, dtype: float64, device: like.device) / -(double)headWidth;    // [D/2]
        var angles = (positions.unsqueeze(-1) * pow(theta, exponents)).unsqueeze(-2);                        // [(B,) T, 1, D/2]
        return new(
            angles.cos().to(like.dtype).MoveToOuterDisposeScope(),
            angles.sin().to(like.dtype).MoveToOuterDisposeScope());
    }

    /// <summary>[B, T, H, D] → [B, T, H, D].</summary>
    public Tensor Rotate(Tensor x)
    {
        var (cosine, sine) = (Cosine, Sine);
        return Scope.Keep(() =>
        {
            var halves = x.chunk(2, -1);
            var (a, b) = (halves[0], halves[1]);
            return cat([a * cosine - b * sine, b * cosine + a * sine], -1);
        });
    }
}
