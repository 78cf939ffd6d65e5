using static TorchSharp.torch;

namespace Unlearn.Models.Encoders;

/// <summary>In which group DeBERTa puts the distance between two tokens.</summary>
/// <remarks>
/// <code>
///   m = k/2;   |d| ≤ m: d,   otherwise ± ( ⌈ ln(|d|/m) / ln((N−1)/m) · (m−1) ⌉ + m )
/// </code>
/// He et al., 2021. <see href="https://arxiv.org/abs/2111.09543"/> Computed in float32 as in the original, since roundings decide at the
/// borders of groups.
/// </remarks>
internal static class DistanceBuckets
{
    /// <summary>Rows of the table of 2k distances; the result is the caller's.</summary>
    /// <param name="length">T.</param>
    /// <param name="buckets">k.</param>
    /// <param name="furthest">N.</param>
    /// <param name="device">Where it is needed.</param>
    /// <returns>[T, S], 0 … 2k − 1: the bucket of i − j, with k for 0.</returns>
    public static Tensor Of(long length, long buckets, long furthest, Device device)
    {
        using var scope = NewDisposeScope();
        var middle = buckets / 2;
        var places = arange(length, dtype: int64, device: device);
        var distance = places.unsqueeze(1) - places.unsqueeze(0);
        var far = distance.abs().clamp(min: middle, max: long.MaxValue).to(float32);
        var steps = ((far / middle).log() / Math.Log((furthest - 1.0) / middle) * (middle - 1)).ceil().to(int64) + middle;
        var bucket = where(distance.abs().le(middle), distance, steps * distance.sign());
        return (bucket + buckets).clamp(min: 0, max: 2 * buckets - 1).MoveToOuterDisposeScope();
    }
}
