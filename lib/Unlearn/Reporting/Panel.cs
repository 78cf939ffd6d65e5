using Plotly.NET;
using Plotly.NET.LayoutObjects;
using Unlearn.Numerics;
using Chart = Plotly.NET.CSharp.Chart;
using Fluent = Plotly.NET.CSharp.GenericChartExtensions;       // both packages have a WithTraceInfo, so it is called by its class

namespace Unlearn.Reporting;

/// <summary>Two axes and what is drawn between them: a chart of its own, or one of several in <see cref="Charts.Panels"/>.</summary>
/// <param name="Title">What the panel shows.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
public sealed record Panel(string Title, Axis X, Axis Y)
{
    private const double BandOpacity = 0.16;

    // Beyond this, markers on a line would touch.
    private const int MarkersUpTo = 12;

    /// <summary>Lines with their bands.</summary>
    public IReadOnlyList<Band> Bands { get; init; } = [];

    /// <summary>Published numbers, as open markers.</summary>
    public IReadOnlyList<Published> Published { get; init; } = [];

    /// <summary>Methods as points with error bars.</summary>
    public IReadOnlyList<Spot> Spots { get; init; } = [];

    /// <summary>Every x that is drawn, placed on its axis.</summary>
    internal IEnumerable<double> DrawnX =>
        Bands.SelectMany(band => band.X).Concat(Published.SelectMany(each => each.X))
            .Concat(Spots.SelectMany(spot => Ends(spot.X))).Select(X.Place);

    /// <summary>Every y that is drawn, placed on its axis.</summary>
    internal IEnumerable<double> DrawnY =>
        Bands.SelectMany(band => band.Middle.Concat(band.Low).Concat(band.High)).Concat(Published.SelectMany(each => each.Y))
            .Concat(Spots.SelectMany(spot => Ends(spot.Y))).Select(Y.Place);

    /// <summary>The traces, without axes.</summary>
    /// <param name="named">Names that the legend has already; this panel's are added.</param>
    internal GenericChart Draw(HashSet<string> named)
    {
        GenericChart[] traces =
        [
            .. Bands.Where(HasBand).Select(Area),
            .. Bands.Select(band => Line(band, named)),
            .. Spots.GroupBy(spot => spot.Name).Select(spots => WithErrors([.. spots], named)),
            .. Published.Select(each => Markers(each, named)),
        ];
        double[] nothing = [];
        return traces.Length > 0 ? Chart.Combine(traces) : Chart.Point<double, double, string>(nothing, nothing);
    }

    /// <summary>The thin line at the mark of the y axis and its text, where there is one.</summary>
    /// <param name="chart">The chart to put them on.</param>
    /// <param name="cell">Number of this panel's axes, counted from 1.</param>
    internal GenericChart WithMark(GenericChart chart, int cell)
    {
        if (Y.Mark is not { } mark) return chart;
        var number = cell == 1 ? "" : FormattableString.Invariant($"{cell}");
        var line = Shape.init<double, double, double, double>(
            ShapeType: StyleParam.ShapeType.Line, Xref: $"x{number} domain", X0: 0.0, X1: 1.0, Yref: $"y{number}", Y0: mark, Y1: mark,
            Layer: StyleParam.Layer.Below,
            Line: Plotly.NET.Line.init(Color: Charts.Grey, Width: 1.5, Dash: StyleParam.DrawingStyle.Dot));
        chart = chart.WithShape(line, Append: true);
        return Y.MarkText is not { } said ? chart : chart.WithAnnotation(
            Charts.Note(
                said, $"x{number} domain", 0.01, $"y{number}", Y.IsLog ? Math.Log10(mark) : mark, StyleParam.XAnchorPosition.Left),
            Append: true);
    }

    private static bool HasBand(Band band) =>
        band.Low.Zip(band.High).Any(ends => double.IsFinite(ends.First) && double.IsFinite(ends.Second));

