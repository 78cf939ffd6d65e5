using Unlearn.Tokenization;

namespace Unlearn.Models.Encoders;

/// <summary>Puts sequences of like length together, so that little is filled up.</summary>
internal static class LengthBatches
{
    /// <summary>Places of items, a batch each, the longest first.</summary>
    /// <param name="items">The sequences.</param>
    /// <param name="tokens">Tokens of a batch, fill-up included, unless one item alone has more.</param>
    public static IEnumerable<int[]> Of(IReadOnlyList<PairEncoding> items, int tokens)
    {
        int[] order = [.. Enumerable.Range(0, items.Count).OrderByDescending(index => items[index].Ids.Length)];
        for (var from = 0; from < order.Length;)
        {
            var rows = Math.Max(1, tokens / Math.Max(1, items[order[from]].Ids.Length));
            yield return order[from..Math.Min(order.Length, from + rows)];
            from += rows;
        }
    }
}
