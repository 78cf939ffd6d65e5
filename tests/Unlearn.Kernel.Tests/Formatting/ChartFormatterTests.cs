using System.Text.Json.Nodes;
using Plotly.NET;
using Plotly.NET.CSharp;
using Unlearn.Kernel.Formatting;
using Chart = Plotly.NET.CSharp.Chart;

namespace Unlearn.Kernel.Tests.Formatting;

public class ChartFormatterTests
{
    private static readonly double[] X = [1, 2, 3];

    private static GenericChart Line(string name) => Chart.Line<double, double, string>(X, X, Name: name, UseDefaults: false);

    private static MimeBundle Shown(GenericChart chart)
    {
        Assert.True(new ChartFormatter().TryFormat(chart, out var bundle));
        return bundle;
    }

    private static JsonNode Figure(GenericChart chart) => Shown(chart).Data[MimeTypes.Plotly];

    [Fact]
    public void A_chart_is_a_plotly_figure_and_a_line_of_text()
    {
        var bundle = Shown(Chart.Combine([Line("GA"), Line("NPO")]).WithTitle("Forgetting")
            .WithXAxisStyle<double, double, string>(TitleText: "epoch")
            .WithYAxisStyle<double, double, string>(TitleText: "loss", AxisType: StyleParam.AxisType.Log));
        Assert.Equal([MimeTypes.Plotly, MimeTypes.Plain], bundle.Data.Keys);
        Assert.Equal(
            "Line chart “Forgetting”: 2 traces (GA, NPO), 3 points each; x: epoch, y: loss (log)", bundle.Text(MimeTypes.Plain));
        Assert.Equal(["data", "layout", "config"], bundle.Data[MimeTypes.Plotly].AsObject().Select(member => member.Key));
    }

    [Fact]
    public void The_summary_names_the_kind_and_survives_a_bare_chart()
    {
        Assert.Equal(
            "Bar chart: 1 trace, 3 points", Shown(Chart.Column<double, string, string>(X, UseDefaults: false)).Text(MimeTypes.Plain));
        Assert.Equal(
            "Heatmap: 1 trace, 2 points",
            Shown(Chart.Heatmap<double, string, string, string>([[1, 2]], UseDefaults: false)).Text(MimeTypes.Plain));
        Assert.Equal(
            "Chart: 2 traces (GA), 1 to 3 points each",
            Shown(Chart.Combine([Line("GA"), Chart.Histogram<double, double, string>(X: new[] { 1.0 }, UseDefaults: false)]))
                .Text(MimeTypes.Plain));
    }

    [Fact]
    public void The_house_style_speaks_where_the_figure_says_nothing()
    {
        var layout = Figure(Line("GA"))["layout"]!;
        Assert.Equal((720, 420), ((int)layout["width"]!, (int)layout["height"]!));
        Assert.Equal("white", (string?)layout["template"]!["layout"]!["plot_bgcolor"]);
        Assert.True((int)layout["template"]!["layout"]!["font"]!["size"]! >= 12);
        Assert.Equal(8, layout["template"]!["layout"]!["colorway"]!.AsArray().Distinct().Count());
    }

    [Fact]
    public void What_the_figure_says_stays()
    {
        var layout = Figure(Line("GA").WithSize(Width: 600, Height: 300).WithLegend(false))["layout"]!;
        Assert.Equal((600, 300), ((int)layout["width"]!, (int)layout["height"]!));
        Assert.False((bool)layout["showlegend"]!);
    }

    [Fact]
    public void House_defaults_give_new_charts_the_house_size()
    {
        ChartFormatter.UseHouseDefaults();
        var layout = Figure(Chart.Line<double, double, string>(X, X))["layout"]!;
        Assert.Equal((720, 420), ((int)layout["width"]!, (int)layout["height"]!));
    }

    [Fact]
    public void Numbers_that_another_writer_spelled_as_text_become_gaps_beside_numbers()
    {
        var figure = JsonNode.Parse("""{"data":[{"x":["NaN","b"],"y":[1,"NaN"],"z":[[1,"Infinity"]],"text":["NaN",1]}]}""")!.AsObject();
        ChartStyle.Apply(figure);
        Assert.Equal("""[{"x":["NaN","b"],"y":[1,null],"z":[[1,null]],"text":["NaN",1]}]""", figure["data"]!.ToJsonString());
    }

    [Fact]
    public void Logarithmic_axes_get_few_ticks_unless_the_figure_sets_them()
    {
        var axis = Figure(Line("GA").WithYAxisStyle<double, double, string>(AxisType: StyleParam.AxisType.Log))["layout"]!["yaxis"]!;
        Assert.Equal(5, (int)axis["nticks"]!);
    }

    [Fact]
    public void Long_titles_go_on_in_further_lines_and_the_margin_grows_with_them()
    {
        var words = string.Join(' ', Enumerable.Repeat("forgetting", 20));
        var layout = Figure(Line("GA").WithTitle(words).WithYAxisStyle<double, double, string>(TitleText: words))["layout"]!;
        var lines = ((string)layout["title"]!["text"]!).Split("<br>");
        Assert.True(lines.Length is > 1 and < 6, string.Join('\n', lines));
        Assert.All(lines, line => Assert.True(line.Length <= 70, line));
        Assert.Equal(words, string.Join(' ', lines));
        Assert.True((int)layout["margin"]!["t"]! > 56);
        Assert.Contains("<br>", (string)layout["yaxis"]!["title"]!["text"]!, StringComparison.Ordinal);
        Assert.Contains($"“{words}”", Shown(Line("GA").WithTitle(words)).Text(MimeTypes.Plain), StringComparison.Ordinal);
    }

    [Fact]
    public void Short_titles_and_those_with_markup_or_mathematics_stay()
    {
        var markup = "<b>" + new string('a', 200) + " b</b>";
        Assert.Equal("Forgetting", (string?)Figure(Line("GA").WithTitle("Forgetting"))["layout"]!["title"]!["text"]);
        Assert.Equal(markup, (string?)Figure(Line("GA").WithTitle(markup))["layout"]!["title"]!["text"]);
    }

    [Fact]
    public void The_summary_counts_lines_and_not_their_bands_and_names_each_once()
    {
        var band = Chart.Line<double, double, string>(X, X, Name: "GA", Fill: StyleParam.Fill.ToSelf, UseDefaults: false);
        Assert.Equal(
            "Line chart: 2 traces (GA), 3 points each", Shown(Chart.Combine([band, Line("GA"), Line("GA")])).Text(MimeTypes.Plain));
    }

    [Fact]
    public void Columns_of_histograms_touch() =>
        Assert.True((double)Figure(Chart.Histogram<double, double, string>(X: X, UseDefaults: false))["layout"]!["bargap"]! < 0.1);

    [Fact]
    public void Other_values_are_left_to_others() => Assert.False(new ChartFormatter().TryFormat("text", out _));
}
