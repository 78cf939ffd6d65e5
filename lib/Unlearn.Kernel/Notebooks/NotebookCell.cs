using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Unlearn.Kernel.Notebooks;

/// <summary>What a notebook cell holds.</summary>
public enum CellKind
{
    /// <summary>Code to run.</summary>
    Code,

    /// <summary>Markdown to read.</summary>
    Markdown,

    /// <summary>Text for other tools.</summary>
    Raw,
}

/// <summary>One cell of a notebook.</summary>
public sealed class NotebookCell
{
    private readonly JsonObject json;

    private NotebookCell(JsonObject json, CellKind kind)
    {
        (this.json, Kind) = (json, kind);
        Source = NotebookJson.Text(json["source"]);
        Tags = [.. (json["metadata"]?["tags"] as JsonArray)?.Select(t => (string?)t).OfType<string>() ?? []];
    }

    /// <summary>What the cell holds.</summary>
    public CellKind Kind { get; }

    /// <summary>The text.</summary>
    public string Source { get; }

    /// <summary>The cell's tags, e.g. <c>parameters</c>.</summary>
    public ImmutableArray<string> Tags { get; }

    /// <summary>The cell's id; notebooks before format 4.5 have none.</summary>
    public string? Id => (string?)json["id"];

    /// <summary>The number the cell had when it last ran, or null.</summary>
    public int? ExecutionCount => (int?)json["execution_count"];

    /// <summary>The subkernel the cell is for, e.g. <c>fsharp</c>; null means the notebook's own language.</summary>
    public string? Subkernel =>
        (string?)json["metadata"]?["polyglot_notebook"]?["kernelName"] ?? (string?)json["metadata"]?["dotnet_interactive"]?["language"];

    /// <summary>The stored outputs, as the notebook format writes them.</summary>
    public IEnumerable<JsonNode?> Outputs => json["outputs"] as JsonArray ?? [];

    /// <summary>Forgets outputs and number, as before the first run.</summary>
    public void Clear() => Store([], null);

    /// <summary>Stores outputs and the number under which the cell ran.</summary>
    public void Store(IEnumerable<CellOutput> outputs, int? executionCount)
    {
        json["execution_count"] = executionCount;
        json["outputs"] = new JsonArray([.. outputs.Select(NotebookJson.Output)]);
    }

    /// <summary>Notes how long the cell took, in its metadata.</summary>
    public void StoreTiming(TimeSpan elapsed)
    {
        if (json["metadata"] is not JsonObject metadata) json["metadata"] = metadata = [];
        metadata["unlearn"] = new JsonObject { ["seconds"] = Math.Round(elapsed.TotalSeconds, 3) };
    }

    internal static NotebookCell Of(JsonNode? node, string place)
    {
        if (node is not JsonObject json) throw new NotebookException($"{place} should be a JSON object.");
        var kind = (string?)json["cell_type"] switch
        {
            "code" => CellKind.Code,
            "markdown" => CellKind.Markdown,
            "raw" => CellKind.Raw,
            var other => throw new NotebookException($"{place} has the type {other ?? "(none)"}; code, markdown or raw was expected."),
        };
        return new(json, kind);
    }
}
