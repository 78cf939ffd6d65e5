namespace Unlearn.Metrics;

/// <summary>How many of how many, so that a rate of zero says out of what.</summary>
/// <param name="Name">What was counted.</param>
/// <param name="Count">Cases that have it, 0 … <paramref name="Of"/>.</param>
/// <param name="Of">All cases, at least 1.</param>
public sealed record Rate(string Name, int Count, int Of)
{
    private const double Normal95 = 1.959963984540054;      // the standard normal's 97.5th percentile

    /// <summary>All cases, at least 1.</summary>
    public int Of { get; } = Of >= 1 ? Of
        : throw new ArgumentOutOfRangeException(nameof(Of), Of, $"The rate '{Name}' over no cases has no value; give at least one.");

    /// <summary>Cases that have it.</summary>
    public int Count { get; } = Count >= 0 && Count <= Of ? Count
        : throw new ArgumentOutOfRangeException(nameof(Count), Count, $"The rate '{Name}' of {Of} cases should count 0 to {Of}.");

    /// <summary>Count / Of, 0 … 1.</summary>
    public double Value => (double)Count / Of;

    /// <summary>Wilson's score interval at 95 %: what the rate may be when the cases are a sample.</summary>
    /// <remarks>
    /// <code>(p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n),   z = 1.96</code>
    /// <para>Unlike p ± z·s it is within 0 … 1, and 0 of 20 is not certainly 0 (Wilson, 1927; Newcombe, 1998).</para>
    /// </remarks>
    public (double Low, double High) Interval
    {
        get
        {
            var (p, n, z) = (Value, (double)Of, Normal95);
            var (centre, half) = (p + z * z / (2 * n), z * Math.Sqrt(p * (1 - p) / n + z * z / (4 * n * n)));
            var scale = 1 + z * z / n;
            return (Math.Max(0, (centre - half) / scale), Math.Min(1, (centre + half) / scale));
        }
    }

    /// <summary>Counts the items that have it.</summary>
    /// <typeparam name="T">Whatever is looked at.</typeparam>
    /// <param name="name">What is counted.</param>
    /// <param name="items">At least one.</param>
    /// <param name="has">Whether an item has it.</param>
    public static Rate Among<T>(string name, IEnumerable<T> items, Func<T, bool> has)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(has);
        var (count, all) = (0, 0);
        foreach (var item in items)
        {
            all++;
            if (has(item)) count++;
        }
        return new(name, count, all);
    }

    /// <summary>Such as <c>harmful 3/120 = 0.025</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name} {Count}/{Of} = {Value:0.###}");
}
