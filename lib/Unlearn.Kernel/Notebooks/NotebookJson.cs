using System.Text.Json.Nodes;

namespace Unlearn.Kernel.Notebooks;

/// <summary>The notebook format's way of writing texts and outputs.</summary>
internal static class NotebookJson
{
    /// <summary>A text that is stored as one string or as a list of lines; nothing at all is the empty text.</summary>
    /// <exception cref="NotebookException">It is stored as something else.</exception>
    public static string Text(JsonNode? node, string place = "a text") => node switch
    {
        null => "",
        JsonArray lines => string.Concat(lines.Select(line => One(line, place))),
        _ => One(node, place),
    };

    /// <summary>A node's text; null when it is none, or not whole: half of a surrogate pair is no character.</summary>
    public static string? AsText(JsonNode? node)
    {
        try
        {
            return node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A node for a message: its JSON, cut when long.</summary>
    public static string Short(JsonNode? node)
    {
        try
        {
            return (node?.ToJsonString() ?? "null") is { Length: > 60 } text ? text[..59] + "…" : node?.ToJsonString() ?? "null";
        }
        catch (InvalidOperationException)
        {
            return "half of a surrogate pair";
        }
    }

    /// <summary>Sets a member; a new one goes where it belongs by the alphabet, in which Jupyter keeps all members.</summary>
    public static void Put(JsonObject json, string key, JsonNode? value)
    {
        if (json.TryGetPropertyValue(key, out var old))
        {
            // What is equal stays the node it was, and so keeps the text it was read from.
            if (!AreSame(old, value)) json[key] = value;
            return;
        }
        var index = json.TakeWhile(member => string.CompareOrdinal(member.Key, key) < 0).Count();
        json.Insert(index, key, value);
    }

    /// <summary>A text as a list of lines, each but the last with its newline, so that version control shows
    /// changes line by line.</summary>
    public static JsonArray Lines(string text)
    {
        var lines = new JsonArray();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is var found and >= 0 ? found + 1 : text.Length;
            lines.Add(text[start..end]);
            start = end;
        }
        return lines;
    }

    /// <summary>An output as it is stored.</summary>
    public static JsonNode Output(CellOutput output) => output switch
    {
        StreamOutput stream => new JsonObject
        {
            ["name"] = stream.Name,
            ["output_type"] = "stream",
            ["text"] = Lines(stream.Text),
        },
        DisplayOutput display => new JsonObject
        {
            ["data"] = Data(display.Bundle),
            ["metadata"] = Metadata(display.Bundle),
            ["output_type"] = "display_data",
        },
        ResultOutput result => new JsonObject
        {
            ["data"] = Data(result.Bundle),
            ["execution_count"] = result.ExecutionCount,
            ["metadata"] = Metadata(result.Bundle),
            ["output_type"] = "execute_result",
        },
        ErrorOutput error => new JsonObject
        {
            ["ename"] = error.Name,
            ["evalue"] = error.Message,
            ["output_type"] = "error",
            ["traceback"] = new JsonArray([.. error.Traceback.Select(l => JsonValue.Create(l))]),
        },
        _ => throw new ArgumentException($"{output.GetType().Name} changes another output and is not stored itself.", nameof(output)),
    };

    private static JsonObject Data(MimeBundle bundle) => new(bundle.Data.Select(d => KeyValuePair.Create(d.Key, Content(d.Key, d.Value))));

    private static JsonNode? Content(string mimeType, JsonNode content) =>
        AsText(content) is { } text && mimeType.StartsWith("text/", StringComparison.Ordinal)
            ? Lines(text)
            : content.DeepClone();

    private static JsonObject Metadata(MimeBundle bundle) =>
        new(bundle.Metadata.Where(m => bundle.Data.ContainsKey(m.Key))
            .Select(m => KeyValuePair.Create(m.Key, (JsonNode?)m.Value.DeepClone())));

    private static bool AreSame(JsonNode? a, JsonNode? b)
    {
        try
        {
            return JsonNode.DeepEquals(a, b);
        }
        catch (InvalidOperationException)
        {
            return false;           // half of a surrogate pair cannot be compared
        }
    }

    private static string One(JsonNode? node, string place) => AsText(node)
        ?? throw new NotebookException($"{place} should be text or a list of lines, not {Short(node)}.");
}
