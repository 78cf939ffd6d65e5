// Written by hand: the package feed has no k-means.
using System.Collections.Immutable;
using Unlearn.Data.World;
using Unlearn.Tensors;

namespace Unlearn.Numerics;

/// <summary>Points in K clusters, each about its mean (k-means).</summary>
/// <remarks>
/// <code>
///   inertia = Σᵢ min_c ‖xᵢ − μ_c‖²
///   Lloyd:       label every point with its nearest mean, take means anew, until no label changes
///   k-means++:   a first mean at random, every further one at point x with probability ∝ min_c ‖x − μ_c‖²;
///                the best of 2 + ⌊ln K⌋ such draws is taken, as scikit-learn does
/// </code>
/// <para>
/// Of equally near means the first is taken; a cluster that lost all its points gets the point that is farthest from its mean. Same points,
/// same options, same result on every machine. N·K·D operations a round; meant for hundreds of points.
/// </para>
/// <para>Lloyd, 1982. Least squares quantization in PCM; Arthur, Vassilvitskii, 2007. k-means++.</para>
/// </remarks>
/// <param name="Centroids">μ, [K][D].</param>
/// <param name="Labels">The cluster of each point, [N].</param>
/// <param name="Inertia">Sum of squared distances to the own mean.</param>
/// <param name="Rounds">How often points were labelled.</param>
public sealed record KMeans(ImmutableArray<double[]> Centroids, ImmutableArray<int> Labels, double Inertia, int Rounds)
{
    /// <summary>The best of several beginnings: the least inertia, of equals the first.</summary>
    /// <param name="points">[N][D], finite.</param>
    /// <param name="options">How many clusters, how often, which seed.</param>
    /// <exception cref="ArgumentException">There are fewer points than clusters, or not of one length, or not finite.</exception>
    public static KMeans Fit(IReadOnlyList<double[]> points, KMeansOptions options)
    {
        Check(points, options.Clusters);
        var random = new SplitMix64(options.Seed);
        return Enumerable.Range(0, options.Restarts)
            .Select(_ => From(points, Beginning(points, options.Clusters, random), options.MostRounds))
            .MinBy(fit => fit.Inertia)!;
    }

    /// <summary>Lloyd's rounds from given means.</summary>
    /// <param name="points">[N][D], finite.</param>
    /// <param name="centroids">The first means, [K][D].</param>
    /// <param name="mostRounds">Rounds after which it ends even if labels change still.</param>
    public static KMeans From(IReadOnlyList<double[]> points, IReadOnlyList<double[]> centroids, int mostRounds = 300)
    {
        Check(points, centroids.Count);
        Require.Positive(mostRounds);
        double[][] means = [.. centroids.Select(mean => mean.ToArray())];
        int[] labels = [], before;
        var round = 0;
        do
        {
            before = labels;
            labels = [.. points.Select(point => Nearest(means, point))];
            Fill(labels, points, means);
            if (++round > 1 && labels.AsSpan().SequenceEqual(before)) break;
            Average(points, labels, means);
        }
        while (round < mostRounds);
        return new([.. means], [.. labels], points.Select((point, i) => SquaredDistance(point, means[labels[i]])).Sum(), round);
    }

    /// <summary>‖a − b‖².</summary>
    internal static double SquaredDistance(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var d = 0; d < a.Length; d++) sum += (a[d] - b[d]) * (a[d] - b[d]);
        return sum;
    }

    private static int Nearest(double[][] means, double[] point) =>
        Enumerable.Range(0, means.Length).MinBy(c => SquaredDistance(point, means[c]));

    private static double[][] Beginning(IReadOnlyList<double[]> points, int clusters, SplitMix64 random)
    {
        var candidates = 2 + (int)Math.Log(clusters);
        List<double[]> means = [points[random.Below(points.Count)]];
        var weights = Nearer(Enumerable.Repeat(double.PositiveInfinity, points.Count), means[0]);
        while (means.Count < clusters)
        {
            double[][] drawn = [.. Enumerable.Range(0, candidates).Select(_ => points[Drawn(weights, random)])];
            (var next, weights) = drawn.Select(point => (point, Weights: Nearer(weights, point))).MinBy(choice => choice.Weights.Sum());
            means.Add(next);
        }
        return [.. means];

        double[] Nearer(IEnumerable<double> distances, double[] mean) =>
            [.. distances.Zip(points, (distance, point) => Math.Min(distance, SquaredDistance(point, mean)))];
    }

    // 53 random bits, a number in [0, 1). Where all weights are 0 any point is as good.
    private static int Drawn(double[] weights, SplitMix64 random)
    {
        var left = (random.Next() >> 11) * Math.ScaleB(1, -53) * weights.Sum();
        for (var i = 0; i < weights.Length; i++)
        {
            left -= weights[i];
            if (left < 0) return i;
        }
        return Array.FindLastIndex(weights, weight => weight > 0) is var last and >= 0 ? last : 0;
    }

    private static void Fill(int[] labels, IReadOnlyList<double[]> points, double[][] means)
    {
        for (var empty = 0; empty < means.Length; empty++)
        {
            if (Array.IndexOf(labels, empty) >= 0) continue;
            var far = Enumerable.Range(0, labels.Length).MaxBy(i => SquaredDistance(points[i], means[labels[i]]));
            if (SquaredDistance(points[far], means[labels[far]]) == 0) return;
            labels[far] = empty;
            means[empty] = [.. points[far]];
        }
    }

    private static void Average(IReadOnlyList<double[]> points, int[] labels, double[][] means)
    {
        for (var c = 0; c < means.Length; c++)
        {
            int[] members = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] == c)];
            if (members.Length == 0) continue;
            means[c] = [.. Enumerable.Range(0, means[c].Length).Select(d => members.Average(i => points[i][d]))];
        }
    }

    private static void Check(IReadOnlyList<double[]> points, int clusters)
    {
        Require.Positive(clusters);
        if (points.Count < clusters)
            throw new ArgumentException($"{clusters} clusters need as many points but there are {points.Count}.", nameof(points));
        if (points.Any(point => point.Length != points[0].Length || !Array.TrueForAll(point, double.IsFinite)))
            throw new ArgumentException($"All points should have {points[0].Length} finite numbers.", nameof(points));
    }
}

/// <summary>How points are put into clusters.</summary>
/// <param name="Clusters">K, positive.</param>
/// <param name="Restarts">Beginnings, of which the best is kept.</param>
/// <param name="MostRounds">Rounds of one beginning.</param>
/// <param name="Seed">Same seed, same clusters.</param>
public sealed record KMeansOptions(int Clusters, int Restarts = 20, int MostRounds = 300, ulong Seed = 0)
{
    /// <summary>K.</summary>
    public int Clusters { get; init => field = Require.Positive(value, nameof(Clusters)); } = Require.Positive(Clusters);

    /// <summary>Beginnings.</summary>
    public int Restarts { get; init => field = Require.Positive(value, nameof(Restarts)); } = Require.Positive(Restarts);
}
