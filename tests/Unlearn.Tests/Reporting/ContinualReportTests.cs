using System.Text.Json;
using Plotly.NET;
using Unlearn.Experiments;
using Unlearn.Reporting;
using Unlearn.Tests.Experiments;

namespace Unlearn.Tests.Reporting;

public sealed class ContinualReportTests
{
    private static readonly (double, double)[] Steady = [(0.8, 0.1), (0.8, 0.7), (0.78, 0.7), (0.77, 0.7)];
    private static readonly (double, double)[] Falling = [(0.8, 0.1), (0.6, 0.8), (0.3, 0.9), (0.1, 0.9)];

    private static ContinualTrialResult[] Two(string method, (double, double)[] points, ReferenceModel reference = default) =>
        [.. new long[] { 0, 1 }.Select(seed => ContinualResults.Of(method, points, seed: seed, reference: reference))];

    [Fact]
    public void Keeping_collapsing_and_the_fixed_reference_are_told_apart_at_the_end_of_the_sequence()
    {
        var claims = ContinualClaims.Test(
            [.. Two("ME+GD", Steady), .. Two("NPO+GD", Falling), .. Two("NPO+GD", Steady, ReferenceModel.Initial)], "mini");

        Assert.Equal((0.01, "reproduced"), Outcome("continual-me-gd-keeps-05"));
        Assert.Equal((0.3, "reproduced"), Outcome("continual-collapse-npo-gd-05"));
        Assert.Equal((0.67, "reproduced"), Outcome("continual-npo-fixed-05"));
        Assert.Equal((0.37, "reproduced"), Outcome("continual-npo-stable-05"));
        Assert.DoesNotContain(claims, claim => claim.Id.Contains("leads", StringComparison.Ordinal));

        (double, string) Outcome(string id) => claims.Single(claim => claim.Id == id) is var claim
            ? (Math.Round(claim.Value, 12), claim.Verdict) : default;
    }

    [Fact]
    public void A_sequence_that_broke_off_has_no_utility_left()
    {
        var claims = ContinualClaims.Test([.. Two("GA+GD", Steady).Select(run => run with { Failure = "NaN" })], "mini");

        Assert.Equal(0.4, claims.Single().Value, 12);
    }

    [Fact]
    public void The_table_has_a_row_for_each_method_and_size_of_task()
    {
        var table = ContinualCharts.Table([.. Two("ME+GD", Steady), .. Two("NPO+GD", Falling, ReferenceModel.Initial)]);

        Assert.Equal(["ME+GD", "NPO+GD, fixed reference"], table["method"].Cast<string>());
        Assert.Equal("0.10\u00a0±\u00a00.00", table["MU in the end"][1]);
        Assert.Equal("0.15\u00a0±\u00a00.00", table["FE, earlier tasks"][0]);
    }

    // Task 1 is measured after itself, 2 and 3; task 3 only after itself.
    [Fact]
    public void The_matrix_has_each_task_after_itself_and_after_all_later_ones()
    {
        var z = JsonDocument.Parse(GenericChart.toFigureJson(ContinualCharts.Matrix(Two("ME+GD", Steady), "ME+GD")))
            .RootElement.GetProperty("data")[0].GetProperty("z");

        Assert.Equal("[[0.7,0.1,0.1],[null,0.7,0.2],[null,null,0.7]]", JsonSerializer.Serialize(z));
    }

    [Fact]
    public void A_sequence_that_ended_early_shortens_its_band_and_nothing_to_show_is_said()
    {
        var chart = GenericChart.toFigureJson(ContinualCharts.Utilities([.. Two("ME+GD", Steady), ContinualResults.Of("ME+GD", Steady[..2], seed: 2)]));

        Assert.Contains("\"x\":[0,1]", chart.Replace(".0", "", StringComparison.Ordinal), StringComparison.Ordinal);
        foreach (var none in (GenericChart[])
            [ContinualCharts.Utilities([]), ContinualCharts.Efficacies([]), ContinualCharts.Earlier([]), ContinualCharts.References([])])
            Assert.Contains("no results yet", GenericChart.toFigureJson(none), StringComparison.Ordinal);
    }
}
