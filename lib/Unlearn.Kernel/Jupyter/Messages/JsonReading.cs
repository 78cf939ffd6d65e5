using System.Text.Json.Nodes;

namespace Unlearn.Kernel.Jupyter;

/// <summary>Reads what a client sent: a field that is absent or of another type has its default.</summary>
internal static class JsonReading
{
    public static string Text(this JsonObject from, string name, string otherwise = "") =>
        from[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : otherwise;

    public static bool Flag(this JsonObject from, string name, bool otherwise) =>
        from[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : otherwise;

    public static int? Number(this JsonObject from, string name) =>
        from[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;
}
