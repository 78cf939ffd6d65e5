using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Unlearn.Cli.Tests.Notebooks;

/// <summary>
/// The repository's notebooks through Debian's nbconvert and nbclient and the installed kernel, beside the headless runner.
/// </summary>
public sealed partial class JupyterToolsTests(SmokeRuns runs) : IClassFixture<SmokeRuns>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("unlearn-jupyter-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [JupyterToolsTheory, MemberData(nameof(SmokeRuns.Names), MemberType = typeof(SmokeRuns))]
    public void Outputs_are_those_of_the_headless_runner(string name)
    {
        var run = runs.Of(name);
        Assert.True(run.ExitCode == 0, run.Log);
        var theirs = run with { Folder = folder };
        (string, string?)[] environment =
        [
            ("JUPYTER_DATA_DIR", folder), ("JUPYTER_RUNTIME_DIR", folder), ("JUPYTER_CONFIG_DIR", folder), ("IPYTHONDIR", folder),
            ("UNLEARN_OUT", folder), ("UNLEARN_CACHE", Path.Combine(folder, "cache")),
        ];
        Succeeds(UnlearnProcess.Run(folder, ["kernel", "install"], environment));
        var script = Path.Combine(AppContext.BaseDirectory, "Notebooks", "jupyter_tools.py");
        var ours = Path.Combine(folder, "ours.ipynb");
        Succeeds(UnlearnProcess.RunProgram("/usr/bin/python3", ["-B", script, run.File, SmokeRuns.Folder, theirs.File, ours], folder, environment));

        Assert.Equal(Outputs(ours), Outputs(theirs.File));
        Assert.Equal(run.Claims.ToJsonString(), theirs.Claims.ToJsonString());

        static void Succeeds((int ExitCode, string Output, string Error) run) => Assert.True(run.ExitCode == 0, run.Output + run.Error);
    }

    /// <summary>A line for each output and MIME type of each cell; texts written in a row to one stream are one output.</summary>
    private static List<string> Outputs(string notebook)
    {
        var lines = new List<string>();
        foreach (var (number, cell) in JsonNode.Parse(File.ReadAllText(notebook))!["cells"]!.AsArray().Index())
        {
            var stream = "";
            foreach (var output in cell!["outputs"]?.AsArray() ?? [])
            {
                if ((string?)output!["output_type"] == "stream" && (string?)output["name"] == stream)
                {
                    lines[^1] += Text(output["text"]);
                    continue;
                }
                stream = (string?)output["name"] ?? "";
                var kind = $"cell {number} [{cell["execution_count"]}] {output["output_type"]} {stream}";
                if (stream.Length > 0) lines.Add($"{kind}: {Text(output["text"])}");
                var data = (output["data"] as JsonObject ?? []).OrderBy(content => content.Key, StringComparer.Ordinal);
                lines.AddRange(data.Select(c => $"{kind}{c.Key} {output["metadata"]?[c.Key]?.ToJsonString()}: {Text(c.Value)}"));
            }
        }
        return [.. lines.Select(line => Rates().Replace(line, ""))];
    }

    // nbformat lets a text be a list of its lines.
    private static string Text(JsonNode? content) => content switch
    {
        JsonArray lines => string.Concat(lines.Select(line => (string?)line)),
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => content?.ToJsonString() ?? "",
    };

    // How fast something went and how long it took, which no two runs agree on.
    [GeneratedRegex(@"\d[\d.,]*( \w+)?/s|(\d[\d.,]* (s|min|h) )+(left|in all)")]
    private static partial Regex Rates();
}

/// <summary>A test with Debian's nbconvert, which executes notebooks through nbclient; skipped where it is not installed.</summary>
internal sealed class JupyterToolsTheoryAttribute : TheoryAttribute
{
    public JupyterToolsTheoryAttribute()
    {
        if (!Directory.Exists("/usr/lib/python3/dist-packages/nbconvert"))
            Skip = "needs Debian's Python module nbconvert; .devcontainer/setup.sh installs it";
    }
}
