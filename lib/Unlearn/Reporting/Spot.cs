using Unlearn.Numerics;

namespace Unlearn.Reporting;

/// <summary>A method in the plane of two measures, with the interval of each.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="X">Its place along x; without error bar where the ends are not finite.</param>
/// <param name="Y">Its place along y, likewise.</param>
public sealed record Spot(string Name, MeanInterval X, MeanInterval Y)
{
    /// <summary>A method at a point, of which no interval is known.</summary>
    /// <param name="name">The method's name.</param>
    /// <param name="x">Its place along x.</param>
    /// <param name="y">Its place along y.</param>
    public static Spot At(string name, double x, double y) => new(name, Exactly(x), Exactly(y));

    private static MeanInterval Exactly(double value) => new(value, double.NegativeInfinity, double.PositiveInfinity, 1);
}
