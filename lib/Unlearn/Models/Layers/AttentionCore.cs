using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Models.Layers;

/// <summary>Attention between queries, keys and values, whatever made them.</summary>
/// <remarks><code>softmax(Q Kᵀ / √D + M) V,   each of the K key-value heads serving H/K query heads</code></remarks>
internal static class AttentionCore
{
    /// <summary>Appends keys and values to the cache and mixes values.</summary>
    /// <param name="q">[B, T, H, D].</param>
    /// <param name="k">[B, T, K, D].</param>
    /// <param name="v">[B, T, K, D].</param>
    /// <param name="layer">Which layer of the cache.</param>
    /// <param name="pass">Who sees whom.</param>
    /// <returns>[B, T, H·D].</returns>
    public static Tensor Mix(Tensor q, Tensor k, Tensor v, int layer, TokenPass pass) => Scope.Keep(() =>
    {
        var (B, T, H, D, K) = (q.shape[0], q.shape[1], q.shape[2], q.shape[3], k.shape[2]);
        var G = H / K;                                                                    // query heads in a group

        (k, v) = (k.transpose(1, 2), v.transpose(1, 2));                                  // [B, K, T, D]
        if (pass.Cache is { } cache) (k, v) = cache.Append(layer, k, v);                  // [B, K, S, D]

        // The group's queries stand one below the other, so keys and values are never repeated.
        q = (q / Math.Sqrt(D)).view(B, T, K, G, D).permute(0, 2, 3, 1, 4).reshape(B, K, G * T, D);
        var scores = q.matmul(k.transpose(-2, -1)).view(B, K, G, T, -1);                  // [B, K, G, T, S]
        if (pass.Mask is { } mask) scores.add_(mask);
        var mixed = scores.softmax(-1).view(B, K, G * T, -1).matmul(v);                   // [B, K, G·T, D]
        mixed = mixed.view(B, K, G, T, D).permute(0, 3, 1, 2, 4).reshape(B, T, -1);
        return pass.Blind is { } blind ? mixed.masked_fill(blind.unsqueeze(-1), 0) : mixed;
    });

    /// <summary>[B, T, H·D] → [B, T, H, D].</summary>
    public static Tensor Heads(Tensor x, long heads) => x.view(x.shape[0], x.shape[1], heads, -1);
}
