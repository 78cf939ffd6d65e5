using MathNet.Numerics.LinearAlgebra;

namespace Unlearn.Numerics;

/// <summary>The directions in which points differ most, to draw them in a plane.</summary>
/// <remarks>
/// <code>
///   x ↦ A (x − x̄)      rows of A: eigenvectors of the covariance with the largest eigenvalues, of length 1
/// </code>
/// The sign of each is chosen so that its largest entry is positive: the same points give the same picture. Pearson, 1901.
/// </remarks>
public sealed class PrincipalAxes
{
    private readonly double[] mean;
    private readonly double[][] axes;

    private PrincipalAxes(double[] mean, double[][] axes, IReadOnlyList<double> shares) =>
        (this.mean, this.axes, Shares) = (mean, axes, shares);

    /// <summary>The share of all variance along each axis, 0 … 1; the largest first.</summary>
    public IReadOnlyList<double> Shares { get; }

    /// <summary>The axes of points.</summary>
    /// <param name="points">At least two, of one length.</param>
    /// <param name="count">How many axes, at most that length.</param>
    /// <exception cref="ArgumentException">There are too few points, or they differ in length.</exception>
    public static PrincipalAxes Of(IReadOnlyList<double[]> points, int count = 2)
    {
        if (points.Count < 2 || points.Any(point => point.Length != points[0].Length))
            throw new ArgumentException($"Axes need at least two points of one length, but got {points.Count}.", nameof(points));
        var D = points[0].Length;
        if (count < 1 || count > D)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"Points of {D} entries have 1 to {D} axes.");
        double[] mean = [.. Enumerable.Range(0, D).Select(d => points.Average(point => point[d]))];
        var centred = Matrix<double>.Build.Dense(points.Count, D, (row, column) => points[row][column] - mean[column]);
        var evd = (centred.TransposeThisAndMultiply(centred) / points.Count).Evd(Symmetricity.Symmetric);
        var values = evd.EigenValues.Select(value => Math.Max(0, value.Real)).ToArray();
        int[] order = [.. Enumerable.Range(0, D).OrderByDescending(d => values[d]).Take(count)];
        var total = values.Sum();
        return new(mean, [.. order.Select(d => Turned(evd.EigenVectors.Column(d).ToArray()))],
            [.. order.Select(d => total > 0 ? values[d] / total : 0)]);
    }

    /// <summary>Where a point lies along each axis.</summary>
    /// <param name="point">As long as the points that the axes are of.</param>
    public double[] Project(IReadOnlyList<double> point) =>
        [.. axes.Select(axis => axis.Select((entry, d) => entry * (point[d] - mean[d])).Sum())];

    private static double[] Turned(double[] axis) => axis.MaxBy(Math.Abs) < 0 ? [.. axis.Select(entry => -entry)] : axis;
}
