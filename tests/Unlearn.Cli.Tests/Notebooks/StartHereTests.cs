using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Unlearn.Cli.Tests.Notebooks;

/// <summary>The first notebook from end to end on next to no budget: every cell, every display, the report and the claims.</summary>
public sealed class StartHereTests : IDisposable
{
    private readonly string output = Directory.CreateTempSubdirectory("unlearn-start-here-").FullName;

    public void Dispose() => Directory.Delete(output, recursive: true);

    [Fact]
    public void It_runs_on_the_generated_world_and_shows_tables_and_charts() => RunsAndShows("world");

    [TofuFact]
    public void It_runs_on_real_TOFU_rows_and_shows_tables_and_charts() => RunsAndShows("tofu");

    private void RunsAndShows(string dataset)
    {
        var (exitCode, log) = Run("-p", $"dataset={dataset}", "-p", "profile=smoke", "-p", "trials=2", "--html");
        Assert.True(exitCode == 0, log);

        var notebook = JsonNode.Parse(File.ReadAllText(Path.Combine(output, "00-start-here.ipynb")))!;
        var displays = notebook["cells"]!.AsArray().SelectMany(cell => cell!["outputs"]?.AsArray() ?? [])
            .Select(shown => shown!["data"]).OfType<JsonObject>().ToArray();
        var charts = displays.Where(data => data.ContainsKey("application/vnd.plotly.v1+json")).ToArray();
        Assert.Equal(3, charts.Length);
        Assert.All(charts, chart => Assert.NotEmpty(chart["application/vnd.plotly.v1+json"]!["data"]!.AsArray()));
        if (File.Exists("/usr/bin/chromium")) Assert.All(charts, chart => Assert.True(chart.ContainsKey("image/png")));
        Assert.True(displays.Count(data => data["text/html"]?.ToJsonString().Contains("table", StringComparison.Ordinal) == true) >= 5);

        Assert.Contains("<article id=\"00-start-here\">", File.ReadAllText(Path.Combine(output, "index.html")), StringComparison.Ordinal);
        var claims = JsonNode.Parse(File.ReadAllText(Path.Combine(output, "00-start-here.claims.json")))!.AsArray();
        Assert.Equal([2, 2], claims.Select(claim => claim!["seeds"]!.GetValue<int>()));
    }

    private (int ExitCode, string Log) Run(params string[] arguments)
    {
        string[] command =
        [
            "exec", Path.Combine(AppContext.BaseDirectory, "Unlearn.Cli.dll"), "run", "00",
            "--notebooks", Path.Combine(Repository.Root, "notebooks"), "--out", output, .. arguments,
        ];
        using var process = Process.Start(new ProcessStartInfo("dotnet", command)
        {
            WorkingDirectory = output,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var log = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        return (process.ExitCode, log);
    }
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

/// <summary>The checkout that the tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo folder) => File.Exists(Path.Combine(folder.FullName, "Unlearn.Notebooks.sln"))
        ? folder.FullName
        : Find(folder.Parent ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} has Unlearn.Notebooks.sln."));
}
