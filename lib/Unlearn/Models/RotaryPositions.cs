using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>Which rotary frequencies a model has.</summary>
/// <param name="Theta">θ, base of the frequencies.</param>
/// <param name="Width">R, how many numbers of a head are turned: all D, or fewer where rotation is partial; even.</param>
/// <param name="Scaling">How the frequencies are changed; null for not at all.</param>
public sealed record Rope(double Theta, long Width, RopeScaling? Scaling = null)
{
    /// <summary>Returns the frequencies' description when it makes sense.</summary>
    /// <exception cref="ArgumentException">It does not; the message says why.</exception>
    public Rope Validated()
    {
        Require.Positive(Theta, nameof(Theta));
        return Width > 0 && Width % 2 == 0 ? this : throw new ArgumentException(
            $"The part of a head that rotary positions turn should be of even width but is of width {Width}.");
    }
}

/// <summary>Rotary positions: the angles by which query and key pairs are turned.</summary>
/// <remarks>
/// <code>
///   ωᵢ = θ^(−2i/R),   i = 0 … R/2 − 1;   for position t and 0 ≤ i &lt; R/2
///   (xᵢ, xᵢ₊R/2) → (xᵢ cos tωᵢ − xᵢ₊R/2 sin tωᵢ,  xᵢ₊R/2 cos tωᵢ + xᵢ sin tωᵢ)
/// </code>
/// Pairs are halves apart, as in Hugging Face's Llama, not neighbours as in the paper; the two differ by a fixed order of rows in
/// the query and key matrices. Where R &lt; D the last D − R numbers of a head stay as they are.
/// Su et al., 2021. <see href="https://arxiv.org/abs/2104.09864"/>
/// </remarks>
/// <param name="Cosine">[T, 1, R/2], or [B, T, 1, R/2] where rows differ.</param>
/// <param name="Sine">As <paramref name="Cosine"/>.</param>
public readonly record struct RotaryPositions(Tensor Cosine, Tensor Sine)
{
    /// <summary>The angles of tokens.</summary>
    /// <param name="positions">[T] or [B, T].</param>
    /// <param name="rope">The frequencies.</param>
    /// <param name="like">A tensor of the element type and device in which they are needed.</param>
    public static RotaryPositions For(Tensor positions, Rope rope, Tensor like)
    {
        using var scope = NewDisposeScope();
        var exponents = arange(0, rope.Width, 2, dtype: float64, device: like.device) / -(double)rope.Width;  // [R/2]
        var frequencies = pow(rope.Theta, exponents);
        if (rope.Scaling is not null) frequencies = rope.Scaling.Of(frequencies);
        var angles = (positions.to(float64).unsqueeze(-1) * frequencies).unsqueeze(-2);                      // [(B,) T, 1, R/2]
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
            var (half, D) = (cosine.shape[^1], x.shape[^1]);
            var (a, b) = (x.narrow(-1, 0, half), x.narrow(-1, half, half));
            var (turnedA, turnedB) = (a * cosine - b * sine, b * cosine + a * sine);
            return 2 * half == D ? cat([turnedA, turnedB], -1) : cat([turnedA, turnedB, x.narrow(-1, 2 * half, D - 2 * half)], -1);
        });
    }
}
