using TorchSharp;
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
        (k, v) = (k.transpose(1, 2), v.transpose(1, 2));                                  // [B, K, T, D]
        if (pass.Cache is { } cache) (k, v) = cache.Append(layer, k, v);                  // [B, K, S, D]
        // A GPU's kernels never write the scores down; on a CPU LibTorch would, and would need keys and values for each head besides.
        var mixed = q.device_type == DeviceType.CUDA ? Fused(q, k, v, pass.Mask) : InGroups(q, k, v, pass.Mask);
        return pass.Blind is { } blind ? mixed.masked_fill(blind.unsqueeze(-1), 0) : mixed;
    });

    /// <summary>Step by step; a group's queries stand one below the other, so that keys and values are never repeated.</summary>
    /// <param name="q">[B, T, H, D].</param>
    /// <param name="k">[B, K, S, D].</param>
    /// <param name="v">[B, K, S, D].</param>
    /// <param name="mask">As <see cref="TokenPass.Mask"/>.</param>
    /// <returns>[B, T, H·D].</returns>
    internal static Tensor InGroups(Tensor q, Tensor k, Tensor v, Tensor? mask)
    {
        var (B, T, D, K) = (q.shape[0], q.shape[1], q.shape[3], k.shape[1]);
        var G = q.shape[2] / K;                                                           // query heads in a group

        q = (q / Math.Sqrt(D)).view(B, T, K, G, D).permute(0, 2, 3, 1, 4).reshape(B, K, G * T, D);
        var scores = q.matmul(k.transpose(-2, -1)).view(B, K, G, T, -1);                  // [B, K, G, T, S]
        if (mask is not null) scores.add_(mask);
        var mixed = scores.softmax(-1).view(B, K, G * T, -1).matmul(v);                   // [B, K, G·T, D]
        return mixed.view(B, K, G, T, D).permute(0, 3, 1, 2, 4).reshape(B, T, -1);
    }

    /// <summary>The same by LibTorch's own kernel, which takes as many heads of keys and values as of queries.</summary>
    /// <param name="q">[B, T, H, D].</param>
    /// <param name="k">[B, K, S, D].</param>
    /// <param name="v">[B, K, S, D].</param>
    /// <param name="mask">As <see cref="TokenPass.Mask"/>.</param>
    /// <returns>[B, T, H·D].</returns>
    internal static Tensor Fused(Tensor q, Tensor k, Tensor v, Tensor? mask)
    {
        var (B, T, G) = (q.shape[0], q.shape[1], q.shape[2] / k.shape[1]);
        var mixed = nn.functional.scaled_dot_product_attention(
            q.transpose(1, 2), ForEach(k), ForEach(v), mask is { Dimensions: 5 } ? mask.squeeze(2) : mask);
        return mixed.transpose(1, 2).reshape(B, T, -1);                                   // from [B, H, T, D]

        Tensor ForEach(Tensor heads) => G == 1 ? heads : heads.repeat_interleave(G, 1);
    }

    /// <summary>[B, T, H·D] → [B, T, H, D].</summary>
    public static Tensor Heads(Tensor x, long heads) => x.view(x.shape[0], x.shape[1], heads, -1);
}
