using System.Text.Json.Nodes;
using Microsoft.FSharp.Core;
using Plotly.NET;
using Plotly.NET.CSharp;

// The core package has a class of this name too; with both namespaces imported, the original needs this line.
using Chart = Plotly.NET.CSharp.Chart;

namespace Unlearn.Kernel.Tests.Charts;

/// <summary>Figures as exact JSON, made as notebooks make them.</summary>
public class ChartTests
{
    private static readonly double[] X = [1, 2];
    private static readonly double[] Y = [0.5, 0.25];

    private static void Expect(string json, GenericChart chart) => Assert.Equal(json, GenericChart.toFigureJson(chart));

    private static string Figure(string data, string layout = "{}") => $$"""{"data":[{{data}}],"layout":{{layout}},"frames":[]}""";

    private static GenericChart Line(params double[] y) => Chart.Line<double, double, string>(X, y, UseDefaults: false);

    [Fact]
    public void Lines_points_and_both()
    {
        Expect(Figure("""{"type":"scatter","name":"GA","mode":"lines","x":[1,2],"y":[0.5,0.25]}"""),
            Chart.Line<double, double, string>(X, Y, Name: "GA", UseDefaults: false));
        Expect(Figure("""{"type":"scatter","mode":"lines\u002Bmarkers","x":[1,2],"y":[0.5,0.25],"line":{"width":3,"dash":"dot"}}"""),
            Chart.Line<double, double, string>(
                X, Y, ShowMarkers: true, LineWidth: 3.0, LineDash: StyleParam.DrawingStyle.Dot, UseDefaults: false));
        Expect(Figure(
            """{"type":"scatter","mode":"markers\u002Btext","x":[1,2],"y":[0.5,0.25],"text":["a","b"],"textposition":"top center"}"""),
            Chart.Point<double, double, string>(
                X, Y, MultiText: new[] { "a", "b" }, TextPosition: StyleParam.TextPosition.TopCenter, UseDefaults: false));
    }

    [Fact]
    public void What_is_not_a_finite_number_is_a_gap() =>
        Expect(Figure("""{"type":"scatter","mode":"lines","x":[1,2],"y":[null,null]}"""), Line(double.NaN, double.PositiveInfinity));

    [Fact]
    public void Numbers_are_written_shortest_and_dates_as_iso()
    {
        Expect(Figure("""{"type":"scatter","mode":"lines","x":["2024-01-31T00:00:00","2024-02-01T12:30:00"],"y":[0.1,1E-07]}"""),
            Chart.Line<DateTime, float, string>(
                [new DateTime(2024, 1, 31), new DateTime(2024, 2, 1, 12, 30, 0)], [0.1f, 1e-7f], UseDefaults: false));
    }

    [Fact]
    public void Text_cannot_leave_a_script_element() =>
        Expect(Figure("""{"type":"scatter","name":"\u003C/script\u003E é","mode":"lines","x":[1,2],"y":[0.5,0.25]}"""),
            Chart.Line<double, double, string>(X, Y, Name: "</script> é", UseDefaults: false));

    [Fact]
    public void Bars_lie_and_columns_stand()
    {
        Expect(Figure("""{"type":"bar","x":[0.5,0.25],"y":["GA","NPO"],"orientation":"h"}"""),
            Chart.Bar<double, string, string>(Y, Keys: new[] { "GA", "NPO" }, UseDefaults: false));
        Expect(Figure("""{"type":"bar","x":["GA","NPO"],"y":[0.5,0.25],"marker":{"color":"rgba(0, 114, 178, 1.0)"},"orientation":"v"}"""),
            Chart.Column<double, string, string>(
                Y, Keys: new[] { "GA", "NPO" }, MarkerColor: Color.fromHex("#0072B2"), UseDefaults: false));
        Expect(Figure("""{"type":"bar","y":[0.5,0.25],"orientation":"v"}""", """{"barmode":"stack"}"""),
            Chart.StackedColumn<double, string, string>(Y, UseDefaults: false));
    }

