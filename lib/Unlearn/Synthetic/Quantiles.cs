namespace Unlearn.Synthetic;

/// <summary>Median and the middle 80 % of a population, step by step.</summary>
/// <param name="Median">50th percentile.</param>
/// <param name="Low">10th percentile.</param>
/// <param name="High">90th percentile.</param>
public sealed record Quantiles(IReadOnlyList<double> Median, IReadOnlyList<double> Low, IReadOnlyList<double> High)
{
    /// <summary>The quantiles at each step.</summary>
    /// <param name="steps">For each step all instances' values.</param>
    public static Quantiles Of(IEnumerable<IReadOnlyCollection<double>> steps)
    {
        var sorted = steps.Select(values => values.Order().ToArray()).ToArray();
        IReadOnlyList<double> At(double share) => [.. sorted.Select(values => Quantile(values, share))];
        return new(At(0.5), At(0.1), At(0.9));
    }

    /// <summary>The quantile of sorted values, straight between neighbours: place (n − 1)·share, counted from 0.</summary>
    /// <param name="sorted">At least one value, rising.</param>
    /// <param name="share">0 … 1.</param>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static double Quantile(IReadOnlyList<double> sorted, double share)
    {
        if (sorted.Count == 0) throw new ArgumentException("A quantile needs at least one value, but got none.", nameof(sorted));
        var place = (sorted.Count - 1) * share;
        var below = (int)place;
        return below + 1 < sorted.Count ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }
}
