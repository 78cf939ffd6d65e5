namespace Unlearn.Reporting;

/// <summary>What an axis of a chart measures.</summary>
/// <param name="Title">The quantity, such as "model utility".</param>
/// <param name="Unit">Its unit, such as "nats"; null where it has none.</param>
/// <param name="Better">Which way is better; the axis says it beside its title.</param>
public sealed record Axis(string Title, string? Unit = null, Better Better = Better.Neither)
{
    /// <summary>Updates of the optimiser.</summary>
    public static Axis Update { get; } = new("update");

    /// <summary>Passes over the forget set.</summary>
    public static Axis Epoch { get; } = new("epoch");

    /// <summary>
    /// Forget quality as TOFU defines it: a p-value on a logarithmic axis, its usual threshold marked and log₁₀ p read at the right.
    /// </summary>
    public static Axis ForgetQuality { get; } = new("forget quality", "p-value", Better.Higher)
    {
        IsLog = true,
        Floor = 1e-30,
        Most = 1,
        High = 1,
        Mark = 0.05,
        MarkText = "p = 0.05",
        LogTitle = "log₁₀ p",
    };

    /// <summary>Model utility as TOFU defines it: a harmonic mean between 0 and 1.</summary>
    public static Axis ModelUtility { get; } = new("model utility", Better: Better.Higher) { Least = 0, Most = 1 };

    /// <summary>Whether the axis is logarithmic.</summary>
    public bool IsLog { get; init; }

    /// <summary>Where the axis starts; null lets the data decide.</summary>
    public double? Low { get; init; }

    /// <summary>Where the axis ends; null lets the data decide.</summary>
    public double? High { get; init; }

    /// <summary>The smallest value that the quantity can have: the ends of intervals are cut there. Null where there is none.</summary>
    public double? Least { get; init; }

    /// <summary>The largest value that the quantity can have, likewise.</summary>
    public double? Most { get; init; }

    /// <summary>The smallest value that is told apart: lower ones, zero among them, are drawn here. Only of a logarithmic axis.</summary>
    public double Floor { get; init; } = double.Epsilon;

    /// <summary>A value to mark with a thin line across the chart; null for none.</summary>
    public double? Mark { get; init; }

    /// <summary>What stands at the mark.</summary>
    public string? MarkText { get; init; }

    /// <summary>Title of a second axis, at the opposite side, which reads a logarithmic y axis in powers of ten; null for none.</summary>
    public string? LogTitle { get; init; }

    /// <summary>Title, unit and direction. On a y axis, which is read upwards, the arrows point up and down.</summary>
    public string Label
    {
        get
        {
            var said = Unit is null ? Title : $"{Title} ({Unit})";
            return Better switch
            {
                Better.Lower => $"← better  ·  {said}",
                Better.Higher => $"{said}  ·  better →",
                _ => said,
            };
        }
    }

    /// <summary>A value as it is drawn: one below the floor of a logarithmic axis stands on it, one that cannot be at the bound.</summary>
    internal double Place(double value) => IsLog && value < Floor ? Floor : value < Least ? Least.Value : value > Most ? Most.Value : value;

    /// <summary>The ends of the axis as plotly.js takes them, powers of ten where it is logarithmic; null to let it find them.</summary>
    /// <param name="drawn">The values that it shows, placed.</param>
    internal (double Low, double High)? RangeFor(IEnumerable<double> drawn) => Low is null && High is null ? null : SharedRange(drawn);

    /// <summary>The ends that hold all of some values, as plotly.js takes them: what makes several panels compare.</summary>
    /// <param name="drawn">The values, placed.</param>
    internal (double Low, double High) SharedRange(IEnumerable<double> drawn)
    {
        var values = drawn.Append(Mark ?? double.NaN).Where(double.IsFinite).Select(InUnits).ToArray();
        var low = Low is { } least ? InUnits(least) : values.DefaultIfEmpty(0).Min();
        var high = High is { } most ? InUnits(most) : values.DefaultIfEmpty(1).Max();
        var margin = Margin * (high > low ? high - low : 1);
        return (low - margin, high + margin);
    }

    // Markers at the very end of an axis would be cut in half.
    private const double Margin = 0.04;

    private double InUnits(double value) => IsLog ? Math.Log10(value) : value;
}
