using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Unlearn.Synthetic;

/// <summary>The fixed first layer of the random-feature model: φ(x) = ReLU(W x).</summary>
/// <remarks>The model is P(y = 1 | x) = σ(⟨θ, φ(x)⟩) with weights θ ∈ ℝᴺ and no bias anywhere; only θ is trained.</remarks>
/// <param name="Weights">W, [N, d], row after row.</param>
/// <param name="Dimensions">d.</param>
public sealed record RandomFeatures(ImmutableArray<double> Weights, int Dimensions)
{
    /// <summary>N.</summary>
    public int Count => Weights.Length / Dimensions;

    /// <summary>The features of points.</summary>
    /// <param name="inputs">[n, d], row after row.</param>
    /// <returns>Φ, [n, N], row after row.</returns>
    /// <exception cref="ArgumentException">The inputs are no whole number of points.</exception>
    public ImmutableArray<double> Of(ReadOnlySpan<double> inputs)
    {
        if (inputs.Length % Dimensions != 0)
        {
            throw new ArgumentException(
                $"Inputs should be whole points of {Dimensions} numbers but are {inputs.Length} numbers.", nameof(inputs));
        }
        var (width, points) = (Count, inputs.Length / Dimensions);
        var features = new double[points * width];
        for (var i = 0; i < points; i++)
        {
            var x = inputs.Slice(i * Dimensions, Dimensions);
            for (var k = 0; k < width; k++)
            {
                var sum = 0.0;
                for (var j = 0; j < x.Length; j++) sum += Weights[k * Dimensions + j] * x[j];
                features[i * width + k] = Math.Max(sum, 0);
            }
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(features);
    }
}
