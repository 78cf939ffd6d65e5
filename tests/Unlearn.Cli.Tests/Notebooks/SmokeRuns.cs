using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Unlearn.Cli.Tests.Notebooks;

/// <summary>
/// The repository's notebooks, run by <c>unlearn run --profile smoke</c> with nothing kept from earlier runs; each once, for all tests
/// that look at what came of it. One after the other, because each wants all cores.
/// </summary>
public sealed class SmokeRuns : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("unlearn-smoke-").FullName;
    private readonly ConcurrentDictionary<string, Lazy<SmokeRun>> runs = new(StringComparer.Ordinal);

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.ipynb").Select(p => Path.GetFileNameWithoutExtension(p)).Order(StringComparer.Ordinal)];

    /// <summary>Where the notebooks are.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "notebooks");

    /// <summary>The run of a notebook.</summary>
    /// <param name="name">The notebook.</param>
    /// <param name="parameters">Parameters as on the command line, <c>name=value</c>, besides the profile.</param>
    public SmokeRun Of(string name, params string[] parameters) =>
        runs.GetOrAdd(string.Join(' ', [name, .. parameters]), key => new(() => Run(name, parameters, Path.Combine(folder, key)))).Value;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static SmokeRun Run(string name, string[] parameters, string output)
    {
        Directory.CreateDirectory(output);
        string[] command =
        [
            "run", name, "--notebooks", Folder, "--out", output, "--html", "--profile", "smoke",
            .. parameters.SelectMany(p => (string[])["-p", p]),
        ];
        var (exitCode, said, errors) = UnlearnProcess.Run(output, command, ("UNLEARN_CACHE", Path.Combine(output, "cache")));
        return new(name, output, exitCode, said + errors);
    }
}

/// <summary>All tests on smoke runs share them.</summary>
[CollectionDefinition(nameof(SmokeRuns))]
public sealed class SmokeRunsTogether : ICollectionFixture<SmokeRuns>;

/// <summary>What came of a notebook's run.</summary>
/// <param name="Name">The notebook.</param>
/// <param name="Folder">Where its outputs are.</param>
/// <param name="ExitCode">Of the command.</param>
/// <param name="Log">What the command said.</param>
public sealed record SmokeRun(string Name, string Folder, int ExitCode, string Log)
{
    /// <summary>The executed notebook's file.</summary>
    public string File => Path.Combine(Folder, Name + ".ipynb");

    /// <summary>Everything that it shows, as bundles of MIME types.</summary>
    public IReadOnlyList<JsonObject> Displays => [.. JsonNode.Parse(System.IO.File.ReadAllText(File))!["cells"]!.AsArray()
        .SelectMany(cell => cell!["outputs"]?.AsArray() ?? []).Select(shown => shown!["data"]).OfType<JsonObject>()];

    /// <summary>The claims that it tests.</summary>
    public JsonArray Claims => JsonNode.Parse(System.IO.File.ReadAllText(Path.Combine(Folder, Name + ".claims.json")))!.AsArray();
}
