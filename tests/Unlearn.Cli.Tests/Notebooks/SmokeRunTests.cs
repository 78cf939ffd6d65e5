using System.Text.Json.Nodes;

namespace Unlearn.Cli.Tests.Notebooks;

/// <summary>Every notebook from end to end on next to no budget: all cells, all displays, the report and the claims.</summary>
[Collection(nameof(SmokeRuns))]
public sealed class SmokeRunTests(SmokeRuns runs)
{
    [Theory, MemberData(nameof(SmokeRuns.Names), MemberType = typeof(SmokeRuns))]
    public void Every_cell_shows_the_kinds_of_things_that_the_committed_notebook_shows(string name)
    {
        var run = runs.Of(name);
        Assert.True(run.ExitCode == 0, run.Log);

        var (committed, shown) = (Kinds(Path.Combine(SmokeRuns.Folder, name + ".ipynb")), Kinds(run.File));
        Assert.Contains(committed, kinds => kinds.Contains("application/vnd.plotly.v1+json", StringComparison.Ordinal));
        Assert.Equal(committed.Length, shown.Length);
        // Whether all outputs are there is another test's question.
        Assert.All(committed.Zip(shown).Where(cell => cell.First.Length > 0), cell => Assert.Equal(cell.First, cell.Second));
    }

    [Theory, MemberData(nameof(SmokeRuns.Names), MemberType = typeof(SmokeRuns))]
    public void Every_chart_has_traces_and_a_picture_and_the_report_holds_the_notebook(string name)
    {
        var run = runs.Of(name);
        foreach (var data in run.Displays.Where(data => data.ContainsKey("application/vnd.plotly.v1+json")))
        {
            Assert.NotEmpty(data["application/vnd.plotly.v1+json"]!["data"]!.AsArray());
            if (File.Exists("/usr/bin/chromium")) Assert.True(data.ContainsKey("image/png"));
        }
        var report = File.ReadAllText(Path.Combine(run.Folder, "index.html"));
        Assert.Contains($"<article id=\"{name}\">", report, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(SmokeRuns.Names), MemberType = typeof(SmokeRuns))]
    public void Claims_are_tested_and_none_is_left_without_a_verdict(string name)
    {
        var claims = runs.Of(name).Claims;
        Assert.NotEmpty(claims);
        Assert.All(claims, claim => Assert.NotEqual("", claim!["verdict"]!.GetValue<string>()));
    }

    /// <summary>The MIME types and streams of each code cell in order, without the cell that the runner adds for parameters.</summary>
    private static string[] Kinds(string notebook) => [.. JsonNode.Parse(File.ReadAllText(notebook))!["cells"]!.AsArray()
        .Where(cell => cell!["outputs"] is not null && !IsInjected(cell))
        .Select(cell => string.Join("; ", cell!["outputs"]!.AsArray().Select(output => (string?)output!["output_type"] switch
        {
            "stream" => (string?)output["name"],
            _ => $"{output["output_type"]} {string.Join(' ', output["data"]!.AsObject().Select(d => d.Key).Order(StringComparer.Ordinal))}",
        })))];

    private static bool IsInjected(JsonNode cell) =>
        cell["metadata"]?["tags"]?.AsArray().Any(tag => (string?)tag == "injected-parameters") == true;
}
