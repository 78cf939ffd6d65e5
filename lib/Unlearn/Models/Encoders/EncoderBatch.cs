using Unlearn.Models.Layers;
using Unlearn.Tokenization;
using static TorchSharp.torch;

namespace Unlearn.Models.Encoders;

/// <summary>Sequences filled up to one length, for models that read all of a text at once.</summary>
/// <param name="Ids">[B, T]; 0 where filled up.</param>
/// <param name="Types">[B, T] token types.</param>
/// <param name="Seen">[B, T] true where there is a token, false where filled up.</param>
public sealed record EncoderBatch(Tensor Ids, Tensor Types, Tensor Seen)
{
    /// <summary>A batch; its tensors are the caller's.</summary>
    /// <param name="items">At least one sequence of at least one token.</param>
    /// <param name="device">Where the model is; CPU when null.</param>
    public static EncoderBatch Of(IReadOnlyList<PairEncoding> items, Device? device = null)
    {
        var (B, T) = (items.Count, items.Max(item => item.Ids.Length));
        var (ids, types, seen) = (new long[B * T], new long[B * T], new bool[B * T]);
        foreach (var (row, item) in items.Index())
        {
            for (var t = 0; t < item.Ids.Length; t++)
                (ids[row * T + t], types[row * T + t], seen[row * T + t]) = (item.Ids[t], item.TypeIds[t], true);
        }
        return new(tensor(ids, [B, T], device: device), tensor(types, [B, T], device: device), tensor(seen, [B, T], device: device));
    }

    /// <summary>Everybody sees every token and no fill-up.</summary>
    /// <param name="type">The model's element type.</param>
    internal TokenPass Pass(ScalarType type)
    {
        var (B, T) = (Ids.shape[0], Ids.shape[1]);
        var mask = zeros([B, T], dtype: type, device: Ids.device).masked_fill(Seen.logical_not(), float.NegativeInfinity);
        return new(arange(T, dtype: int64, device: Ids.device), mask.view(B, 1, 1, 1, T));
    }
}
