using System.Text.Json;
using Plotly.NET;
using Unlearn.Experiments;
using Unlearn.Reporting;
using Unlearn.Tests.Experiments;

namespace Unlearn.Tests.Reporting;

public sealed class TrialChartsTests
{
    private static readonly TrialResult[] Some =
    [
        Results.Of(Results.Spec("NPO+RT", seed: 0), (0.4, -1), (0.5, -3)), Results.Of(Results.Spec("NPO+RT", seed: 1), (0.6, -2), (0.7, -4)),
        Results.Of(Results.Spec("GA"), (0.1, -9), (0, -12)),
        Results.Of(Results.Spec("NPO+RT", 50, weight: 5), (0.4, -1)), Results.Of(Results.Spec("NPO+RT", 50), (0.4, -2)),
    ];

    private static JsonElement Figure(GenericChart chart) => JsonDocument.Parse(GenericChart.toFigureJson(chart)).RootElement;

    private static string[] Legend(GenericChart chart) => [.. Figure(chart).GetProperty("data").EnumerateArray()
        .Where(trace => trace.TryGetProperty("showlegend", out var shown) && shown.GetBoolean())
        .Select(trace => trace.GetProperty("name").GetString()!).Distinct()];

    private static string Texts(GenericChart chart) => Figure(chart).GetProperty("layout").GetRawText();

    [Fact]
    public void A_method_stands_at_its_best_measurement_averaged_over_seeds()
    {
        var traces = Figure(TrialCharts.Tradeoff(Some.Where(result => result.Spec.ForgetPercent == 10))).GetProperty("data").EnumerateArray();
        var npo = traces.First(trace => trace.GetProperty("name").GetString() == "NPO+RT");

        Assert.Equal(0.5, npo.GetProperty("x")[0].GetDouble(), 12);
        Assert.Equal(Math.Pow(10, -1.5), npo.GetProperty("y")[0].GetDouble(), 12);
    }

    [Fact]
    public void Larger_sets_are_drawn_alone_with_other_retain_weights_named()
    {
        var chart = TrialCharts.LargeSets(Some);

        Assert.Equal(["NPO+RT", "NPO+RT (5·RT)"], Legend(chart).Order(StringComparer.Ordinal));
        Assert.Contains("forget50", Texts(chart), StringComparison.Ordinal);
        Assert.DoesNotContain("forget10", Texts(chart), StringComparison.Ordinal);
    }

    [Fact]
    public void Intervals_end_where_the_quantity_does_and_other_weights_have_open_markers()
    {
        TrialResult[] runs =
        [
            Results.Of(Results.Spec("NPO+RT", 50, seed: 0, weight: 5), (0.9, -0.01)),
            Results.Of(Results.Spec("NPO+RT", 50, seed: 1, weight: 5), (0.1, -3)),
        ];
        var trace = Figure(TrialCharts.LargeSets(runs)).GetProperty("data").EnumerateArray()
            .First(one => one.GetProperty("name").GetString() == "NPO+RT (5·RT)");

        Assert.Equal(0.5, trace.GetProperty("error_x").GetProperty("array")[0].GetDouble(), 12);
        Assert.Equal(0.5, trace.GetProperty("error_x").GetProperty("arrayminus")[0].GetDouble(), 12);
        var quality = Math.Pow(10, -1.505);
        Assert.Equal(1 - quality, trace.GetProperty("error_y").GetProperty("array")[0].GetDouble(), 12);
        Assert.Equal("101", trace.GetProperty("marker").GetProperty("symbol").GetString());
    }

    [Fact]
    public void A_grid_leaves_out_sets_without_results()
    {
        var text = Texts(TrialCharts.AlongGrid("t", Some, [1, 10, 50]));

        Assert.Contains("forget10", text, StringComparison.Ordinal);
        Assert.Contains("forget50", text, StringComparison.Ordinal);
        Assert.DoesNotContain("forget01", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Charts_of_no_results_say_so()
    {
        foreach (var chart in new[] { TrialCharts.Tradeoff([]), TrialCharts.LargeSets([]), TrialCharts.AlongGrid("t", [], [20, 30]) })
            Assert.Contains("no results yet", Texts(chart), StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_has_a_row_for_every_split_and_label()
    {
        var table = TrialCharts.Table(Some);

        Assert.Equal(4, table.Rows.Count);
        Assert.Equal(["NPO+RT", "GA", "NPO+RT (5·RT)", "NPO+RT"], table["method"].Cast<string>());
        Assert.Equal([2, 1, 1, 1], table["seeds"].Cast<int>());
        Assert.StartsWith("-1.500 ± ", (string)table["log₁₀ forget quality, best"][0]!, StringComparison.Ordinal);
        Assert.Equal("0.000", table["model utility, end"][1]);
    }

    [Fact]
    public void Answers_stand_beside_the_truth_one_column_a_method()
    {
        var table = TrialCharts.Answers("forget", [Some[0], Some[2]]);

        Assert.Equal(["question", "truth", "NPO+RT", "GA"], table.Columns.Select(column => column.Name));
        Assert.Equal(["Who?", "Nobody.", "No one.", "No one."], table.Columns.Select(column => column[0]));
    }

    [Fact]
    public void Models_are_listed_with_what_they_read()
    {
        var table = TrialCharts.Models([new("everything", "forget05", 1, 0.9, 0.7, 1e-9), new("without forget05", "forget05", 0.4, 0.9, 0.7, 1)]);

        Assert.Equal(["everything", "without forget05"], table["the model has read"].Cast<string>());
        Assert.Equal([1e-9, 1], table["forget quality (p)"].Cast<double>());
    }
}
