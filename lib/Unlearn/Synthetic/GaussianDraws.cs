using Unlearn.Data.World;

namespace Unlearn.Synthetic;

/// <summary>Uniform and standard normal numbers from <see cref="SplitMix64"/>.</summary>
/// <remarks>Marsaglia's polar method: a uniform point (u, v) of the unit disc, s = u² + v², gives u·√(−2 ln s / s); v likewise.</remarks>
internal sealed class GaussianDraws(SplitMix64 bits)
{
    private double? spare;

    /// <summary>Uniform on [0, 1): the upper 53 bits.</summary>
    public double Uniform() => (bits.Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>N(0, 1).</summary>
    public double Normal()
    {
        if (spare is { } second)
        {
            spare = null;
            return second;
        }
        double u, v, s;
        do
        {
            (u, v) = (2 * Uniform() - 1, 2 * Uniform() - 1);
            s = u * u + v * v;
        }
        while (s is >= 1 or 0);
        var scale = Math.Sqrt(-2 * Math.Log(s) / s);
        spare = v * scale;
        return u * scale;
    }
}
