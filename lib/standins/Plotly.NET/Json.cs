using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Plotly.NET;

/// <summary>Figures are JSON from the start: this is how values enter it. Null means "not said" and leaves no trace.</summary>
internal static class Json
{
    // Letters of every script stay readable; <, > and & are still escaped, so that a figure can stand inside HTML.
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Text(JsonNode node) => node.ToJsonString(Compact);

    /// <summary>A value as JSON; what is not a finite number becomes null, which plotly.js draws as a gap.</summary>
    public static JsonNode? From(object? value) => value switch
    {
        null or DBNull => null,
        JsonNode node => node.DeepClone(),
        string text => JsonValue.Create(text),
        double number => double.IsFinite(number) ? JsonValue.Create(number) : null,
        float number => float.IsFinite(number) ? JsonValue.Create(number) : null,
        Half number => Half.IsFinite(number) ? JsonValue.Create((float)number) : null,
        bool flag => JsonValue.Create(flag),
        char letter => JsonValue.Create(letter.ToString()),
        DateTime time => JsonValue.Create(time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)),
        decimal number => JsonValue.Create(number),
        ulong number => JsonValue.Create(number),
        Enum name => JsonValue.Create(name.ToString()),
        Color color => From(color.Value),
        IJsonValue constant => From(constant.Convert()),
        IJsonObject part => From(part.Properties),
        IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(From)]),
        IConvertible number when number.GetTypeCode() is >= TypeCode.SByte and <= TypeCode.Int64 =>
            JsonValue.Create(number.ToInt64(CultureInfo.InvariantCulture)),
        IConvertible other => JsonValue.Create(other.ToString(CultureInfo.InvariantCulture)),
        _ => throw new ArgumentException($"A figure holds text, numbers, dates and lists of them, but got a value of {value.GetType()}."),
    };

    /// <summary>An object of the values that were said.</summary>
    public static JsonObject Object(params ReadOnlySpan<(string Path, object? Value)> values)
    {
        var result = new JsonObject();
        foreach (var (path, value) in values) Set(result, path, value);
        return result;
    }

    /// <summary>Sets a value at a dotted path; null changes nothing.</summary>
    public static void Set(JsonObject target, string path, object? value)
    {
        if (value is null) return;
        var names = path.Split('.');
        foreach (var name in names[..^1])
        {
            if (target[name] is not JsonObject inner) target[name] = inner = [];
            target = inner;
        }
        target[names[^1]] = From(value);
    }

    /// <summary>Puts one object over another, member by member; annotations and shapes of both stay.</summary>
    public static void Merge(JsonObject target, JsonObject over)
    {
        foreach (var (name, value) in over)
        {
            if (target[name] is JsonObject below && value is JsonObject above) Merge(below, above);
            else if (name is "annotations" or "shapes" && target[name] is JsonArray some && value is JsonArray more)
                foreach (var item in more) some.Add(item?.DeepClone());
            else target[name] = value?.DeepClone();
        }
    }
}
