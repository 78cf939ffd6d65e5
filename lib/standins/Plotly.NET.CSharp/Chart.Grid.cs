using System.Text.Json.Nodes;
using Plotly.NET.LayoutObjects;

namespace Plotly.NET.CSharp;

// Several charts beside and below each other.
public static partial class Chart
{
    /// <summary>A grid of charts, filled row by row; each keeps its axes, or shares those of its row and column when coupled.</summary>
    /// <remarks>Charts beyond the last cell are left out, as in the original.</remarks>
    /// <exception cref="ArgumentException">There is no chart, or no cell.</exception>
    public static GenericChart Grid(
        IEnumerable<GenericChart> gCharts,
        int nRows,
        int nCols,
        Optional<IEnumerable<string>> SubPlotTitles = default,
        Optional<Font> SubPlotTitleFont = default,
        Optional<double> SubPlotTitleOffset = default,
        Optional<Tuple<StyleParam.LinearAxisId, StyleParam.LinearAxisId>[][]> SubPlots = default,
        Optional<StyleParam.LinearAxisId[]> XAxes = default,
        Optional<StyleParam.LinearAxisId[]> YAxes = default,
        Optional<StyleParam.LayoutGridRowOrder> RowOrder = default,
        Optional<StyleParam.LayoutGridPattern> Pattern = default,
        Optional<double> XGap = default,
        Optional<double> YGap = default,
        Optional<Domain> Domain = default,
        Optional<StyleParam.LayoutGridXSide> XSide = default,
        Optional<StyleParam.LayoutGridYSide> YSide = default)
    {
        var pattern = Pattern.Or(StyleParam.LayoutGridPattern.Independent);
        var rowOrder = RowOrder.Or(StyleParam.LayoutGridRowOrder.TopToBottom);
        var coupled = pattern == StyleParam.LayoutGridPattern.Coupled;

        var cells = gCharts.Take(nRows * nCols).Select((chart, i) =>
            InCell(chart, i + 1, coupled ? (i % nCols) + 1 : i + 1, coupled ? (i / nCols) + 1 : i + 1));
        var titles = SubPlotTitles.IsSome
            ? SubPlotTitlesOf(
                [.. SubPlotTitles.Value.Take(nRows * nCols)], SubPlotTitleFont.OrNull(), SubPlotTitleOffset.Or(0),
                Cells(nCols, XGap.Or(coupled ? 0.1 : 0.2)),
                Cells(nRows, YGap.Or(coupled ? 0.1 : 0.3)), rowOrder == StyleParam.LayoutGridRowOrder.TopToBottom)
            : [];
        return Combine(cells).WithLayout(layout => Json.Merge(layout, Json.Object(
            ("annotations", titles.Count > 0 ? titles : null),
            ("grid", Json.Object(
                ("rows", nRows), ("columns", nCols), ("pattern", pattern.Convert()), ("roworder", rowOrder.Convert()),
                ("subplots", SubPlots.Value?.Select(row => row.Select(pair => $"{pair.Item1.Convert()}{pair.Item2.Convert()}"))),
                ("xaxes", XAxes.Value?.Select(axis => axis.Convert())), ("yaxes", YAxes.Value?.Select(axis => axis.Convert())),
                ("xgap", XGap.OrNull()), ("ygap", YGap.OrNull()),
                ("xside", XSide.OrNull()), ("yside", YSide.OrNull()))))));
    }

    /// <summary>Charts below each other over one x axis.</summary>
    /// <exception cref="ArgumentException">There is no chart.</exception>
    public static GenericChart SingleStack(
        IEnumerable<GenericChart> gCharts,
        Optional<IEnumerable<string>> SubPlotTitles = default,
        Optional<Font> SubPlotTitleFont = default,
        Optional<double> SubPlotTitleOffset = default,
        Optional<Tuple<StyleParam.LinearAxisId, StyleParam.LinearAxisId>[][]> SubPlots = default,
        Optional<StyleParam.LinearAxisId[]> XAxes = default,
        Optional<StyleParam.LinearAxisId[]> YAxes = default,
        Optional<StyleParam.LayoutGridRowOrder> RowOrder = default,
        Optional<StyleParam.LayoutGridPattern> Pattern = default,
        Optional<double> XGap = default,
        Optional<double> YGap = default,
        Optional<Domain> Domain = default,
        Optional<StyleParam.LayoutGridXSide> XSide = default,
        Optional<StyleParam.LayoutGridYSide> YSide = default)
    {
        var charts = gCharts.ToArray();
        return Grid(
            charts, charts.Length, 1, SubPlotTitles, SubPlotTitleFont, SubPlotTitleOffset, SubPlots, XAxes, YAxes, RowOrder,
            Pattern.Or(StyleParam.LayoutGridPattern.Coupled), XGap, YGap, Domain, XSide, YSide);
    }

    /// <summary>The chart with its first axes renamed for a cell; other axes of a chart have no place in a grid.</summary>
    private static GenericChart InCell(GenericChart chart, int cell, int x, int y) => chart
        .WithTraces(trace =>
        {
            trace["xaxis"] = StyleParam.Numbered("x", x);
            trace["yaxis"] = StyleParam.Numbered("y", y);
        })
        .WithLayout(layout =>
        {
            var (xAxis, yAxis) = (layout["xaxis"] ?? new JsonObject(), layout["yaxis"] ?? new JsonObject());
            foreach (var axis in layout.Select(member => member.Key).Where(IsAxis).ToList()) layout.Remove(axis);
            layout[StyleParam.Numbered("xaxis", cell)] = xAxis.DeepClone();
            layout[StyleParam.Numbered("yaxis", cell)] = yAxis.DeepClone();
        });

    private static bool IsAxis(string name) =>
        name.StartsWith("xaxis", StringComparison.Ordinal) || name.StartsWith("yaxis", StringComparison.Ordinal);

    /// <summary>Start and end of each cell along one side, as fractions of the paper; the gap is a fraction of a cell.</summary>
    private static (double Start, double End)[] Cells(int count, double gap)
    {
        var step = 1 / (count - gap);
        return [.. Enumerable.Range(0, count).Select(i => (step * i, (step * i) + (step * (1 - gap))))];
    }

    private static JsonArray SubPlotTitlesOf(
        string[] titles, object? font, double offset,
        (double Start, double End)[] columns, (double Start, double End)[] rows, bool topFirst)
    {
        var annotations = titles.Select((title, i) =>
        {
            var (column, row) = (columns[i % columns.Length], i / columns.Length);
            return (JsonNode?)Json.Object(
                ("x", (column.Start + column.End) / 2), ("y", rows[topFirst ? rows.Length - 1 - row : row].End + offset),
                ("font", font), ("showarrow", false), ("text", title), ("xanchor", "center"), ("xref", "paper"),
                ("yanchor", "bottom"), ("yref", "paper"));
        });
        return [.. annotations];
    }
}
