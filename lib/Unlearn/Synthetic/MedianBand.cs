using MathNet.Numerics;

namespace Unlearn.Synthetic;

/// <summary>Where the median of another sample of the same law should lie: an exact interval, whatever the continuous law.</summary>
/// <remarks>
/// <para>
/// Of n own values and an independent sample of m, the number K of own values below the other's j-th smallest is negative hypergeometric,
/// whatever the law, because all orders of the n + m values are equally likely:
/// </para>
/// <code>P(K = k) = C(k+j−1, k) · C(n−k+m−j, n−k) / C(n+m, n)</code>
/// <para>
/// The other's median lies between its two middle values, j = ⌈m/2⌉ and ⌊m/2⌋ + 1, so that own order statistics that leave (1 − level)/2
/// on each side of those bound it. With n = m = 200 and 95 % they are the 80th and the 121st. The method needs nothing of the other sample
/// but its size, which is all that a published median comes with.
/// </para>
/// </remarks>
/// <param name="Low">Lower end; −∞ where even the smallest own value says too little.</param>
/// <param name="High">Upper end; ∞ likewise.</param>
public readonly record struct MedianBand(double Low, double High)
{
    /// <summary>The band.</summary>
    /// <param name="own">Own values.</param>
    /// <param name="otherCount">m.</param>
    /// <param name="level">How probable it should be at least that the other's median lies within, such as 0.95.</param>
    public static MedianBand For(IReadOnlyCollection<double> own, int otherCount, double level = 0.95)
    {
        double[] sorted = [.. own.Order()];
        var (n, tail) = (sorted.Length, (1 - level) / 2);
        // The largest number of own values of which too few lie below the median too rarely to matter; the law is its own mirror image.
        var (left, lower) = (0, (otherCount + 1) / 2);
        for (var sum = Probability(0, n, otherCount, lower); sum <= tail && left < n; sum += Probability(left, n, otherCount, lower))
            left++;
        return left == 0 ? new(double.NegativeInfinity, double.PositiveInfinity) : new(sorted[left - 1], sorted[n - left]);
    }

    /// <summary>Whether a median lies within.</summary>
    /// <param name="median">The other sample's.</param>
    public bool Contains(double median) => median >= Low && median <= High;

    /// <summary>P(K = k).</summary>
    internal static double Probability(int k, int n, int m, int j) => Math.Exp(
        SpecialFunctions.BinomialLn(k + j - 1, k)
        + SpecialFunctions.BinomialLn(n - k + m - j, n - k)
        - SpecialFunctions.BinomialLn(n + m, n));
}