    [Fact]
    public void Samples_and_matrices()
    {
        Expect(Figure("""{"type":"histogram","x":[1,2],"histnorm":"probability","nbinsx":5}"""),
            Chart.Histogram<double, double, string>(X: X, HistNorm: StyleParam.HistNorm.Probability, NBinsX: 5, UseDefaults: false));
        Expect(Figure("""{"type":"box","name":"GA","y":[0.5,0.25],"boxpoints":"all","boxmean":true}"""),
            Chart.BoxPlot<double, double, string>(
                Y: Y, Name: "GA", BoxPoints: StyleParam.BoxPoints.All, BoxMean: StyleParam.BoxMean.True, UseDefaults: false));
        Expect(Figure(
            """{"type":"heatmap","z":[[1,null],[3,4]],"x":["a","b"],"colorscale":"Cividis"}""", """{"yaxis":{"autorange":"reversed"}}"""),
            Chart.Heatmap<double, string, string, string>(
                [[1, double.NaN], [3, 4]], X: new[] { "a", "b" }, ColorScale: StyleParam.Colorscale.Cividis, ReverseYAxis: true,
                UseDefaults: false));
        Expect(Figure(
            """{"type":"heatmap","z":[[1]]}""", """{"annotations":[{"x":0,"y":0,"text":"one","showarrow":false}]}"""),
            Chart.AnnotatedHeatmap<double, string, string, string>([[1]], [["one"]], UseDefaults: false));
    }

    [Fact]
    public void A_range_is_two_bounds_filled_between_and_a_line()
    {
        var figure = JsonNode.Parse(GenericChart.toFigureJson(
            Chart.Range<double, double, string>(X, Y, [1, 1], [0, 0], StyleParam.Mode.Lines, Name: "NPO", UseDefaults: false)))!;
        string[] traces =
        [
            """{"type":"scatter","name":"lower","showlegend":true,"legendgroup":"Range","mode":"lines","x":[1,2],"y":[0,0],MARKER}""",
            """{"type":"scatter","name":"upper","showlegend":true,"legendgroup":"Range","mode":"lines","x":[1,2],"y":[1,1],FILL,MARKER}""",
            """{"type":"scatter","name":"NPO","mode":"lines","x":[1,2],"y":[0.5,0.25],"legendgroup":"Range",TITLE}""",
        ];
        Assert.Equal(
            traces.Select(trace => trace.Replace("MARKER", "\"marker\":{\"color\":\"rgba(0,0,0,0.5)\"}", StringComparison.Ordinal)
                .Replace("FILL", "\"fill\":\"tonexty\"", StringComparison.Ordinal)
                .Replace("TITLE", "\"legendgrouptitle\":{\"text\":\"Range\"}", StringComparison.Ordinal)),
            figure["data"]!.AsArray().Select(trace => trace!.ToJsonString()));
    }

    [Fact]
    public void Combined_charts_keep_all_traces_and_the_later_layout()
    {
        var chart = Chart.Combine([Line(1, 2).WithTitle("first"), Line(3, 4).WithTitle("second").WithSize(Width: 300)]);
        Expect(Figure(
            """{"type":"scatter","mode":"lines","x":[1,2],"y":[1,2]},{"type":"scatter","mode":"lines","x":[1,2],"y":[3,4]}""",
            """{"title":{"text":"second"},"width":300}"""), chart);
        Assert.Throws<ArgumentException>(() => Chart.Combine([]));
    }

    [Fact]
    public void A_chart_never_changes()
    {
        var line = Line(1, 2);
        var before = GenericChart.toFigureJson(line);
        _ = line.WithTitle("t").WithTraceInfo(Name: "n").WithLegend(false).WithXAxisStyle<double, double, string>(TitleText: "x");
        _ = Chart.Combine([line, line]);
        _ = Chart.Grid([line], 1, 1);
        Assert.Equal(before, GenericChart.toFigureJson(line));
    }

