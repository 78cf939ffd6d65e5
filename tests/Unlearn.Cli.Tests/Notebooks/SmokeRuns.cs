using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Unlearn.Cli.Tests.Notebooks;

/// <summary>
/// The repository's notebooks, run by <c>unlearn run --profile smoke</c> with nothing kept from earlier runs; each once, for all tests
/// that look at what came of it.
/// </summary>
/// <remarks>
/// Two collections of tests share the runs: while one has a notebook run headlessly, the other has the one before go through Jupyter.
/// </remarks>
public sealed class SmokeRuns : IDisposable
{
    private static readonly Lock Door = new();
    private static Shared? current;

    private readonly Shared shared;

    public SmokeRuns()
    {
        lock (Door)
        {
            shared = current ??= new();
            shared.Users++;
        }
    }

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.ipynb").Select(p => Path.GetFileNameWithoutExtension(p)).Order(StringComparer.Ordinal)];

    /// <summary>Where the notebooks are.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "notebooks");

    /// <summary>The run of a notebook.</summary>
    /// <param name="name">The notebook.</param>
    /// <param name="parameters">Parameters as on the command line, <c>name=value</c>, besides the profile.</param>
    public SmokeRun Of(string name, params string[] parameters) => shared.Runs.GetOrAdd(
        string.Join(' ', [name, .. parameters]), key => new(() => Run(name, parameters, Path.Combine(shared.Folder, key)))).Value;

    public void Dispose()
    {
        lock (Door)
        {
            if (--shared.Users > 0) return;
            current = null;
        }
        Directory.Delete(shared.Folder, recursive: true);
    }

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

    /// <summary>What is there as long as somebody uses it.</summary>
    private sealed class Shared
    {
        public int Users { get; set; }

        public string Folder { get; } = Directory.CreateTempSubdirectory("unlearn-smoke-").FullName;

        public ConcurrentDictionary<string, Lazy<SmokeRun>> Runs { get; } = new(StringComparer.Ordinal);
    }
}

/// <summary>The tests on what headless runs leave.</summary>
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
