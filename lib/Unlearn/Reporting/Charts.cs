using Plotly.NET;
using Plotly.NET.CSharp;
using Plotly.NET.LayoutObjects;
using Unlearn.Numerics;
using Chart = Plotly.NET.CSharp.Chart;

namespace Unlearn.Reporting;

/// <summary>The charts of the project: axes with units and the better direction, and each method in its own colour everywhere.</summary>
public static partial class Charts
{
    /// <summary>Colour of what is not data.</summary>
    internal static readonly Color Grey = Color.fromHex("#666666");

    private const int Width = 720;

    /// <summary>Lines over a common x, with the bands of several seeds around them and published numbers as open markers.</summary>
    /// <param name="title">What the chart shows.</param>
    /// <param name="x">The horizontal axis.</param>
    /// <param name="y">The vertical axis.</param>
    /// <param name="bands">The lines.</param>
    /// <param name="published">A paper's numbers; null for none.</param>
    public static GenericChart Lines(string title, Axis x, Axis y, IEnumerable<Band> bands, IEnumerable<Published>? published = null) =>
        Single(new Panel(title, x, y) { Bands = [.. bands], Published = [.. published ?? []] });

    /// <summary>Methods in the plane of two measures, with error bars both ways and an arrow to where the better ones lie.</summary>
    /// <param name="title">What the chart shows.</param>
    /// <param name="x">The horizontal axis, such as <see cref="Axis.ModelUtility"/>.</param>
    /// <param name="y">The vertical axis, such as <see cref="Axis.ForgetQuality"/>.</param>
    /// <param name="spots">The methods; several of one name share colour and legend entry.</param>
    /// <param name="published">A paper's numbers; null for none.</param>
    /// <param name="paths">Lines, such as a method's way over the epochs; null for none.</param>
    public static GenericChart Tradeoff(
        string title, Axis x, Axis y, IEnumerable<Spot> spots, IEnumerable<Published>? published = null, IEnumerable<Band>? paths = null) =>
        Single(new Panel(title, x, y) { Spots = [.. spots], Published = [.. published ?? []], Bands = [.. paths ?? []] });

    /// <summary>Panels in a grid, row by row, under one legend. Panels with the same axis share its range, so that they compare.</summary>
    /// <param name="title">What the whole shows.</param>
    /// <param name="columns">How many panels stand beside each other, 1 … 4.</param>
    /// <param name="panels">The panels, at least one.</param>
    /// <exception cref="ArgumentException">There is no panel.</exception>
    /// <exception cref="ArgumentOutOfRangeException">More or fewer columns than are readable.</exception>
    public static GenericChart Panels(string title, int columns, params IEnumerable<Panel> panels)
    {
        if (columns is < 1 or > 4)
        {
            throw new ArgumentOutOfRangeException(
                nameof(columns), columns, "A grid should have 1 … 4 columns, or its panels are unreadable.");
        }
        Panel[] all = [.. panels];
        if (all.Length == 0) throw new ArgumentException("A grid needs at least one panel, but got none.", nameof(panels));
        columns = Math.Min(columns, all.Length);
        var rows = (all.Length + columns - 1) / columns;
        var named = new HashSet<string>(StringComparer.Ordinal);
        var cells = all.Select((panel, i) => InGrid(
            panel, panel.Draw(named), all, left: i % columns == 0 ? null : all[i - 1],
            below: i + columns < all.Length ? all[i + columns] : null));
        var grid = Chart.Grid(
            cells.ToArray(), rows, columns, SubPlotTitles: all.Select(panel => panel.Title).ToArray(),
            SubPlotTitleFont: Font.init(Size: 14.0), XGap: all.All(panel => panel.Y == all[0].Y) ? 0.08 : 0.22,
            YGap: all.All(panel => panel.X == all[0].X) ? 0.2 : 0.32);
        grid = all.Index().Aggregate(grid, (chart, panel) => panel.Item.WithMark(chart, panel.Index + 1));
        return grid.WithTitle(title).WithSize(Width, (PanelHeight * rows) + HeightAround + LegendHeight(named));
    }

