using System.Globalization;
using MathNet.Numerics.Distributions;

namespace Unlearn.Numerics;

/// <summary>A mean over seeds with its interval.</summary>
/// <remarks><code>x̄ ± t₍₀.₉₇₅, n−1₎ · s / √n</code>Student's interval for independent, roughly normal values.</remarks>
/// <param name="Mean">x̄.</param>
/// <param name="Low">Lower end; −∞ for a single value, which says nothing about spread.</param>
/// <param name="High">Upper end; ∞ for a single value.</param>
/// <param name="Count">n.</param>
public readonly record struct MeanInterval(double Mean, double Low, double High, int Count)
{
    /// <summary>The 95 % interval of a sample.</summary>
    /// <param name="values">At least one finite number.</param>
    /// <exception cref="ArgumentException">There is no value, or one is not finite.</exception>
    public static MeanInterval Of(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0 || !values.All(double.IsFinite))
        {
            throw new ArgumentException(
                $"An interval needs finite values, at least one, but got [{string.Join(", ", values)}].", nameof(values));
        }
        var (n, mean) = (values.Count, values.Average());
        if (n == 1) return new(mean, double.NegativeInfinity, double.PositiveInfinity, 1);
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (n - 1));
        var half = StudentT.InvCDF(0, 1, n - 1, 0.975) * deviation / Math.Sqrt(n);
        return new(mean, mean - half, mean + half, n);
    }

    /// <summary>"0.42 [0.38, 0.46] (n = 5)".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Mean:G3} [{Low:G3}, {High:G3}] (n = {Count})");
}
