using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>How models make their layers: with fresh weights, or with unfilled ones where a checkpoint's come next.</summary>
/// <remarks>
/// Models ask their linear layers with <c>call</c>, never with <c>forward</c>: adapters are hooks, and <c>forward</c> passes hooks over.
/// </remarks>
internal static class Layer
{
    private const double Deviation = 0.02;

    [ThreadStatic] private static Place? place;

    /// <summary>Whether weights will be overwritten anyway, so that a model need not draw them.</summary>
    public static bool IsUnfilled => place is not null;

    /// <summary>Makes a model whose weights hold no numbers yet, at once where and as what they should be.</summary>
    /// <remarks>A model of billions of weights would otherwise be drawn in float32 in main memory first.</remarks>
    /// <param name="device">Where; <c>meta</c> takes no memory and gives names and shapes alone.</param>
    /// <param name="type">Element type.</param>
    /// <param name="make">Makes the model, all of its layers by this class.</param>
    public static T Unfilled<T>(Device device, ScalarType type, Func<T> make) where T : nn.Module
    {
        var outer = place;
        place = new(device, type);
        try
        {
            return make();
        }
        finally
        {
            place = outer;
        }
    }

    /// <summary>y = x Wᵀ (+ b).</summary>
    public static Linear Linear(long inputs, long outputs, bool bias = false) => place is null
        ? nn.Linear(inputs, outputs, bias)
        : nn.Linear(Weight(outputs, inputs), bias ? Weight(outputs) : null);

    /// <summary>A table of vectors.</summary>
    public static Embedding Embedding(long rows, long width) => nn.Embedding(rows, width, device: place?.Device, dtype: place?.Type);

    /// <summary>Normalisation by mean and variance, with scale and shift.</summary>
    public static LayerNorm LayerNorm(long width, double epsilon) =>
        nn.LayerNorm(width, epsilon, device: place?.Device, dtype: place?.Type);

    /// <summary>A parameter of a module of our own that starts with 1; lives as long as the module, whatever scope it is made in.</summary>
    public static Parameter Ones(long width)
    {
        var start = new Parameter(ones(width, dtype: place?.Type, device: place?.Device));
        start.DetachFromDisposeScope();
        return start;
    }

    /// <summary>Draws the first weights of a decoder: matrices normal with deviation 0.02, biases 0; norms stay the identity.</summary>
    /// <remarks>Does nothing where weights will be overwritten anyway.</remarks>
    public static void Draw(nn.Module model)
    {
        if (IsUnfilled) return;
        using var _ = no_grad();
        foreach (var (name, parameter) in model.named_parameters())
        {
            if (parameter.ndim == 2) nn.init.normal_(parameter, 0, Deviation);
            else if (name.EndsWith(".bias", StringComparison.Ordinal)) nn.init.zeros_(parameter);
        }
    }

    private static Parameter Weight(params long[] shape) => new(empty(shape, dtype: place!.Type, device: place.Device));

    private sealed record Place(Device Device, ScalarType Type);
}
