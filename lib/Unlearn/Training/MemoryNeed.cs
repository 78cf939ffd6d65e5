using System.Globalization;
using Unlearn.Models;
using Unlearn.Models.Adapters;
using static TorchSharp.torch;

namespace Unlearn.Training;

/// <summary>The memory that a run takes before its first step, foreseen from the heads of a model's files.</summary>
/// <remarks>Activations come on top; they grow with the rows and tokens of a batch and are made small by micro-batches.</remarks>
/// <param name="Weights">Bytes of the model in float32.</param>
/// <param name="Adapters">Bytes of adapters; 0 where all weights are trained.</param>
/// <param name="Gradients">Bytes of gradients and AdamW's two averages.</param>
/// <param name="Reference">Bytes of a second model that a divergence is taken from.</param>
public sealed record MemoryNeed(long Weights, long Adapters, long Gradients, long Reference)
{
    /// <summary>All together.</summary>
    public long Total => Weights + Adapters + Gradients + Reference;

    /// <summary>Foresees the need of a run.</summary>
    /// <param name="weights">The model's.</param>
    /// <param name="adapters">Adapters; null where all weights are trained.</param>
    /// <param name="divergence">Whether the objective reads a divergence from the model before; adapters switched off give that.</param>
    public static MemoryNeed Of(ModelWeights weights, LoraOptions? adapters, bool divergence)
    {
        var model = sizeof(float) * weights.Entries.Where(entry => is_floating_point(entry.Type)).Sum(entry => entry.Count);
        if (adapters is null) return new(model, 0, 3 * model, divergence ? model : 0);
        var beside = sizeof(float) * weights.Entries
            .Where(entry => entry.Shape.Count == 2 && entry.Name.EndsWith(".weight", StringComparison.Ordinal)
                && !entry.Name.Contains("embed", StringComparison.Ordinal) && adapters.Takes(entry.Name[..^".weight".Length]))
            .Sum(entry => adapters.Rank * (entry.Shape[0] + entry.Shape[1]));
        return new(model, beside, 3 * beside, 0);
    }

    /// <summary>Ends a run that cannot fit before it has begun.</summary>
    /// <param name="available">Bytes that there are.</param>
    /// <exception cref="InvalidOperationException">The need is more than that.</exception>
    public void RequireFit(long available)
    {
        if (Total <= available) return;
        var advice = Adapters > 0 ? "A smaller model is needed, or a larger machine."
            : "Adapters (--lora-rank) need little more than the weights.";
        throw new InvalidOperationException($"The run should fit into {Show(available)} of memory but needs {this}. {advice}");
    }

    /// <summary>Such as "19.8 GB and activations: weights 4.9 GB, gradients and averages 14.8 GB".</summary>
    public override string ToString()
    {
        var parts = new[] { ("weights", Weights), ("adapters", Adapters), ("gradients and averages", Gradients), ("reference", Reference) };
        var told = parts.Where(part => part.Item2 > 0).Select(part => $"{part.Item1} {Show(part.Item2)}");
        return $"{Show(Total)} and activations: {string.Join(", ", told)}";
    }

    private static string Show(long bytes) => bytes < 1e9
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB");
}
