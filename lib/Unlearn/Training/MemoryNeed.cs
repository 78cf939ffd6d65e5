using System.Globalization;
using TorchSharp.Modules;
using Unlearn.Models;
using Unlearn.Models.Adapters;
using static TorchSharp.torch;

namespace Unlearn.Training;

/// <summary>The memory that a run takes, foreseen before its first step from the heads of a model's files.</summary>
/// <param name="Weights">Bytes of the model.</param>
/// <param name="Adapters">Bytes of adapters; 0 where all weights are trained.</param>
/// <param name="Gradients">Bytes of gradients, AdamW's two averages and what <see cref="HalfUpdates"/> keeps beside them.</param>
/// <param name="Reference">Bytes of a second model that a divergence is taken from.</param>
public sealed record MemoryNeed(long Weights, long Adapters, long Gradients, long Reference)
{
    /// <summary>
    /// Bytes of activations, about: they grow with the rows and tokens that go through the model at once. 0 where that is not known yet.
    /// </summary>
    public long Activations { get; init; }

    /// <summary>All together.</summary>
    public long Total => Weights + Adapters + Gradients + Reference + Activations;

    private const long BFloat16Size = 2;

    /// <summary>Foresees the need of a run.</summary>
    /// <param name="weights">The model's.</param>
    /// <param name="adapters">Adapters; null where all weights are trained.</param>
    /// <param name="divergence">Whether the objective reads a divergence from the model before; adapters switched off give that.</param>
    /// <param name="half">How the model takes updates in bfloat16; null where it is in float32.</param>
    public static MemoryNeed Of(ModelWeights weights, LoraOptions? adapters, bool divergence, HalfUpdates? half = null)
    {
        var full = OfAll(weights.Entries.Where(entry => is_floating_point(entry.Type)).Sum(entry => entry.Count), divergence, half);
        if (adapters is null) return full;
        var beside = sizeof(float) * weights.Entries
            .Where(entry => entry.Shape.Count == 2 && entry.Name.EndsWith(".weight", StringComparison.Ordinal)
                && !entry.Name.Contains("embed", StringComparison.Ordinal) && adapters.Takes(entry.Name[..^".weight".Length]))
            .Sum(entry => adapters.Rank * (entry.Shape[0] + entry.Shape[1]));
        return new(full.Weights, beside, 3 * beside, 0);
    }

    /// <summary>Foresees the need of a run that trains all weights.</summary>
    /// <param name="parameters">How many there are.</param>
    /// <param name="divergence">Whether the objective reads a divergence from the model before.</param>
    /// <param name="half">How the model takes updates in bfloat16; null where it is in float32.</param>
    public static MemoryNeed OfAll(long parameters, bool divergence, HalfUpdates? half = null)
    {
        var model = parameters * (half is null ? sizeof(float) : BFloat16Size);
        return new(model, 0, parameters * Beside(half), divergence ? model : 0);
    }

    /// <summary>The need with that of activations, from what autograd keeps of a decoder.</summary>
    /// <remarks>
    /// <code>
    ///   inside = Σ (in + out) over a block's linear layers + H T      numbers a token that a block keeps
    ///   B T L inside,   or B T (L C + inside) with gradient checkpointing;   and three times the logits that exist at once
    /// </code>
    /// </remarks>
    /// <param name="shape">The model's.</param>
    /// <param name="plan">Micro-batches, checkpointing and the logits that exist at once.</param>
    /// <param name="rows">Rows of an update, of all groups.</param>
    /// <param name="tokens">T, the longest row's.</param>
    /// <param name="half">Whether the model is in bfloat16.</param>
    public MemoryNeed With(ModelShape shape, TrainingPlan plan, long rows, long tokens, bool half = false)
    {
        using var scope = NewDisposeScope();
        using var structure = Layer.Unfilled(META, float32, shape.Build);
        var (layers, places) = (shape.Layers, Math.Min(rows, plan.MicroBatch ?? rows) * tokens);
        var linear = structure.named_modules()
            .Where(module => module.module is Linear && module.name.Contains("layers.", StringComparison.Ordinal))
            .Sum(module => ((Linear)module.module).weight!.shape.Sum());
        var inside = linear / layers + shape.Heads * tokens;
        var kept = plan.GradientCheckpointing ? layers * shape.Width + inside : layers * inside;
        var logits = Math.Min(plan.LogitsAtOnce, places * shape.Vocabulary);
        return this with { Activations = places * kept * (half ? BFloat16Size : sizeof(float)) + 3 * sizeof(float) * logits };
    }

    /// <summary>Ends a run that cannot fit before it has begun.</summary>
    /// <param name="available">Bytes that there are.</param>
    /// <exception cref="InvalidOperationException">The need is more than that.</exception>
    public void RequireFit(long available)
    {
        if (Total <= available) return;
        var advice = Total - Activations <= available ? "Smaller micro-batches (--micro-batch) and --gradient-checkpointing need less."
            : Adapters > 0 ? "A smaller model is needed, or a larger machine."
            : "Adapters (--lora-rank) need little more than the weights.";
        throw new InvalidOperationException($"The run should fit into {Show(available)} of memory but needs {this}. {advice}");
    }

    /// <summary>Such as "20.9 GB: weights 4.9 GB, gradients and averages 14.8 GB, activations about 1.1 GB".</summary>
    public override string ToString()
    {
        var parts = new[] { ("weights", Weights), ("adapters", Adapters), ("gradients and averages", Gradients), ("reference", Reference) };
        var told = parts.Where(part => part.Item2 > 0).Select(part => $"{part.Item1} {Show(part.Item2)}");
        return Activations == 0 ? $"{Show(Total)} and activations: {string.Join(", ", told)}"
            : $"{Show(Total)}: {string.Join(", ", told)}, activations about {Show(Activations)}";
    }

    /// <summary>Bytes beside each weight: its gradient, two averages, and a master or what rounding took away.</summary>
    private static long Beside(HalfUpdates? half) => half switch
    {
        null => 3 * sizeof(float),
        HalfUpdates.Masters => BFloat16Size + 4 * sizeof(float),
        HalfUpdates.Compensated => 2 * BFloat16Size + 2 * sizeof(float),
        _ => BFloat16Size + 2 * sizeof(float),
    };

    private static string Show(long bytes) => bytes < 1e9
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB");
}
