using System.Numerics;

namespace Unlearn.Metrics;

/// <summary>The result of a two-sample Kolmogorov–Smirnov test.</summary>
/// <param name="Statistic">D, 0 … 1.</param>
/// <param name="PValue">The probability of a D at least this large when both samples come from one distribution; 0 … 1.</param>
/// <param name="Log10PValue">Its decimal logarithm, also where the p-value is too small for a double.</param>
public readonly record struct KolmogorovSmirnovResult(double Statistic, double PValue, double Log10PValue);

/// <summary>The exact two-sided two-sample Kolmogorov–Smirnov test.</summary>
/// <remarks>
/// <code>
///   D = supₓ | F_a(x) − F_b(x) |,   0 ≤ D ≤ 1
/// </code>
/// <para>
/// Merging the sorted samples is a path of n steps right and m steps up; under the null hypothesis all C(n+m, n) paths are equally
/// likely, and D is the largest |i/n − j/m| on the way. The p-value is the share of paths that reach D, counted in whole numbers, so no
/// rounding enters however small it is. For n = m it equals 2 Σₖ (−1)ᵏ⁻¹ C(2n, n − k·nD) / C(2n, n).
/// </para>
/// <para>
/// With ties between the samples the count is that of continuous data, as in scipy's <c>ks_2samp</c>, and the p-value is conservative.
/// </para>
/// <para>Hodges, 1958, “The significance probability of the Smirnov two-sample test”, Arkiv för Matematik 3, 469–486.</para>
/// </remarks>
public static class KolmogorovSmirnov
{
    // Counting visits up to n·m cells with numbers of n + m bits; beyond this it would take minutes.
    private const long MostCells = 25_000_000;

    /// <summary>D of two samples.</summary>
    /// <param name="a">First sample, n ≥ 1, any order, no NaN.</param>
    /// <param name="b">Second sample, m ≥ 1, any order, no NaN.</param>
    /// <exception cref="ArgumentException">A sample is empty or contains NaN.</exception>
    public static double Statistic(IReadOnlyCollection<double> a, IReadOnlyCollection<double> b) =>
        (double)Gap(a, b) / ((long)a.Count * b.Count);

    /// <summary>D and its exact p-value.</summary>
    /// <inheritdoc cref="Statistic"/>
    /// <exception cref="ArgumentException">A sample is empty or contains NaN, or n · m exceeds 25 million.</exception>
    public static KolmogorovSmirnovResult Test(IReadOnlyCollection<double> a, IReadOnlyCollection<double> b)
    {
        var gap = Gap(a, b);
        var (n, m) = (a.Count, b.Count);
        var cells = (long)n * m;
        if (cells > MostCells)
        {
            throw new ArgumentException($"Samples of {n} and {m} are too large for an exact p-value; expected n · m ≤ {MostCells}.");
        }

        var all = Paths(n, m, cells + 1);
        var reaching = all - Paths(n, m, gap);

        // 64 significant bits of the share, then the power of two: the counts themselves overflow a double beyond n = m = 510.
        var shift = (int)Math.Max(0, 64 - reaching.GetBitLength() + all.GetBitLength());
        var share = (reaching << shift) / all;
        var p = Math.ScaleB((double)share, -shift);
        return new((double)gap / cells, p, double.IsNormal(p) ? Math.Log10(p) : BigInteger.Log10(share) - shift * Math.Log10(2));
    }

    /// <summary>n·m·D, a whole number: the largest |i·m − j·n| where i and j values of the samples are ≤ x.</summary>
    private static long Gap(IReadOnlyCollection<double> a, IReadOnlyCollection<double> b)
    {
        double[] x = Sorted(a, nameof(a)), y = Sorted(b, nameof(b));
        var (i, j, gap) = (0, 0, 0L);
        while (i < x.Length && j < y.Length)
        {
            var step = Math.Min(x[i], y[j]);
            while (i < x.Length && x[i] <= step) i++;
            while (j < y.Length && y[j] <= step) j++;
            gap = Math.Max(gap, Math.Abs((long)i * y.Length - (long)j * x.Length));
        }
        return gap;
    }

    private static double[] Sorted(IReadOnlyCollection<double> sample, string name)
    {
        ArgumentNullException.ThrowIfNull(sample, name);
        if (sample.Count == 0) throw new ArgumentException($"{name} is empty; expected at least one value.", name);
        if (sample.Any(double.IsNaN)) throw new ArgumentException($"{name} contains NaN, which has no place in an order.", name);
        return [.. sample.Order()];
    }

    /// <summary>Paths from (0, 0) to (n, m) with |i·m − j·n| below the gap at every point.</summary>
    private static BigInteger Paths(int n, int m, long gap)
    {
        var column = new BigInteger[m + 1];
        for (var i = 0; i <= n; i++)
        {
            for (var j = 0; j <= m; j++)
            {
                // column[j] still holds the count of (i − 1, j); column[j − 1] already that of (i, j − 1).
                column[j] = Math.Abs((long)i * m - (long)j * n) >= gap ? 0
                    : i == 0 && j == 0 ? 1
                    : column[j] + (j > 0 ? column[j - 1] : 0);
            }
        }
        return column[m];
    }
}
