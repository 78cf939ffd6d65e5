using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plotly.NET;
using Plotly.NET.CSharp;
using Plotly.NET.LayoutObjects;
using Plotly.NET.TraceObjects;
using Unlearn.Kernel.Formatting;
using Unlearn.Kernel.Tests.Formatting;
using Chart = Plotly.NET.CSharp.Chart;

namespace Unlearn.Kernel.Tests.Charts;

/// <summary>plotly.js itself, version 3, as the judge of every kind of chart: no unknown name, no value that it would replace.</summary>
public class PlotlyDialectTests
{
    private static readonly double[] X = [1, 2, 3];
    private static readonly double[] Y = [0.5, 0.25, 0.125];
    private static readonly string[] Keys = ["GA", "DPO", "NPO"];

    private static GenericChart Line(string name) => Chart.Line<double, double, string>(X, Y, Name: name, UseDefaults: false);

    private static Dictionary<string, GenericChart> Charts() => new()
    {
        ["points"] = Chart.Point<double, double, string>(
            X, Y, MultiText: Keys, TextPosition: StyleParam.TextPosition.TopCenter,
            MarkerSymbol: StyleParam.MarkerSymbol.NewModified(StyleParam.MarkerSymbol.Diamond, StyleParam.SymbolStyle.Open)),
        ["range"] = Chart.Range<double, double, string>(X, Y, X, Y, StyleParam.Mode.Lines, Name: "NPO"),
        ["errors"] = Line("GA").WithXError(Error.init<double, double>(Array: Y, Arrayminus: Y, Symmetric: false))
            .WithYErrorStyle<double, double>(Array: Y, Thickness: 1.5, Width: 4.0),
        ["log"] = Line("GA").WithYAxisStyle<double, double, string>(TitleText: "loss", AxisType: StyleParam.AxisType.Log),
        ["column"] = Chart.Column<double, string, string>(Y, Keys: Keys, MarkerPatternShape: StyleParam.PatternShape.Dots),
        ["bar"] = Chart.Bar<double, string, string>(Y, Keys: Keys),
        ["stacked"] = Chart.StackedColumn<double, string, string>(Y, Keys: Keys),
        ["histogram"] = Chart.Histogram<double, double, string>(X: X, XBins: Bins.init(Start: 0.0, End: 4.0, Size: 1.0)),
        ["box"] = Chart.BoxPlot<double, double, string>(
            Y: Y, BoxPoints: StyleParam.BoxPoints.All, BoxMean: StyleParam.BoxMean.SD, Jitter: 0.3),
        ["violin"] = Chart.Violin<double, double, string>(
            Y: Y, ShowBox: true, MeanLine: MeanLine.init(Visible: true), SpanMode: StyleParam.SpanMode.Hard,
            ScaleMode: StyleParam.ScaleMode.Width, Side: StyleParam.ViolinSide.Both),
        ["heatmap"] = Chart.Heatmap<double, string, string, string>(
            [X, Y], X: Keys, ColorScale: StyleParam.Colorscale.RdBu, XGap: 2,
            ColorBar: ColorBar.init<string, double>(Title: Title.init(Text: "utility", Side: StyleParam.Side.Right))),
        ["annotated"] = Chart.AnnotatedHeatmap<double, string, string, string>([X], [Keys], X: Keys),
        ["scale"] = Chart.Heatmap<double, string, string, string>(
            [X], ColorScale: StyleParam.Colorscale.NewCustom(
                [Tuple.Create(0.0, Color.fromHex("#0072B2")), Tuple.Create(1.0, Color.fromHex("#D55E00"))])),
        ["grid"] = Chart.Grid(new[] { Line("a"), Line("b"), Line("c"), Chart.Invisible() }, 2, 2, SubPlotTitles: Keys),
        ["shared"] = Chart.SingleStack(new[] { Line("a"), Line("b") }, SubPlotTitles: Keys),
        ["second axis"] = Chart.Combine(new[] { Line("a"), Line("b").WithAxisAnchor(Y: 2) })
            .WithYAxisStyle<double, double, string>(
                TitleText: "right", Side: StyleParam.Side.Right, Overlaying: StyleParam.LinearAxisId.NewY(1),
                Id: StyleParam.SubPlotId.NewYAxis(2)),
        ["layout"] = Line("a").WithTitle("title").WithLegend(true).WithMargin(Margin.init<int, int, int, int, int, bool>(Left: 90, Top: 40))
            .WithTemplate(Template.withColorWay(Color.fromColors([Color.fromHex("#0072B2")]), new Template()))
            .WithXAxis(LinearAxis.init<double, double, double, double, double, string, string, string>(
                TickMode: StyleParam.TickMode.Array, TickVals: X, TickText: Keys, Range: StyleParam.Range.ofMinMax(0.0, 4.0)))
            .WithMarker(Marker.init(Size: 9)).WithLine(Plotly.NET.Line.init(Width: 1.0, Dash: StyleParam.DrawingStyle.Dash))
            .WithLegendStyle(Orientation: StyleParam.Orientation.Horizontal, X: 0.5, XAnchor: StyleParam.XAnchorPosition.Center)
            .WithConfig(Config.init(DisplayModeBar: false))
            .WithShape(Shape.init<double, double, double, double>(
                ShapeType: StyleParam.ShapeType.Line, Xref: "x domain", X0: 0.0, X1: 1.0, Y0: 0.5, Y1: 0.5, Layer: StyleParam.Layer.Below))
            .WithAnnotation(Annotation.init<double, double, double, string, double, string, double, string, double, string>(
                X: 1.0, Y: 0.5, Text: "here", ShowArrow: false, Align: StyleParam.AnnotationAlignment.Left, Font: Font.init(Size: 12.0))),
    };

