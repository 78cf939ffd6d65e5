namespace Unlearn.Cli.Tests.Notebooks;

/// <summary>The first notebook, which every reader runs first, on both of its data sets.</summary>
[Collection(nameof(SmokeRuns))]
public sealed class StartHereTests(SmokeRuns runs)
{
    [Fact]
    public void It_runs_on_the_generated_world_and_shows_tables_and_charts() => ShowsTablesAndCharts(runs.Of("00-start-here"));

    [TofuFact]
    public void It_runs_on_real_TOFU_rows_and_shows_tables_and_charts() =>
        ShowsTablesAndCharts(runs.Of("00-start-here", "dataset=tofu", "trials=1"));

    private static void ShowsTablesAndCharts(SmokeRun run)
    {
        Assert.True(run.ExitCode == 0, run.Log);
        Assert.Equal(3, run.Displays.Count(data => data.ContainsKey("application/vnd.plotly.v1+json")));
        Assert.True(run.Displays.Count(IsTable) >= 5);
        Assert.Equal(["npo-keeps-more-than-ga", "retain-term-keeps-more"], run.Claims.Select(claim => (string?)claim!["id"]));
    }

    private static bool IsTable(System.Text.Json.Nodes.JsonObject data) =>
        data["text/html"]?.ToJsonString().Contains("table", StringComparison.Ordinal) == true;
}

/// <summary>A test on real TOFU rows, skipped where they are absent.</summary>
internal sealed class TofuFactAttribute : FactAttribute
{
    public TofuFactAttribute()
    {
        var data = Environment.GetEnvironmentVariable("UNLEARN_DATA") ?? Path.Combine(Repository.Root, "..", "shared", "data");
        if (!File.Exists(Path.Combine(data, "tofu", "full.json")))
            Skip = "TOFU is not at hand: name a folder that contains tofu/ in UNLEARN_DATA.";
    }
}
