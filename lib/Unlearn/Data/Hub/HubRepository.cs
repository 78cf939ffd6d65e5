using System.Text.RegularExpressions;

namespace Unlearn.Data.Hub;

/// <summary>A repository of a hub at one revision.</summary>
public sealed partial record HubRepository
{
    private HubRepository(bool isDataset, string id, string revision) => (IsDataset, Id, Revision) = (isDataset, id, revision);

    /// <summary>Whether it holds a data set; otherwise a model.</summary>
    public bool IsDataset { get; }

    /// <summary>"org/name", or "name" for the oldest models.</summary>
    public string Id { get; }

    /// <summary>A branch, a tag or a commit; "main" unless said otherwise.</summary>
    public string Revision { get; }

    /// <summary>A model.</summary>
    /// <param name="name">"org/name" or "org/name@revision".</param>
    /// <exception cref="ArgumentException">It is no such name.</exception>
    public static HubRepository Model(string name) => Parse(name, isDataset: false);

    /// <summary>A data set.</summary>
    /// <param name="name">"org/name" or "org/name@revision".</param>
    /// <exception cref="ArgumentException">It is no such name.</exception>
    public static HubRepository Dataset(string name) => Parse(name, isDataset: true);

    /// <summary>The subject of a sentence: "The model org/name".</summary>
    internal string Title => $"The {(IsDataset ? "data set" : "model")} {this}";

    /// <summary>The folder in the cache, as Python's library names it.</summary>
    internal string FolderName => (IsDataset ? "datasets--" : "models--") + Id.Replace("/", "--", StringComparison.Ordinal);

    internal string ListingPath => $"api/{(IsDataset ? "datasets" : "models")}/{Id}/revision/{Uri.EscapeDataString(Revision)}?blobs=true";

    internal string FilePath(string commit, string file) =>
        $"{(IsDataset ? "datasets/" : "")}{Id}/resolve/{commit}/{string.Join('/', file.Split('/').Select(Uri.EscapeDataString))}";

    internal string Page => (IsDataset ? "datasets/" : "") + Id;

    /// <summary>"org/name@revision", without "@main".</summary>
    public override string ToString() => Revision == "main" ? Id : $"{Id}@{Revision}";

    private static HubRepository Parse(string name, bool isDataset)
    {
        var parts = Name().Match(name);
        // The revision becomes a path in the cache.
        var (id, revision) = (parts.Groups["id"].Value, parts.Groups["revision"] is { Success: true } given ? given.Value : "main");
        var sound = parts.Success && !$"{id}/{revision}".Split('/').Any(part => part is "" or "." or "..")
            && !id.Contains("--", StringComparison.Ordinal);
        return sound ? new(isDataset, id, revision) : throw new ArgumentException(
            $"A {(isDataset ? "data set" : "model")} of the hub should be named like org/name or org/name@revision but is \"{name}\".",
            nameof(name));
    }

    [GeneratedRegex(@"^(?<id>[\w.-]+(/[\w.-]+)?)(@(?<revision>[\w./-]+))?\z", RegexOptions.ECMAScript)]
    private static partial Regex Name();
}