    [ChromiumFact]
    public void Plotly_js_finds_nothing_unknown_in_any_chart_as_made_and_as_shown()
    {
        var figures = new JsonObject();
        foreach (var (name, chart) in Charts())
        {
            figures[name] = JsonNode.Parse(GenericChart.toFigureJson(chart));
            Assert.True(new ChartFormatter().TryFormat(chart, out var bundle));
            figures[name + " (shown)"] = bundle.Data[MimeTypes.Plotly].DeepClone();
        }
        figures["wrong"] = JsonNode.Parse("""{"data":[{"type":"scatter","x":[1],"y":[1],"mode":"nope"}],"layout":{}}""");
        Assert.Equal("wrong: In data trace 0, key mode is set to an invalid value (nope)", Complaints(figures));
    }

    // Chromium validates all figures in one start. What is set and not used is no error: a template may make it needless.
    private static string Complaints(JsonObject figures)
    {
        var folder = Directory.CreateTempSubdirectory("unlearn-dialect-").FullName;
        try
        {
            var page = Path.Combine(folder, "page.html");
            File.WriteAllText(page, $$"""
                <!DOCTYPE html>
                <meta charset="utf-8">
                <script src="{{new Uri(ChromiumFactAttribute.PlotlyJs).AbsoluteUri}}"></script>
                <pre id="complaints"></pre>
                <script>
                  window.onerror = message => { document.getElementById('complaints').textContent = message; };
                </script>
                <script>
                  const figures = {{figures.ToJsonString(JsonSerializerOptions.Default)}};
                  const complaints = Object.entries(figures).flatMap(([name, { data, layout }]) =>
                    (Plotly.validate(data, layout) || []).filter(each => each.code !== 'unused' && each.code !== 'invisible')
                      .map(each => `${name}: ${each.msg}`));
                  document.getElementById('complaints').textContent = complaints.join('\n');
                </script>
                """);
            var start = new ProcessStartInfo(ChromiumFactAttribute.Chromium!, [
                "--headless=new", "--no-sandbox", "--disable-gpu", $"--user-data-dir={Path.Combine(folder, "profile")}",
                "--virtual-time-budget=10000", "--dump-dom", new Uri(page).AbsoluteUri,
            ])
            { RedirectStandardOutput = true, RedirectStandardError = true };
            using var chromium = Process.Start(start)!;
            var errors = chromium.StandardError.ReadToEndAsync();
            var document = chromium.StandardOutput.ReadToEnd();
            chromium.WaitForExit();
            const string Opening = "<pre id=\"complaints\">";
            var at = document.IndexOf(Opening, StringComparison.Ordinal);
            Assert.True(at >= 0, errors.Result);
            return WebUtility.HtmlDecode(document[(at + Opening.Length)..document.IndexOf("</pre>", at, StringComparison.Ordinal)]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
