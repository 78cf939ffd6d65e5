using static TorchSharp.torch;

namespace Unlearn.Numerics;

/// <summary>In which element type numbers are computed.</summary>
internal static class ElementTypes
{
    /// <summary>Whether a type has half of float32's width, and so two or three digits.</summary>
    public static bool IsHalf(this ScalarType type) => type is ScalarType.BFloat16 or ScalarType.Float16;

    /// <summary>The same numbers in float32 where they have half its width; logits may, sums over a vocabulary may not.</summary>
    /// <param name="numbers">Of any floating type.</param>
    /// <returns>These numbers themselves, or new ones.</returns>
    public static Tensor Wide(this Tensor numbers) => numbers.dtype.IsHalf() ? numbers.to(float32) : numbers;
}
