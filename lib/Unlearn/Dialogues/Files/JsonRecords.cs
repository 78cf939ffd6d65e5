using System.Text;
using System.Text.Json;
using Unlearn.Data;

namespace Unlearn.Dialogues.Files;

/// <summary>The objects of a JSON file, whether they stand one a line or in one array.</summary>
internal static class JsonRecords
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The objects in order, at least one, each with the line or the place in the array to be named in messages.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no UTF-8, no JSON, cut off, or holds something else than objects.</exception>
    public static IEnumerable<JsonRecord> Read(string path)
    {
        var any = false;
        foreach (var record in IsArray(path) ? Array(path) : Lines(path))
        {
            any = true;
            yield return record;
        }
        if (!any) throw Problem.In(path, "expected at least one JSON object, got a file without any; download it again");
    }

    private static bool IsArray(string path)
    {
        using var stream = File.OpenRead(path);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        int letter;
        do letter = reader.Read();
        while (letter >= 0 && char.IsWhiteSpace((char)letter));
        return letter == '[';
    }

    private static IEnumerable<JsonRecord> Lines(string path)
    {
        foreach (var (number, text) in LineReader.Lines(path))
        {
            if (string.IsNullOrWhiteSpace(text)) continue;
            JsonDocument document;
            try
            {
                document = JsonDocument.Parse(text);
            }
            catch (JsonException error)
            {
                throw Problem.At(path, number, $"expected a JSON object, got {Problem.Excerpt(text)}; is the file cut off?", error);
            }
            using (document) yield return new(path, number, document.RootElement);
        }
    }

    private static IEnumerable<JsonRecord> Array(string path)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(Strict.GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF'));
        }
        catch (DecoderFallbackException error)
        {
            throw new InvalidDataException($"{path}: expected UTF-8 text, got bytes that are not; save the file as UTF-8.", error);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException(
                $"{path}: expected a JSON array of objects, got none that ends ({error.Message}); is the file cut off?", error);
        }
        using (document)
        {
            foreach (var (index, element) in document.RootElement.EnumerateArray().Index()) yield return new(path, index + 1, element);
        }
    }
}

/// <summary>One object, and where it stands.</summary>
/// <param name="path">The file.</param>
/// <param name="place">The line, or the place in the array, from 1.</param>
/// <param name="element">The object.</param>
internal readonly struct JsonRecord(string path, int place, JsonElement element)
{
    /// <summary>Whether it has a field.</summary>
    public bool Has(string name) => Object().TryGetProperty(name, out _);

    /// <summary>A field with text in it.</summary>
    public string Text(string name) => Field(name) is { ValueKind: JsonValueKind.String } field && field.GetString() is { } text
        && !string.IsNullOrWhiteSpace(text) ? text : throw Wrong(name, "text");

    /// <summary>A field that is true or false.</summary>
    public bool Flag(string name) => Field(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } field ? field.GetBoolean()
        : throw Wrong(name, "true or false");

    /// <summary>An exception about this object.</summary>
    public InvalidDataException Bad(string what) => Problem.At(path, place, what);

    private JsonElement Field(string name) => Object().TryGetProperty(name, out var field) ? field
        : throw Bad($"expected a field '{name}', got {Problem.Excerpt(element.GetRawText())}; is this the file that was meant?");

    private JsonElement Object() => element.ValueKind == JsonValueKind.Object ? element
        : throw Bad($"expected a JSON object, got {Problem.Excerpt(element.GetRawText())}");

    private InvalidDataException Wrong(string name, string expected) =>
        Bad($"expected the field '{name}' to hold {expected}, got {Problem.Excerpt(Field(name).GetRawText())}");
}