    [Fact]
    public void Titles_axes_and_legend_follow_plotly_js_3()
    {
        var chart = Line(1, 2)
            .WithTitle("loss", TitleFont: FSharpOption<Font>.Some(Font.init(Size: FSharpOption<double>.Some(20))))
            .WithXAxisStyle<double, double, string>(TitleText: "epoch", MinMax: Tuple.Create(0.0, 10.0))
            .WithYAxisStyle<double, double, string>(TitleText: "nats", AxisType: StyleParam.AxisType.Log)
            .WithLegendStyle(Orientation: StyleParam.Orientation.Vertical, X: 1.02);
        Expect(Figure(
            """{"type":"scatter","mode":"lines","x":[1,2],"y":[1,2]}""",
            """{"title":{"text":"loss","font":{"size":20}},"xaxis":{"title":{"text":"epoch"},"range":[0,10]}"""
            + ""","yaxis":{"title":{"text":"nats"},"type":"log"},"legend":{"orientation":"v","x":1.02}}"""), chart);
    }

    [Fact]
    public void Error_bars_go_to_every_trace() =>
        Expect(Figure("""{"type":"scatter","mode":"lines","x":[1,2],"y":[1,2],"error_y":{"array":[0.1,0.2],"width":3}}"""),
            Line(1, 2).WithYErrorStyle<double, double>(
                Array: FSharpOption<IEnumerable<double>>.Some([0.1, 0.2]), Width: FSharpOption<double>.Some(3)));

    [Fact]
    public void A_grid_gives_each_cell_axes_of_its_own_and_titles_above()
    {
        var cell = Line(1, 2).WithXAxisStyle<double, double, string>(TitleText: "epoch");
        var figure = JsonNode.Parse(GenericChart.toFigureJson(Chart.Grid([cell, cell], 1, 2, SubPlotTitles: new[] { "a", "b" })))!;
        Assert.Equal(["x y", "x2 y2"], figure["data"]!.AsArray().Select(trace => $"{trace!["xaxis"]} {trace["yaxis"]}"));

        var layout = figure["layout"]!.AsObject();
        Assert.Equal(["xaxis", "yaxis", "xaxis2", "yaxis2", "annotations", "grid"], layout.Select(member => member.Key));
        Assert.Equal("""{"title":{"text":"epoch"}}""", layout["xaxis2"]!.ToJsonString());
        Assert.Equal(
            """{"rows":1,"columns":2,"pattern":"independent","roworder":"top to bottom"}""", layout["grid"]!.ToJsonString());

        // A gap of a fifth of a cell leaves cells of 4/9 of the width; titles stand over their middles.
        Assert.Equal([2 / 9.0, 7 / 9.0], layout["annotations"]!.AsArray().Select(title => (double)title!["x"]!), new Close());
        Assert.Equal(["a", "b"], layout["annotations"]!.AsArray().Select(title => (string)title!["text"]!));
        Assert.All(layout["annotations"]!.AsArray(), title => Assert.Equal(1, (double)title!["y"]!, 1e-12));
    }

    [Fact]
    public void The_first_row_of_a_grid_is_the_top_one_unless_asked_otherwise()
    {
        Assert.Equal([1.0, 0.7 / 1.7], Tops(StyleParam.LayoutGridRowOrder.TopToBottom), new Close());
        Assert.Equal([0.7 / 1.7, 1.0], Tops(StyleParam.LayoutGridRowOrder.BottomToTop), new Close());

        static double[] Tops(StyleParam.LayoutGridRowOrder order)
        {
            var grid = Chart.Grid([Line(1, 2), Line(1, 2)], 2, 1, SubPlotTitles: new[] { "first", "second" }, RowOrder: order);
            return [.. JsonNode.Parse(GenericChart.toFigureJson(grid))!["layout"]!["annotations"]!.AsArray().Select(t => (double)t!["y"]!)];
        }
    }

    [Fact]
    public void Bad_colours_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Color.fromHex("#12"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Color.fromRGB(0, 0, 256));
        Assert.Equal(Color.fromHex("0072B2"), Color.fromRGB(0, 114, 178));
    }

    private sealed class Close : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) < 1e-12;

        public int GetHashCode(double number) => 0;
    }
}
