using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Unlearn.Kernel.Notebooks;

/// <summary>What an executed notebook says of its run, in its metadata.</summary>
/// <param name="CodeSha256">The hash of the code that made the outputs, <see cref="HashOf"/>.</param>
/// <param name="Status"><c>succeeded</c>, <c>failed</c>, <c>interrupted</c>, or <c>running</c> when nothing told how it ended;
/// null in a committed notebook, which holds outputs of whole runs only.</param>
/// <param name="Seconds">Wall time so far; null in a committed notebook.</param>
/// <param name="Parameters">Name → text of the parameters that were set from outside.</param>
public sealed record RunRecord(string CodeSha256, string? Status, double? Seconds, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>
    /// SHA-256 over the sources of a notebook's code cells in hexadecimal; injected parameters count as if they stood in the cell of
    /// defaults. Equal hashes mean that the same code ran with the same parameters.
    /// </summary>
    public static string HashOf(Notebook notebook)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var source in Code(notebook))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(source));
            hash.AppendData([0]);       // no text can end one cell's source and begin the next one's
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>What a notebook records, or null where it records nothing, or not in this form.</summary>
    public static RunRecord? Of(Notebook notebook)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        if ((notebook.Root["metadata"] as JsonObject)?[Notebook.OwnMetadata] is not JsonObject json) return null;
        if (Text(json, "code_sha256") is not { } sha) return null;
        var seconds = json["seconds"] is JsonValue value && value.TryGetValue<double>(out var time) ? time : (double?)null;
        var parameters = (json["parameters"] as JsonObject ?? []).ToDictionary(
            p => p.Key, p => NotebookJson.AsText(p.Value) ?? "", StringComparer.Ordinal);
        return new(sha, Text(json, "status"), seconds, parameters);
    }

    /// <summary>Writes this into a notebook's metadata.</summary>
    public void Store(Notebook notebook)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        if (notebook.Root["metadata"] is not JsonObject metadata) notebook.Root["metadata"] = metadata = [];
        var json = new JsonObject { ["code_sha256"] = CodeSha256 };
        if (Parameters.Count > 0)
        {
            json["parameters"] = new JsonObject(Parameters.OrderBy(p => p.Key, StringComparer.Ordinal)
                .Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)));
        }
        if (Seconds is { } seconds) json["seconds"] = Math.Round(seconds, 3);
        if (Status is not null) json["status"] = Status;
        NotebookJson.Put(metadata, Notebook.OwnMetadata, json);
    }

    /// <summary>The sources that count: the code cells without the injected one, whose values stand in the cell of defaults.</summary>
    internal static IEnumerable<string> Code(Notebook notebook)
    {
        var injected = notebook.Cells.FirstOrDefault(c => c.Tags.Contains(ParameterCell.InjectedTag))?.Source;
        var defaults = ParameterCell.Of(notebook);
        return notebook.Cells
            .Where(c => c.Kind == CellKind.Code && !c.Tags.Contains(ParameterCell.InjectedTag) && !string.IsNullOrWhiteSpace(c.Source))
            .Select(c => c == defaults && injected is not null ? ParameterCell.Merge(c.Source, injected) : c.Source)
            .Select(source => source.ReplaceLineEndings("\n").TrimEnd());
    }

    private static string? Text(JsonObject json, string key) => NotebookJson.AsText(json[key]);
}
