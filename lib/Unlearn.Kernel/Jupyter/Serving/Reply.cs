using System.Text.Json.Nodes;

namespace Unlearn.Kernel.Jupyter;

/// <summary>The contents that answers have in common.</summary>
internal static class Reply
{
    public static JsonObject Ok() => new() { ["status"] = "ok" };

    public static JsonObject Error(ErrorOutput error) => new()
    {
        ["status"] = "error",
        ["ename"] = error.Name,
        ["evalue"] = error.Message,
        ["traceback"] = Lines(error),
    };

    /// <summary>An error that is not a cell's: the request itself cannot be answered.</summary>
    public static JsonObject Error(Exception e) => Error(new ErrorOutput(e.GetType().Name, e.Message, [e.Message]));

    public static JsonArray Lines(ErrorOutput error) => [.. error.Traceback.Select(line => JsonValue.Create(line))];

    /// <summary>The <c>data</c> and <c>metadata</c> of a bundle, as copies.</summary>
    public static JsonObject Bundle(MimeBundle bundle) => new()
    {
        ["data"] = new JsonObject(bundle.Data.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)d.Value.DeepClone()))),
        ["metadata"] = new JsonObject(bundle.Metadata.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)m.Value.DeepClone()))),
    };
}
