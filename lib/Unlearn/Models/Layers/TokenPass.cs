using static TorchSharp.torch;

namespace Unlearn.Models.Layers;

/// <summary>What all layers of a model share while they read tokens.</summary>
/// <param name="Positions">[T] or [B, T], each token's place in its own sequence, from 0.</param>
/// <param name="Mask">Added to attention scores [B, K, G, T, S]: 0 where a token may look, −∞ elsewhere; null where all may look.</param>
/// <param name="Blind">[B, T] true where a token gets nothing from attention; null where all attend.</param>
/// <param name="Cache">Keys and values of what came before, to which each layer appends; null without.</param>
public readonly record struct TokenPass(Tensor Positions, Tensor? Mask, Tensor? Blind = null, KeyValueCache? Cache = null)
{
    /// <summary>Whether blocks compute what is inside them again in the backward pass instead of keeping it.</summary>
    public bool Recomputes { get; init; }

    /// <summary>One block of a model.</summary>
    /// <param name="block">x, the angles and this to the block's output.</param>
    /// <param name="x">[B, T, C].</param>
    /// <param name="rotary">Angles of the tokens; default where positions are learned.</param>
    /// <returns>[B, T, C].</returns>
    internal Tensor Through(Func<Tensor, RotaryPositions, TokenPass, Tensor> block, Tensor x, RotaryPositions rotary = default) =>
        Recomputes && Cache is null && is_grad_enabled() ? RecomputedBlock.Of(block, x, rotary, this) : block(x, rotary, this);

    /// <summary>How a causal model reads; the tensors are the caller's.</summary>
    /// <param name="ids">[B, T].</param>
    /// <param name="cache">What came before.</param>
    /// <param name="layout">Where the tokens stand; null when each row goes on where the cache ends.</param>
    /// <param name="type">The model's element type.</param>
    internal static TokenPass Of(Tensor ids, KeyValueCache? cache, TokenLayout? layout, ScalarType type)
    {
        if (layout is not null)
            return new(layout.Positions, layout.Mask.to(type).unsqueeze(1).unsqueeze(1), layout.Blind, cache);      // [B, 1, 1, T, S]
        var (T, past) = (ids.shape[1], cache?.Length ?? 0);
        var mask = T == 1 ? null                                                                        // [T, S]: 0 where seen
            : full([T, past + T], float.NegativeInfinity, dtype: type, device: ids.device).triu(past + 1);
        return new(arange(past, past + T, 1, dtype: int64, device: ids.device), mask, null, cache);
    }
}