    /// <summary>Median, quartiles and whiskers for each method, every value beside them while there are few.</summary>
    /// <param name="title">What the chart shows.</param>
    /// <param name="y">What is measured.</param>
    /// <param name="samples">Values by the method's name.</param>
    public static GenericChart Boxes(string title, Axis y, params IEnumerable<(string Name, IReadOnlyList<double> Values)> samples) =>
        Samples(title, y, [.. samples], (name, values, style) => Chart.BoxPlot<string, double, string>(
            Y: values, Name: name, ShowLegend: false, FillColor: style.Faint(0.25), MarkerColor: style.Color, OutlineColor: style.Color,
            BoxPoints: values.Length <= FewValues ? StyleParam.BoxPoints.All : StyleParam.BoxPoints.Outliers, Jitter: 0.4, PointPos: 0.0));

    /// <summary>The distribution of each method's values as a violin with its quartiles and mean.</summary>
    /// <param name="title">What the chart shows.</param>
    /// <param name="y">What is measured.</param>
    /// <param name="samples">Values by the method's name.</param>
    public static GenericChart Violins(string title, Axis y, params IEnumerable<(string Name, IReadOnlyList<double> Values)> samples) =>
        Samples(title, y, [.. samples], (name, values, style) => Chart.Violin<string, double, string>(
            Y: values, Name: name, ShowLegend: false, FillColor: style.Faint(0.25), OutlineColor: style.Color,
            Points: StyleParam.BoxPoints.False, ShowBox: true, SpanMode: StyleParam.SpanMode.Hard));

    /// <summary>Columns beside each other: one group a category, one column in it a method, with the interval of each.</summary>
    /// <param name="title">What the chart shows.</param>
    /// <param name="y">What is measured.</param>
    /// <param name="categories">The groups, such as data sets.</param>
    /// <param name="series">One interval for each category, by the method's name.</param>
    public static GenericChart Columns(
        string title, Axis y, IReadOnlyList<string> categories,
        params IEnumerable<(string Name, IReadOnlyList<MeanInterval> Values)> series)
    {
        var columns = series.Select(each =>
        {
            var (style, values) = (MethodStyle.Of(each.Name), each.Values);
            var chart = Chart.Column<double, string, string>(
                values.Select(value => value.Mean).ToArray(), Keys: categories.ToArray(), Name: each.Name, MarkerColor: style.Color,
                MarkerPatternShape: style.Pattern);
            return values.Any(IsKnown)
                ? chart.WithYErrorStyle<double, double>(
                    Array: values.Select(value => IsKnown(value) ? value.High - value.Mean : 0).ToArray(),
                    Arrayminus: values.Select(value => IsKnown(value) ? value.Mean - value.Low : 0).ToArray(), Symmetric: false)
                : chart;
        }).ToArray();
        return Vertical(
            Chart.Combine(columns).WithTitle(title), y, isTitled: true, y.Low is null || y.High is null ? null : y.RangeFor([]));
    }

    /// <summary>A grey text without arrow that stands on a place.</summary>
    internal static Annotation Note(string text, string xRef, double x, string yRef, double y, StyleParam.XAnchorPosition anchor) =>
        Annotation.init<double, double, double, string, double, string, double, string, double, string>(
            X: x, Y: y, XRef: xRef, YRef: yRef, Text: text, ShowArrow: false, Font: Font.init(Size: 12.0, Color: Grey),
            BGColor: Color.fromString("rgba(0, 0, 0, 0)"), XAnchor: anchor, YAnchor: StyleParam.YAnchorPosition.Bottom);

    private const int FewValues = 60;
    private const int PanelHeight = 240;
    private const int HeightAround = 110;
    private const int PlotHeight = 390;
    private const int LegendRowHeight = 31;

    /// <summary>Room for a legend under the plots, so that it never takes theirs.</summary>
    private static int LegendHeight(IReadOnlyCollection<string> names) =>
        LegendRowHeight * (int)Math.Ceiling(names.Sum(name => 58 + (8.8 * name.Length)) / (Width - 120));

    // An axis that a neighbour repeats has neither title nor numbers there: they would take the room of the data.
    private static GenericChart InGrid(Panel panel, GenericChart drawn, Panel[] all, Panel? left, Panel? below)
    {
        var (xShown, yShown) = (below?.X != panel.X, left?.Y != panel.Y);
        var chart = WithAxes(
            drawn, panel, xShown, yShown,
            panel.X.SharedRange(all.Where(other => other.X == panel.X).SelectMany(other => other.DrawnX)),
            panel.Y.SharedRange(all.Where(other => other.Y == panel.Y).SelectMany(other => other.DrawnY)));
        if (!xShown) chart = chart.WithXAxis(Unnumbered());
        return yShown ? chart : chart.WithYAxis(Unnumbered());

        static LinearAxis Unnumbered() =>
            LinearAxis.init<double, double, double, double, double, string, string, string>(ShowTickLabels: false);
    }

