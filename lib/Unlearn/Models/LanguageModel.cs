using Unlearn.Models.Layers;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>A causal language model that is built from a <see cref="ModelShape"/>; each architecture is one sealed class.</summary>
/// <remarks>
/// State-dict keys are those of Hugging Face's checkpoints, so that fields of the classes are called as the files call them. What all
/// architectures do alike stands here: what a call may ask for, who sees whom, and when a cache has grown. Dropout that a checkpoint's
/// configuration names is not applied.
/// </remarks>
public abstract class LanguageModel : nn.Module<Tensor, Tensor>, ILanguageModel, ICheckpointed
{
    /// <param name="name">The architecture's name.</param>
    protected LanguageModel(string name) : base(name)
    {
    }

    /// <summary>The model's sizes.</summary>
    public abstract ModelShape Shape { get; }

    /// <inheritdoc/>
    public long Vocabulary => Shape.Vocabulary;

    /// <inheritdoc/>
    public long Context => Shape.Context;

    /// <summary>
    /// Whether each block keeps its input alone and computes the rest again for its gradient (gradient checkpointing): activations of one
    /// block instead of all, for a third more work. Results stay the same bit for bit.
    /// </summary>
    public bool RecomputesActivations { get; set; }

    /// <summary>[B, T] ids → [B, T, V] logits.</summary>
    public sealed override Tensor forward(Tensor input) => Scope.Keep(() => Logits(Hidden(input)));

    /// <inheritdoc/>
    public Tensor Hidden(Tensor ids, KeyValueCache? cache = null, TokenLayout? layout = null)
    {
        var (B, T, past) = (ids.Expect([TensorShapes.Any, TensorShapes.Any]).shape[0], ids.shape[1], cache?.Length ?? 0);
        layout?.Positions.Expect([B, T]);
        layout?.Mask.Expect([B, T, T + past]);
        layout?.Blind?.Expect([B, T]);
        // Branches of a tree and gaps of short rows take room but no positions, so a layout may have more tokens than the context.
        var length = layout is null ? T + past : layout.Positions.max().item<long>() + 1;
        if (length > Context)
            throw new ArgumentException($"A sequence should have at most {Context} tokens but has {length}.", nameof(ids));

        return Scope.Keep(() =>
        {
            var hidden = Read(ids, TokenPass.Of(ids, cache, layout, parameters().First().dtype) with
            {
                Recomputes = RecomputesActivations,
            });
            cache?.Advance(T);
            return hidden;
        });
    }

    /// <inheritdoc/>
    public abstract Tensor Logits(Tensor hidden);

    /// <inheritdoc/>
    public KeyValueCache NewCache(long capacity) => new(Shape.Layers, capacity);

    /// <inheritdoc/>
    public virtual string? KeyOf(string key) => CheckpointKeys.IsLeftover(key) ? null : key;

    /// <summary>All layers: [B, T] ids → [B, T, C], the state before the head.</summary>
    /// <param name="ids">[B, T].</param>
    /// <param name="pass">Where they stand and whom they see; each layer appends to its cache.</param>
    protected abstract Tensor Read(Tensor ids, TokenPass pass);
}
