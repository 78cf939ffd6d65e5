using System.Text.Json.Nodes;

namespace Unlearn.Kernel.Notebooks;

/// <summary>The notebook format's way of writing texts and outputs.</summary>
internal static class NotebookJson
{
    /// <summary>A text that is stored as one string or as a list of lines.</summary>
    public static string Text(JsonNode? node) => node switch
    {
        null => "",
        JsonArray lines => string.Concat(lines.Select(l => (string?)l)),
        _ => (string?)node ?? "",
    };

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
        content is JsonValue value && value.TryGetValue<string>(out var text) && mimeType.StartsWith("text/", StringComparison.Ordinal)
            ? Lines(text)
            : content.DeepClone();

    private static JsonObject Metadata(MimeBundle bundle) =>
        new(bundle.Metadata.Where(m => bundle.Data.ContainsKey(m.Key))
            .Select(m => KeyValuePair.Create(m.Key, (JsonNode?)m.Value.DeepClone())));
}
