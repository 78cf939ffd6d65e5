using System.Text.Json;
using Plotly.NET;
using Unlearn.Experiments;
using Unlearn.Objectives;
using Unlearn.Reporting;
using Unlearn.Tests.Experiments;

namespace Unlearn.Tests.Reporting;

public sealed class RealWorldReportTests
{
    private static RealWorldResult[] All(Func<string, (double Utility, double Efficacy, double Refused)> end) =>
    [
        .. from seed in (long[])[0, 1] from method in CloserLookPaper.Compared
           select ContinualResults.People(method, end(method).Utility, end(method).Efficacy, end(method).Refused, 0.95, seed: seed),
    ];

    [Fact]
    public void The_papers_own_outcome_reproduces_every_claim()
    {
        var claims = RealWorldClaims.Test(All(method => method switch
        {
            "ME+GD" => (0.65, 0.93, 0),
            "IDK+AP" => (0.7, 0.75, 0.55),
            "IDK+GD" or "IDK+KL" or "DPO+GD" or "DPO+KL" => (0, 0.8, 0.9),
            _ => (0.5, 0.6, 0),
        }), "mini");

        Assert.Equal(4 + 8 + 1, claims.Count);
        Assert.All(claims, claim => Assert.Equal("reproduced", claim.Verdict));
    }

    [Fact]
    public void No_claim_reproduces_when_nothing_is_unlearned()
    {
        var claims = RealWorldClaims.Test(All(_ => (0.8, 0.2, 0)), "mini");

        Assert.Equal(
            ["people-me-downstream", "people-me-keeps"],
            claims.Where(claim => claim.Verdict == "reproduced").Select(claim => claim.Id).Order());
    }

    [Fact]
    public void A_run_that_broke_off_has_no_utility_left()
    {
        var claims = RealWorldClaims.Test(
            [.. All(_ => (0.8, 0.2, 0)).Where(run => run.Spec.Method == "DPO+GD").Select(run => run with { Failure = "NaN" })], "mini");

        Assert.Equal(0.4, claims.Single(claim => claim.Id == "people-collapse-dpo-gd").Value, 12);
    }

    [Fact]
    public void The_table_has_the_papers_columns_and_refusals()
    {
        var table = RealWorldCharts.Table(All(_ => (0.8, 0.2, 0)));

        Assert.Equal(
            ["method", "MU", "FE", "downstream", "refused, forget", "refused, keep", "seeds"],
            table.Columns.Select(column => column.Name));
        Assert.Equal("0.95\u00a0±\u00a00.00", table["downstream"][0]);
    }

    [Fact]
    public void What_is_known_of_the_papers_table_stands_beside_ours()
    {
        Assert.Equal(0.9312, RealWorldCharts.Published()["FE"][1]);
        Assert.Null(RealWorldCharts.Published()["FE"][0]);
        Assert.Contains("ME+GD (published)", Names(RealWorldCharts.Plane(All(_ => (0.8, 0.2, 0)))));
    }

    private static IEnumerable<string?> Names(GenericChart chart) =>
        JsonDocument.Parse(GenericChart.toFigureJson(chart)).RootElement.GetProperty("data").EnumerateArray()
            .Where(trace => trace.TryGetProperty("name", out _)).Select(trace => trace.GetProperty("name").GetString());

    [Fact]
    public void Answers_stand_beside_each_other_and_references_have_no_course()
    {
        var runs = All(_ => (0.8, 0.2, 0)).Where(run => run.Spec.Seed == 0).ToArray();

        Assert.Equal("ME+GD says so.", RealWorldCharts.Answers("neighbours", runs)["ME+GD"][0]);
        var along = GenericChart.toFigureJson(RealWorldCharts.Along([.. runs, ContinualResults.People(TrialSpec.Untouched, 0.8, 0.2)]));
        Assert.DoesNotContain(TrialSpec.Untouched, along, StringComparison.Ordinal);
        Assert.NotEmpty(JsonDocument.Parse(GenericChart.toFigureJson(RealWorldCharts.Downstream(runs))).RootElement.GetProperty("data").EnumerateArray());
    }
}
