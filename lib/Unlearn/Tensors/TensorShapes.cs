using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace Unlearn.Tensors;

/// <summary>Shape annotations that are checked.</summary>
/// <remarks>
/// Letters, here and in all documentation: B rows of a batch, T time (tokens), V vocabulary, C width, H heads, K key-value heads,
/// D width of a head, L layers, N scored tokens of a batch.
/// </remarks>
public static class TensorShapes
{
    /// <summary>Stands for a size that may be anything.</summary>
    public const long Any = -1;

    extension(Tensor x)
    {
        /// <summary>Returns the tensor when it has this shape.</summary>
        /// <param name="shape">Expected sizes; <see cref="Any"/> fits every size.</param>
        /// <param name="name">The tensor's name in the message.</param>
        /// <exception cref="ArgumentException">The shape is another.</exception>
        public Tensor Expect(ReadOnlySpan<long> shape, [CallerArgumentExpression(nameof(x))] string name = "tensor")
        {
            var actual = x.shape;
            var fits = actual.Length == shape.Length;
            for (var i = 0; fits && i < shape.Length; i++) fits = shape[i] == Any || shape[i] == actual[i];
            return fits ? x
                : throw new ArgumentException($"{name} should have shape [{Show(shape)}] but has [{Show(actual)}].", name);
        }
    }

    private static string Show(ReadOnlySpan<long> shape)
    {
        var sizes = new string[shape.Length];
        for (var i = 0; i < shape.Length; i++)
            sizes[i] = shape[i] == Any ? "*" : shape[i].ToString(System.Globalization.CultureInfo.InvariantCulture);
        return string.Join(", ", sizes);
    }
}
