using System.Text;
using System.Text.Json;

namespace Unlearn.Tokenization.Reading;

/// <summary>A value in a file together with its place, so that every complaint names both.</summary>
/// <remarks>All complaints are <see cref="FormatException"/>s; the reader of the file adds its name.</remarks>
/// <param name="Value">The value.</param>
/// <param name="Within">The place of the object or array that it is in; empty for the whole file.</param>
/// <param name="Name">Its name there, or null in an array.</param>
/// <param name="Index">Its index there.</param>
internal readonly record struct JsonPart(JsonElement Value, string Within, string? Name = null, int? Index = null)
{
    /// <summary>Where it is, e.g. <c>normalizer.normalizers[1]</c>; made on demand, since files have half a million values.</summary>
    public string Place => Index is { } index ? $"{Within}[{index}]" : Name is null ? Within : Within == "" ? Name : $"{Within}.{Name}";

    /// <summary>The property <c>type</c>, or null.</summary>
    public string? Type => Find("type")?.Text();

    /// <summary>A property that has to be there and not null.</summary>
    public JsonPart this[string name] => Find(name) ?? throw new FormatException($"{Place} should have '{name}' but has not.");

    /// <summary>A property, or null where it is missing or null.</summary>
    public JsonPart? Find(string name)
    {
        if (Value.ValueKind != JsonValueKind.Object) throw Not("an object");
        return Value.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? new(value, Place, name) : null;
    }

    /// <summary>The elements of an array.</summary>
    public IEnumerable<JsonPart> Items()
    {
        if (Value.ValueKind != JsonValueKind.Array) throw Not("an array");
        var place = Place;
        return Value.EnumerateArray().Select((item, i) => new JsonPart(item, place, null, i));
    }

    /// <summary>The entries of an object.</summary>
    public IEnumerable<(string Name, JsonPart Value)> Entries()
    {
        if (Value.ValueKind != JsonValueKind.Object) throw Not("an object");
        var place = Place;
        return Value.EnumerateObject().Select(entry => (entry.Name, new JsonPart(entry.Value, place, entry.Name)));
    }

    public string Text() => Value.ValueKind == JsonValueKind.String ? Value.GetString()! : throw Not("text");

    /// <summary>Text of exactly one character.</summary>
    public string Character() => Text() is { Length: > 0 } text && Rune.TryGetRuneAt(text, 0, out var rune)
        && rune.Utf16SequenceLength == text.Length ? text : throw Not("one character");

    /// <summary>A whole number from 0.</summary>
    public int Number() => Value.ValueKind == JsonValueKind.Number && Value.TryGetInt32(out var number) && number >= 0 ? number
        : throw Not("a whole number from 0");

    /// <summary>A finite number.</summary>
    public double Real() =>
        Value.ValueKind == JsonValueKind.Number && Value.TryGetDouble(out var number) && double.IsFinite(number) ? number
        : throw Not("a finite number");

    /// <summary>A switch that has to be there.</summary>
    public bool Flag() => Value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Not("true or false"),
    };

    /// <summary>A switch, with what it is where missing.</summary>
    public bool Flag(string name, bool missing) => Find(name)?.Flag() ?? missing;

    /// <summary>A complaint about something that the library does not know.</summary>
    public FormatException Unknown(string what, string known) =>
        new($"{Place} is {(Type is { } type ? $"the {what} '{Shown(type)}'" : $"a {what} without a type")}, which is not supported; "
            + $"supported are {known}.");

    /// <summary>A complaint that the value should be something else.</summary>
    public FormatException Not(string expected)
    {
        var raw = Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? Value.ValueKind.ToString() : Value.GetRawText();
        return new($"{(Place == "" ? "the file" : Place)} should be {expected} but is {Shown(raw)}.");
    }

    /// <summary>The beginning of a text that may be long.</summary>
    public static string Shown(string text) => text.Length > 60 ? text[..60] + "…" : text;
}
