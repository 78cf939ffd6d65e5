using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>Where tokens stand that are not simply one behind the other: branches of a tree, or rows of different lengths.</summary>
/// <remarks>A model without it takes the tokens of each row as one sequence that goes on where its cache ends.</remarks>
/// <param name="Positions">[B, T] each token's place in its own sequence, from 0.</param>
/// <param name="Mask">[B, T, S] added to attention scores: 0 where a token may look, −∞ elsewhere; S counts cached tokens first.</param>
public sealed record TokenLayout(Tensor Positions, Tensor Mask)
{
    /// <summary>[B, T] true where a token gets nothing from attention, not even from itself; null where all attend.</summary>
    public Tensor? Blind { get; init; }

    /// <summary>Rows filled up to one length, with the fill-up hidden from every token, itself too, as an attention mask hides it.</summary>
    /// <remarks>
    /// Tokens of a row see what they would see alone; a filled-up place sees the whole row and nothing else. This is what a Hugging Face
    /// model computes at positions whose <c>attention_mask</c> is 0. With flash attention it computes none there and puts zeros in its
    /// place; then filled-up places see nothing at all.
    /// </remarks>
    /// <param name="lengths">Tokens of each row that are seen, [B], at least 1 each.</param>
    /// <param name="length">T, places of every row.</param>
    /// <param name="device">Where the model is.</param>
    /// <param name="blind">The rows whose filled-up places see nothing, [B]; null for none.</param>
    public static TokenLayout FilledUp(IReadOnlyList<int> lengths, long length, Device device, IReadOnlyList<bool>? blind = null)
    {
        using var scope = NewDisposeScope();
        var (B, T) = (lengths.Count, length);
        var places = arange(T, dtype: int64, device: device);
        var ends = tensor(lengths.Select(row => (long)row).ToArray(), device: device).view(B, 1, 1);
        var key = places.view(1, 1, T);
        var hidden = key.gt(places.view(1, T, 1)).logical_or(key.ge(ends));                          // [B, T, S]
        var mask = zeros([B, T, T], dtype: float32, device: device).masked_fill(hidden, float.NegativeInfinity);
        var unseeing = blind?.Contains(true) != true ? null
            : places.view(1, T).ge(ends.view(B, 1)).logical_and(tensor(blind.ToArray(), device: device).view(B, 1));     // [B, T]
        return new(places.repeat(B, 1).MoveToOuterDisposeScope(), mask.MoveToOuterDisposeScope())
        {
            Blind = unseeing?.MoveToOuterDisposeScope(),
        };
    }
}
