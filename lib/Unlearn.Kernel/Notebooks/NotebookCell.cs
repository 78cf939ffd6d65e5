using System.Collections.Immutable;
using System.Globalization;
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
    // The names under which Jupyter's own clients keep the times of a run.
    private const string Execution = "execution", Begun = "iopub.execute_input", Ended = "shell.execute_reply";

    private readonly JsonObject json;

    private NotebookCell(JsonObject json, CellKind kind, string place)
    {
        (this.json, Kind, Place) = (json, kind, place);
        Source = NotebookJson.Text(json["source"], $"{place}: source");
        Id = Optional<string>("id", "text");
        ExecutionCount = Optional<int?>("execution_count", "a whole number or null");
        if (json["metadata"] is not (null or JsonObject)) throw Wrong("metadata", "an object");
        if (json["outputs"] is not (null or JsonArray)) throw Wrong("outputs", "a list");
        if (Outputs.Any(o => o is not JsonObject)) throw Wrong("outputs", "a list of objects");
        Tags = [.. (Metadata?["tags"] as JsonArray ?? []).Select(NotebookJson.AsText).OfType<string>()];
    }

    /// <summary>What the cell holds.</summary>
    public CellKind Kind { get; }

    /// <summary>The text.</summary>
    public string Source { get; private set; }

    /// <summary>The cell's tags, e.g. <c>parameters</c>.</summary>
    public ImmutableArray<string> Tags { get; }

    /// <summary>The cell's id; notebooks before format 4.5 have none.</summary>
    public string? Id { get; }

    /// <summary>The number the cell had when it last ran, or null.</summary>
    public int? ExecutionCount { get; private set; }

    /// <summary>The subkernel the cell is for, e.g. <c>fsharp</c>; null means the notebook's own language.</summary>
    public string? Subkernel => TextAt(Metadata?["polyglot_notebook"], "kernelName") ?? TextAt(Metadata?["dotnet_interactive"], "language");

    /// <summary>The stored outputs, as the notebook format writes them.</summary>
    public IEnumerable<JsonNode?> Outputs => json["outputs"] as JsonArray ?? [];

    /// <summary>How long the cell took when it last ran, from the times that Jupyter's clients and this project's runner keep; null where
    /// there are none.</summary>
    public TimeSpan? Elapsed => TimeAt(Begun) is { } begun && TimeAt(Ended) is { } ended && ended >= begun ? ended - begun : null;

    /// <summary>Whether a run passes the cell over.</summary>
    public bool IsSkipped => Kind != CellKind.Code || Source.Length == 0 || Tags.Contains("skip-execution");

    /// <summary>Whether something is noted of when the cell ran.</summary>
    internal bool HasTimes => Metadata is { } metadata && (metadata.ContainsKey(Execution) || metadata.ContainsKey(Notebook.OwnMetadata));

    /// <summary>The cell, as messages name it.</summary>
    internal string Place { get; }

    internal JsonObject Json => json;

    internal JsonObject? Metadata => json["metadata"] as JsonObject;

    /// <summary>Forgets outputs, number and times, as before the first run.</summary>
    public void Clear()
    {
        ForgetTimes();
        StoreJson([], null);
    }

    /// <summary>Stores outputs and the number under which the cell ran.</summary>
    public void Store(IEnumerable<CellOutput> outputs, int? executionCount) =>
        StoreJson([.. outputs.Select(NotebookJson.Output)], executionCount);

    /// <summary>Notes when the cell began and ended, in its metadata, as Jupyter's clients do.</summary>
    public void StoreTimes(DateTimeOffset begun, DateTimeOffset ended)
    {
        if (Metadata is not { } metadata) json["metadata"] = metadata = [];
        var (first, last) = (Stamp(begun), Stamp(ended));
        NotebookJson.Put(metadata, Execution, new JsonObject
        {
            [Begun] = first,
            ["iopub.status.busy"] = first,
            ["iopub.status.idle"] = last,
            [Ended] = last,
        });
    }

    /// <summary>Forgets when the cell ran.</summary>
    internal void ForgetTimes()
    {
        Metadata?.Remove(Execution);
        Metadata?.Remove(Notebook.OwnMetadata);         // where the time was kept before notebooks had the names that Jupyter uses
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
        return new(json, kind, place);
    }

    /// <summary>Stores outputs as the format writes them.</summary>
    internal void StoreJson(JsonArray outputs, int? executionCount)
    {
        ExecutionCount = executionCount;
        NotebookJson.Put(json, "execution_count", executionCount);
        NotebookJson.Put(json, "outputs", outputs);
    }

    /// <summary>Puts another text into the cell.</summary>
    internal void Rewrite(string source)
    {
        Source = source;
        json["source"] = NotebookJson.Lines(source);
    }

    private static string Stamp(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static string? TextAt(JsonNode? node, string key) =>
        node is JsonObject json ? NotebookJson.AsText(json[key]) : null;

    private DateTimeOffset? TimeAt(string key) => TextAt(Metadata?[Execution], key) is { } text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private T? Optional<T>(string key, string expected)
    {
        try
        {
            return json[key] is { } value ? value.GetValue<T>() : default;
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            throw Wrong(key, expected);
        }
    }

    private NotebookException Wrong(string key, string expected) => new($"{Place}: {key} should be {expected}.");
}
