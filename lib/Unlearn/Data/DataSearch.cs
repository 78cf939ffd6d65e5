using Unlearn.Data.Hub;
using Unlearn.Dialogues.World;

namespace Unlearn.Data;

/// <summary>Where data sets may lie, given the environment's variables and the folders to search upward from.</summary>
internal sealed class DataSearch(Func<string, string?> variable, IReadOnlyList<string> starts)
{
    /// <summary>A folder holds a data set when it holds this file, the first that a corpus reads.</summary>
    private const string Mark = "full.json";

    public static DataSearch Here => new(Environment.GetEnvironmentVariable, [Environment.CurrentDirectory, LibraryFolder]);

    // Scripted sessions may load the library from memory; then the program's folder is the best guess.
    private static string LibraryFolder =>
        Path.GetDirectoryName(typeof(DataSearch).Assembly.Location) is { Length: > 0 } folder ? folder : AppContext.BaseDirectory;

    public string World()
    {
        if (Variable("UNLEARN_WORLD") is { } told)
            return Holds(told) ? told : throw Missing("UNLEARN_WORLD", told, $"a folder with the world's files ({Mark}, …)");
        return Above("data/world", Holds) ?? throw new DirectoryNotFoundException(
            $"Expected the generated world as data/world in or above {string.Join(" or ", starts)}, found none. "
            + "Make it with 'unlearn data world --out data/world', or name its folder in UNLEARN_WORLD.");
    }

    public string Dialogues()
    {
        if (Variable("UNLEARN_DIALOGUES") is { } told)
        {
            return HoldsDialogues(told) ? told
                : throw Missing("UNLEARN_DIALOGUES", told, $"a folder with the files of a world of dialogues ({DialogueFiles.Mark}, …)");
        }
        return Above("data/dialogues", HoldsDialogues) ?? throw new DirectoryNotFoundException(
            $"Expected the world of dialogues as data/dialogues in or above {string.Join(" or ", starts)}, found none. "
            + "Make it with 'unlearn data dialogues --out data/dialogues', or name its folder in UNLEARN_DIALOGUES.");
    }

    // On the pool, so that a notebook's synchronization context cannot deadlock the wait.
    public string Tofu() => Task.Run(() => TofuAsync(HubSettings.From(variable))).GetAwaiter().GetResult();

    public async Task<string> TofuAsync(
        HubSettings settings, IProgress<(long Done, long Total)>? progress = null, CancellationToken cancellation = default)
    {
        if (Variable("UNLEARN_DATA") is { } told)
        {
            var nested = Path.Combine(told, "tofu");
            return Holds(nested) ? nested : Holds(told) ? told : throw Missing("UNLEARN_DATA", told, $"a folder that contains tofu/{Mark}");
        }
        if (Above("shared/data/tofu", Holds) is { } shared) return shared;

        var cached = Path.Combine(CacheFolder.In(variable), "tofu");
        await new TofuHub(settings).CompleteAsync(cached, progress, cancellation).ConfigureAwait(false);
        return cached;
    }

    public string People()
    {
        const string Name = "UNLEARN_PEOPLE", First = "forget.json";
        var folder = Variable(Name) ?? Path.Combine(CacheFolder.In(variable), "people");
        return File.Exists(Path.Combine(folder, First)) ? folder : throw new DirectoryNotFoundException(
            $"Expected the real people of A Closer Look in {folder}, found no {First}. Put {First}, forget_perturbed.json, neighbor.json, "
            + $"neighbor_perturbed.json and idontknow.jsonl of the authors' repository there, or name their folder in {Name}.");
    }

    public string Results() => Above("data/results", Directory.Exists) ?? Path.Combine(starts[0], "data", "results");

    private string? Variable(string name) => variable(name) is { Length: > 0 } value ? value : null;

    private string? Above(string relative, Func<string, bool> isIt)
    {
        foreach (var start in starts)
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var candidate = Path.Combine(folder.FullName, relative);
                if (isIt(candidate)) return candidate;
            }
        }
        return null;
    }

    private static bool HoldsDialogues(string folder) => File.Exists(Path.Combine(folder, DialogueFiles.Mark));

    private static bool Holds(string folder) => File.Exists(Path.Combine(folder, Mark));

    private static DirectoryNotFoundException Missing(string name, string told, string expected) =>
        new($"Expected {name} to name {expected}, got '{told}', which is not one. Correct the variable or unset it.");
}
