using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>Keys and values of the tokens that a model has read, so that each further token costs one position instead of all.</summary>
/// <remarks>
/// All rows have read the same number of tokens, filled up where they were shorter (<see cref="TokenLayout"/> hides what was filled up).
/// Room is taken once, so that reading a token copies one position.
/// </remarks>
public sealed class KeyValueCache : IDisposable
{
    private readonly Tensor?[] keys, values;
    private readonly long capacity;

    /// <summary>An empty cache.</summary>
    /// <param name="layers">L of the model.</param>
    /// <param name="capacity">How many tokens a row may have in all.</param>
    public KeyValueCache(long layers, long capacity)
    {
        (keys, values) = (new Tensor?[layers], new Tensor?[layers]);
        this.capacity = capacity;
    }

    /// <summary>How many tokens have been read.</summary>
    public long Length { get; private set; }

    /// <summary>Appends a layer's new keys and values and gives all so far.</summary>
    /// <param name="layer">Which layer.</param>
    /// <param name="key">[B, K, T, D].</param>
    /// <param name="value">[B, K, T, D].</param>
    /// <returns>Views of [B, K, Length + T, D].</returns>
    internal (Tensor Keys, Tensor Values) Append(int layer, Tensor key, Tensor value)
    {
        var (B, K, T, D) = (key.shape[0], key.shape[1], key.shape[2], key.shape[3]);
        if (Length + T > capacity)
            throw new InvalidOperationException($"The cache has room for {capacity} tokens but {Length + T} should go in.");

        Tensor Store(ref Tensor? all, Tensor added)
        {
            all ??= empty(B, K, capacity, D, dtype: added.dtype, device: added.device).DetachFromDisposeScope();
            all.narrow(2, Length, T).copy_(added);
            return all.narrow(2, 0, Length + T);
        }
        return (Store(ref keys[layer], key), Store(ref values[layer], value));
    }

    /// <summary>Keeps some rows, in the order given; one may come several times.</summary>
    /// <param name="rows">[B′] row numbers.</param>
    public void Select(Tensor rows)
    {
        foreach (var store in new[] { keys, values })
        {
            for (var layer = 0; layer < store.Length; layer++)
            {
                if (store[layer] is not { } all) continue;
                store[layer] = all.index_select(0, rows).DetachFromDisposeScope();
                all.Dispose();
            }
        }
    }

    /// <summary>Moves on, once all layers have appended.</summary>
    internal void Advance(long tokens) => Length += tokens;

    /// <summary>Frees the stored tensors.</summary>
    public void Dispose()
    {
        foreach (var tensor in keys.Concat(values)) tensor?.Dispose();
    }
}