    private static GenericChart Samples(
        string title, Axis y, (string Name, IReadOnlyList<double> Values)[] samples, Func<string, double[], MethodStyle, GenericChart> draw)
    {
        var charts = samples.Select(sample => draw(sample.Name, [.. sample.Values.Select(y.Place)], MethodStyle.Of(sample.Name)));
        return Vertical(
            Chart.Combine(charts.ToArray()).WithTitle(title), y, isTitled: true,
            y.RangeFor(samples.SelectMany(sample => sample.Values).Select(y.Place)));
    }

    private static GenericChart Single(Panel panel)
    {
        var (xEnds, yEnds) = (panel.X.RangeFor(panel.DrawnX), panel.Y.RangeFor(panel.DrawnY));
        var named = new HashSet<string>(StringComparer.Ordinal);
        var chart = panel.WithMark(
            WithAxes(panel.Draw(named), panel, hasXTitle: true, hasYTitle: true, xEnds, yEnds).WithTitle(panel.Title), cell: 1);
        if (Arrow(panel.X.Better, panel.Y.Better) is { } arrow)
        {
            chart = chart.WithAnnotation(
                Note($"better {arrow}", "x domain", 1, "y domain", 1, StyleParam.XAnchorPosition.Right), Append: true);
        }
        if (panel.Y is { IsLog: true, LogTitle: { } log } && yEnds is { } range) chart = WithPowers(chart, panel, log, range);
        return chart.WithSize(Width, PlotHeight + LegendHeight(named));
    }

    // plotly.js draws an axis only where a trace uses it: a point that cannot be seen does.
    private static GenericChart WithPowers(GenericChart chart, Panel panel, string title, (double Low, double High) range)
    {
        var unseen = Chart.Point<double, double, string>(
            panel.DrawnX.Take(1).ToArray(), new[] { range.Low }, ShowLegend: false, Opacity: 0.0).WithAxisAnchor(Y: 2);
        return Chart.Combine(new[] { unseen, chart }).WithYAxisStyle<double, double, string>(
            TitleText: title, MinMax: Tuple.Create(range.Low, range.High), Side: StyleParam.Side.Right, ShowGrid: false,
            Overlaying: StyleParam.LinearAxisId.NewY(1), Id: StyleParam.SubPlotId.NewYAxis(2));
    }

    private static string? Arrow(Better x, Better y) => (x, y) switch
    {
        (Better.Higher, Better.Higher) => "↗",
        (Better.Higher, Better.Lower) => "↘",
        (Better.Lower, Better.Higher) => "↖",
        (Better.Lower, Better.Lower) => "↙",
        _ => null,
    };

    private static GenericChart WithAxes(
        GenericChart chart, Panel panel, bool hasXTitle, bool hasYTitle, (double Low, double High)? x, (double Low, double High)? y)
    {
        var type = panel.X.IsLog ? StyleParam.AxisType.Log : StyleParam.AxisType.Linear;
        var label = hasXTitle ? panel.X.Label : "";
        chart = x is { } range
            ? chart.WithXAxisStyle<double, double, string>(TitleText: label, AxisType: type, MinMax: Tuple.Create(range.Low, range.High))
            : chart.WithXAxisStyle<double, double, string>(TitleText: label, AxisType: type);
        return Vertical(chart, panel.Y, hasYTitle, y);
    }

    private static GenericChart Vertical(GenericChart chart, Axis axis, bool isTitled, (double Low, double High)? range)
    {
        var type = axis.IsLog ? StyleParam.AxisType.Log : StyleParam.AxisType.Linear;
        var label = isTitled ? axis.Label : "";
        return range is { } ends
            ? chart.WithYAxisStyle<double, double, string>(TitleText: label, AxisType: type, MinMax: Tuple.Create(ends.Low, ends.High))
            : chart.WithYAxisStyle<double, double, string>(TitleText: label, AxisType: type);
    }

    private static bool IsKnown(MeanInterval interval) => double.IsFinite(interval.Low) && double.IsFinite(interval.High);
}