    // One closed path along the upper ends and back along the lower ones.
    private GenericChart Area(Band band)
    {
        var inside = Enumerable.Range(0, band.X.Count)
            .Where(i => double.IsFinite(band.Low[i]) && double.IsFinite(band.High[i])).ToArray();
        int[] path = [.. inside, .. inside.Reverse()];
        var x = path.Select(i => X.Place(band.X[i])).ToArray();
        var y = path.Select((i, at) => Y.Place(at < inside.Length ? band.High[i] : band.Low[i])).ToArray();
        return Grouped(band.Name, Chart.Scatter<double, double, string>(
            x, y, StyleParam.Mode.Lines, Name: band.Name, ShowLegend: false, LineWidth: 0.0, Fill: StyleParam.Fill.ToSelf,
            FillColor: MethodStyle.Of(band.Name).Faint(BandOpacity)));
    }

    private GenericChart Line(Band band, HashSet<string> named)
    {
        var style = MethodStyle.Of(band.Name);
        return Grouped(band.Name, Chart.Line<double, double, string>(
            band.X.Select(X.Place).ToArray(), band.Middle.Select(Y.Place).ToArray(), ShowMarkers: band.X.Count <= MarkersUpTo,
            Name: band.Name, ShowLegend: named.Add(band.Name), MarkerColor: style.Color, MarkerSymbol: style.Symbol,
            LineColor: style.Color, LineDash: style.Dash));
    }

    private GenericChart Markers(Published published, HashSet<string> named)
    {
        var style = MethodStyle.Of(published.Name);
        var name = $"{published.Name} (published)";
        return Grouped(name, Chart.Point<double, double, string>(
            published.X.Select(X.Place).ToArray(), published.Y.Select(Y.Place).ToArray(), Name: name, ShowLegend: named.Add(name),
            MarkerColor: style.Color, MarkerSymbol: StyleParam.MarkerSymbol.NewModified(style.Symbol, StyleParam.SymbolStyle.Open)));
    }

    private GenericChart WithErrors(Spot[] spots, HashSet<string> named)
    {
        var (name, style) = (spots[0].Name, MethodStyle.Of(spots[0].Name));
        var points = Grouped(name, Chart.Point<double, double, string>(
            spots.Select(spot => X.Place(spot.X.Mean)).ToArray(), spots.Select(spot => Y.Place(spot.Y.Mean)).ToArray(),
            Name: name, ShowLegend: named.Add(name), MarkerColor: style.Color, MarkerSymbol: style.Symbol));
        if (spots.Any(spot => IsKnown(spot.X)))
        {
            points = points.WithXErrorStyle<double, double>(
                Array: Above(X, spots.Select(spot => spot.X)), Arrayminus: Below(X, spots.Select(spot => spot.X)), Symmetric: false,
                Color: style.Faint(0.6), Thickness: 1.5, Width: 4.0);
        }
        if (spots.Any(spot => IsKnown(spot.Y)))
        {
            points = points.WithYErrorStyle<double, double>(
                Array: Above(Y, spots.Select(spot => spot.Y)), Arrayminus: Below(Y, spots.Select(spot => spot.Y)), Symmetric: false,
                Color: style.Faint(0.6), Thickness: 1.5, Width: 4.0);
        }
        return points;
    }

    private static GenericChart Grouped(string name, GenericChart chart) => Fluent.WithTraceInfo(chart, LegendGroup: name);

    private static bool IsKnown(MeanInterval interval) => double.IsFinite(interval.Low) && double.IsFinite(interval.High);

    private static IEnumerable<double> Ends(MeanInterval interval) =>
        IsKnown(interval) ? [interval.Low, interval.Mean, interval.High] : [interval.Mean];

    private static double[] Above(Axis axis, IEnumerable<MeanInterval> intervals) =>
        [.. intervals.Select(each => IsKnown(each) ? axis.Place(each.High) - axis.Place(each.Mean) : 0)];

    private static double[] Below(Axis axis, IEnumerable<MeanInterval> intervals) =>
        [.. intervals.Select(each => IsKnown(each) ? axis.Place(each.Mean) - axis.Place(each.Low) : 0)];
}
