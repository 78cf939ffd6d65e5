using System.Text.Json;
using Plotly.NET;
using Unlearn.Numerics;
using Unlearn.Reporting;

namespace Unlearn.Tests.Reporting;

public sealed class ChartsTests
{
    private static readonly Axis Loss = new("loss", "nats", Better.Lower);
    private static readonly double[] X = [0, 1];

    private static JsonElement Figure(GenericChart chart) => JsonDocument.Parse(GenericChart.toFigureJson(chart)).RootElement;

    private static JsonElement[] Traces(GenericChart chart) => [.. Figure(chart).GetProperty("data").EnumerateArray()];

    private static JsonElement Layout(GenericChart chart) => Figure(chart).GetProperty("layout");

    private static string Title(JsonElement axis) => axis.GetProperty("title").GetProperty("text").GetString()!;

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];

    private static bool InLegend(JsonElement trace) => trace.GetProperty("showlegend").GetBoolean();

    [Fact]
    public void An_axis_says_its_unit_and_which_way_is_better()
    {
        Assert.Equal("← better  ·  loss (nats)", Loss.Label);
        Assert.Equal("model utility  ·  better →", Axis.ModelUtility.Label);
        Assert.Equal("epoch", Axis.Epoch.Label);
    }

    [Fact]
    public void A_band_is_one_closed_path_behind_its_line()
    {
        var traces = Traces(Charts.Lines("t", Axis.Epoch, Loss, [new("NPO", X, [2, 3], [1, 2], [4, 5])]));
        Assert.Equal(2, traces.Length);
        Assert.Equal("toself", traces[0].GetProperty("fill").GetString());
        Assert.Equal([0, 1, 1, 0], Numbers(traces[0].GetProperty("x")));
        Assert.Equal([4, 5, 2, 1], Numbers(traces[0].GetProperty("y")));
        Assert.False(InLegend(traces[0]));
        Assert.Equal([2, 3], Numbers(traces[1].GetProperty("y")));
        Assert.True(InLegend(traces[1]));
    }

    [Fact]
    public void A_line_of_one_run_has_no_band()
    {
        var one = Band.Of("NPO", X, [[1.0, 2.0]]);
        Assert.Single(Traces(Charts.Lines("t", Axis.Epoch, Loss, [one, Band.Line("GA", X, X)])), trace => InLegend(trace)
            && trace.GetProperty("name").GetString() == "NPO");
        Assert.Equal(2, Traces(Charts.Lines("t", Axis.Epoch, Loss, [one, Band.Line("GA", X, X)])).Length);
    }

    [Fact]
    public void A_band_over_runs_is_their_mean_and_interval_at_each_place()
    {
        var band = Band.Of("NPO", X, [[1.0, 5.0], [3.0, 5.0], [2.0, 5.0]]);
        var expected = MeanInterval.Of([1.0, 3.0, 2.0]);
        Assert.Equal((expected.Mean, expected.Low, expected.High), (band.Middle[0], band.Low[0], band.High[0]));
        Assert.Equal((5.0, 5.0, 5.0), (band.Middle[1], band.Low[1], band.High[1]));
        Assert.Throws<ArgumentException>(() => Band.Of("NPO", X, []));
        Assert.Throws<ArgumentException>(() => Band.Of("NPO", X, [[1.0]]));
    }

    [Fact]
    public void Published_numbers_are_open_markers_in_the_colour_of_their_method()
    {
        var traces = Traces(Charts.Lines("t", Axis.Epoch, Loss, [Band.Line("NPO", X, X)], [new("NPO", [1], [0.5])]));
        Assert.Equal("NPO (published)", traces[1].GetProperty("name").GetString());
        Assert.Equal("100", traces[1].GetProperty("marker").GetProperty("symbol").GetString());
        Assert.Equal(
            traces[0].GetProperty("line").GetProperty("color").GetString(),
            traces[1].GetProperty("marker").GetProperty("color").GetString());
    }

    [Fact]
    public void A_p_value_of_zero_stands_on_the_floor_of_its_axis_and_its_error_bar_ends_there()
    {
        var trace = Traces(Charts.Tradeoff(
            "t", Axis.ModelUtility, Axis.ForgetQuality, [new("GA", new(0.5, 0.4, 0.6, 3), new(1e-20, 0, 1e-10, 3)), Spot.At("GA", 0.1, 0)]))
            .Single(InLegendOrNot("GA"));
        Assert.Equal([1e-20, 1e-30], Numbers(trace.GetProperty("y")));
        Assert.Equal(1e-20 - 1e-30, Numbers(trace.GetProperty("error_y").GetProperty("arrayminus"))[0]);
        Assert.Equal([0.1, 0], Numbers(trace.GetProperty("error_x").GetProperty("array")).Select(length => Math.Round(length, 9)));

        static Func<JsonElement, bool> InLegendOrNot(string name) =>
            trace => trace.TryGetProperty("name", out var said) && said.GetString() == name;
    }

    [Fact]
    public void Forget_quality_is_read_as_p_and_as_its_logarithm_over_the_same_range()
    {
        var layout = Layout(Charts.Tradeoff("t", Axis.ModelUtility, Axis.ForgetQuality, [Spot.At("GA", 0.1, 1e-20)]));
        Assert.Equal("log", layout.GetProperty("yaxis").GetProperty("type").GetString());
        Assert.Equal(Numbers(layout.GetProperty("yaxis").GetProperty("range")), Numbers(layout.GetProperty("yaxis2").GetProperty("range")));
        Assert.Equal("log₁₀ p", Title(layout.GetProperty("yaxis2")));
        Assert.Equal(0.05, layout.GetProperty("shapes")[0].GetProperty("y0").GetDouble());
        var notes = layout.GetProperty("annotations").EnumerateArray().Select(note => note.GetProperty("text").GetString());
        Assert.Equal(["p = 0.05", "better ↗"], notes);
        Assert.Equal(Math.Log10(0.05), layout.GetProperty("annotations")[0].GetProperty("y").GetDouble());
    }

    [Fact]
    public void Panels_with_one_axis_share_its_range_its_title_and_one_legend()
    {
        var grid = Charts.Panels("t", 2, new[] { 1.0, 9.0 }.Select(top =>
            new Panel($"to {top}", Axis.Epoch, Loss) { Bands = [Band.Line("NPO", X, [0, top])] }));
        var layout = Layout(grid);
        Assert.Equal(Numbers(layout.GetProperty("yaxis").GetProperty("range")), Numbers(layout.GetProperty("yaxis2").GetProperty("range")));
        Assert.True(Numbers(layout.GetProperty("yaxis").GetProperty("range"))[1] > 9);
        Assert.Equal((Loss.Label, ""), (Title(layout.GetProperty("yaxis")), Title(layout.GetProperty("yaxis2"))));
        Assert.Equal([true, false], Traces(grid).Select(InLegend));
        Assert.Equal(
            ["to 1", "to 9"], layout.GetProperty("annotations").EnumerateArray().Select(each => each.GetProperty("text").GetString()));
    }

    [Fact]
    public void Marks_of_panels_stand_in_their_own_cells()
    {
        var grid = Charts.Panels("t", 1, new[] { "a", "b" }.Select(name =>
            new Panel(name, Axis.ModelUtility, Axis.ForgetQuality) { Spots = [Spot.At("GA", 0.5, 0.1)] }));
        Assert.Equal(
            ["x domain y", "x2 domain y2"], Layout(grid).GetProperty("shapes").EnumerateArray()
                .Select(shape => $"{shape.GetProperty("xref").GetString()} {shape.GetProperty("yref").GetString()}"));
    }

    [Fact]
    public void Grids_without_panels_or_with_too_many_columns_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Charts.Panels("t", 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Charts.Panels("t", 5, new Panel("a", Axis.Epoch, Loss)));
    }

    [Fact]
    public void A_panel_without_data_is_empty_and_no_error() =>
        Assert.Single(Traces(Charts.Panels("t", 1, new Panel("a", Axis.Epoch, Loss))));

    [Fact]
    public void Samples_are_boxes_or_violins_in_the_colour_of_their_method()
    {
        (string Name, IReadOnlyList<double> Values)[] samples =
            [("GA", [1, 2]), ("NPO+RT", [.. Enumerable.Range(0, 61).Select(i => i / 60.0)])];
        var boxes = Traces(Charts.Boxes("t", Loss, samples));
        Assert.Equal(["all", "outliers"], boxes.Select(box => box.GetProperty("boxpoints").GetString()));
        Assert.Equal("rgba(0, 114, 178, 1.0)", boxes[1].GetProperty("line").GetProperty("color").GetString());
        Assert.Equal(["violin", "violin"], Traces(Charts.Violins("t", Loss, samples)).Select(each => each.GetProperty("type").GetString()));
    }

    [Fact]
    public void Columns_carry_the_interval_of_each_value()
    {
        var column = Traces(Charts.Columns("t", Loss, ["forget", "retain"], ("NPO", [new(2, 1, 4, 3), MeanInterval.Of([5.0])])))[0];
        Assert.Equal([2, 5], Numbers(column.GetProperty("y")));
        Assert.Equal([2, 0], Numbers(column.GetProperty("error_y").GetProperty("array")));
        Assert.Equal([1, 0], Numbers(column.GetProperty("error_y").GetProperty("arrayminus")));
    }

    [Fact]
    public void A_matrix_has_its_numbers_in_its_cells_light_on_dark_and_dark_on_light()
    {
        var layout = Layout(Charts.Heatmap("t", ["1", "2"], ["a"], [[0, 1]], Axis.ModelUtility));
        Assert.Equal(
            ["0.00 white", "1.00 black"], layout.GetProperty("annotations").EnumerateArray().Select(text =>
                $"{text.GetProperty("text").GetString()} {text.GetProperty("font").GetProperty("color").GetString()}"));
        Assert.Equal("1", layout.GetProperty("xaxis").GetProperty("ticktext")[0].GetString());
        Assert.Single(Layout(Charts.Heatmap("t", ["1", "2"], ["a"], [[0, double.NaN]], Loss)).GetProperty("annotations").EnumerateArray());
        Assert.Throws<ArgumentException>(() => Charts.Heatmap("t", ["1"], ["a"], [[0, 1]], Loss));
    }
}
