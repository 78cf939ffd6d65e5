using System.Collections.Immutable;

namespace Unlearn.Metrics;

/// <summary>A metric's value together with the numbers it was made from, so that they can be plotted, resampled and compared.</summary>
/// <param name="Name">What was measured, e.g. “ROUGE-L recall”.</param>
/// <param name="Value">The aggregate over all items.</param>
/// <param name="PerItem">One number per evaluated example, in data order.</param>
public sealed record Measurement(string Name, double Value, ImmutableArray<double> PerItem)
{
    /// <summary>The arithmetic mean of the items, added in data order.</summary>
    /// <exception cref="ArgumentException">There is no item, or one is not a finite number; the message says which.</exception>
    public static Measurement Mean(string name, IEnumerable<double> perItem)
    {
        ImmutableArray<double> items = [.. perItem];
        if (items.IsEmpty) throw new ArgumentException($"{name} over no items has no value; give at least one.", nameof(perItem));
        foreach (var (index, item) in items.Index())
        {
            if (double.IsFinite(item)) continue;
            throw new ArgumentException($"{name} of item {index} is {item}; expected finite numbers.", nameof(perItem));
        }
        return new(name, items.Sum() / items.Length, items);
    }
}
