using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static Unlearn.Kernel.Notebooks.NotebookJson;

namespace Unlearn.Kernel.Notebooks;

/// <summary>The rules of notebook format 4.5 (nbformat.v4.5.schema.json), in words that say what to mend.</summary>
internal static partial class NotebookSchema
{
    private const string AnObject = "an object", PlainText = "text", TextOrLines = "text or a list of lines", ACount = "a whole number or null";

    private static readonly string[] Times =
        ["iopub.execute_input", "iopub.status.busy", "iopub.status.idle", "shell.execute_reply"];

    /// <summary>Every breach of a rule as (place, expected, found).</summary>
    public static IEnumerable<(string Place, string Expected, string Found)> Breaches(JsonObject root)
    {
        var breaches = new List<(string, string, string)>();
        var top = new Rules("file", root, breaches);
        top.Only("cells", "metadata", "nbformat", "nbformat_minor");
        top.Must("nbformat", "4", v => Whole(v) == 4);
        top.Must("nbformat_minor", "5 or more", v => Whole(v) >= 5);
        top.Must("metadata", AnObject, v => v is JsonObject);
        if (root["metadata"] is JsonObject metadata) Metadata(new("metadata", metadata, breaches));

        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (index, node) in (root["cells"] as JsonArray ?? []).Index())
        {
            var cell = new Rules($"cell {index + 1}", (JsonObject)node!, breaches);
            Cell(cell);
            if (AsText(cell.Json["id"]) is { } id && !ids.TryAdd(id, index + 1))
                cell.Breach("an id of its own", $"'{id}', which is cell {ids[id]}'s");
        }
        return breaches;
    }

    private static void Metadata(Rules metadata)
    {
        metadata.May("title", PlainText, v => AsText(v) is not null);
        metadata.May("orig_nbformat", "1 or more", v => Whole(v) >= 1);
        metadata.May("authors", "a list", v => v is JsonArray);
        metadata.May("kernelspec", "an object with the texts name and display_name",
            v => v is JsonObject spec && AsText(spec["name"]) is not null && AsText(spec["display_name"]) is not null);
        metadata.May("language_info", "an object with the text name", v => v is JsonObject info && AsText(info["name"]) is not null);
    }

    private static void Cell(Rules cell)
    {
        cell.Must("id", "1 to 64 letters, digits, - and _", v => AsText(v) is { } id && CellId().IsMatch(id));
        cell.Must("metadata", AnObject, v => v is JsonObject);
        cell.Must("source", TextOrLines, IsText);
        if (cell.Json["metadata"] is JsonObject metadata) CellMetadata(cell.At("metadata", metadata), AsText(cell.Json["cell_type"]));
        if (AsText(cell.Json["cell_type"]) is not "code")
        {
            cell.Only("attachments", "cell_type", "id", "metadata", "source");
            cell.May("attachments", "an object of objects", v => v is JsonObject files && files.All(f => IsBundle(f.Value)));
            return;
        }
        cell.Only("cell_type", "execution_count", "id", "metadata", "outputs", "source");
        cell.Must("execution_count", ACount, IsCount, orNull: true);
        cell.Must("outputs", "a list", v => v is JsonArray);
        foreach (var (index, output) in (cell.Json["outputs"] as JsonArray ?? []).Index())
        {
            if (output is JsonObject json) Output(cell.At($"output {index + 1}", json));
        }
    }

    private static void CellMetadata(Rules metadata, string? kind)
    {
        metadata.May("name", "text that is not empty", v => AsText(v) is { Length: > 0 });
        metadata.May("tags", "a list of different texts without commas", v => v is JsonArray tags
            && tags.All(t => AsText(t) is { Length: > 0 } tag && !tag.Contains(',', StringComparison.Ordinal))
            && tags.Select(AsText).Distinct(StringComparer.Ordinal).Count() == tags.Count);
        metadata.May("jupyter", AnObject, v => v is JsonObject);
        if (kind is "raw") metadata.May("format", PlainText, v => AsText(v) is not null);
        if (kind is not "code") return;
        metadata.May("collapsed", "true or false", v => v is JsonValue c && c.TryGetValue<bool>(out _));
        metadata.May("scrolled", "true, false or auto", v => v is JsonValue s && (s.TryGetValue<bool>(out _) || AsText(v) is "auto"));
        metadata.May("execution", "an object of times", v => v is JsonObject times
            && Times.All(t => !times.ContainsKey(t) || AsText(times[t]) is not null));
    }

    private static void Output(Rules output)
    {
        switch (AsText(output.Json["output_type"]))
        {
            case "stream":
                output.Only("name", "output_type", "text");
                output.Must("name", PlainText, v => AsText(v) is not null);
                output.Must("text", TextOrLines, IsText);
                break;
            case "display_data":
                output.Only("data", "metadata", "output_type");
                Bundle(output);
                break;
            case "execute_result":
                output.Only("data", "execution_count", "metadata", "output_type");
                output.Must("execution_count", ACount, IsCount, orNull: true);
                Bundle(output);
                break;
            case "error":
                output.Only("ename", "evalue", "output_type", "traceback");
                output.Must("ename", PlainText, v => AsText(v) is not null);
                output.Must("evalue", PlainText, v => AsText(v) is not null);
                output.Must("traceback", "a list of texts", v => v is JsonArray lines && lines.All(l => AsText(l) is not null));
                break;
            default:
                output.Must("output_type", "stream, display_data, execute_result or error", _ => false);
                break;
        }
    }

    private static void Bundle(Rules output)
    {
        output.Must("data", "an object of MIME types, each with text, a list of lines, or JSON where the type says so", IsBundle);
        output.Must("metadata", AnObject, v => v is JsonObject);
    }

    private static bool IsBundle(JsonNode? node) =>
        node is JsonObject bundle && bundle.All(m => JsonType().IsMatch(m.Key) || IsText(m.Value));

    private static bool IsText(JsonNode? node) =>
        node is JsonArray lines ? lines.All(l => AsText(l) is not null) : AsText(node) is not null;

    private static bool IsCount(JsonNode? node) => Whole(node) >= 0;

    private static long? Whole(JsonNode? node) => node is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;

    [GeneratedRegex(@"\A[a-zA-Z0-9_-]{1,64}\z")]
    private static partial Regex CellId();

    [GeneratedRegex(@"\Aapplication/(.*\+)?json\z")]
    private static partial Regex JsonType();

    /// <summary>One object of the file, its place, and what is wrong with it.</summary>
    private sealed record Rules(string Place, JsonObject Json, List<(string, string, string)> Breaches)
    {
        public Rules At(string part, JsonObject json) => new($"{Place}, {part}", json, Breaches);

        public void Breach(string expected, string found) => Breaches.Add((Place, expected, found));

        public void Must(string key, string expected, Func<JsonNode?, bool> holds, bool orNull = false)
        {
            if (!Json.TryGetPropertyValue(key, out var value)) Breach($"{key}: {expected}", "nothing");
            else if (value is null ? !orNull : !holds(value)) Breach($"{key}: {expected}", Short(value));
        }

        public void May(string key, string expected, Func<JsonNode?, bool> holds)
        {
            if (Json.ContainsKey(key)) Must(key, expected, holds);
        }

        public void Only(params string[] keys)
        {
            foreach (var other in Json.Select(m => m.Key).Except(keys, StringComparer.Ordinal))
                Breach($"no other members than {string.Join(", ", keys)}", other);
        }
    }
}
