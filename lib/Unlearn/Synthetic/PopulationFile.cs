using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Unlearn.Data;

namespace Unlearn.Synthetic;

/// <summary>Results of populations as JSON files: numbers with five digits, one list a line.</summary>
public static partial class PopulationFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,       // β stays readable; the file never enters a page
        Converters = { new FiveDigits() },
    };

    /// <summary>Writes a result, as a whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="result">What to keep.</param>
    public static void Write(string path, PopulationResult result)
    {
        var text = JsonSerializer.Serialize(result, Options);
        WholeFile.Write(path, NumberList().Replace(text, list => Blanks().Replace(list.Value, " ")) + "\n");
    }

    /// <summary>Reads a result.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is no result, or one of another version of the code.</exception>
    public static PopulationResult Read(string path)
    {
        PopulationResult? result;
        try
        {
            result = JsonSerializer.Deserialize<PopulationResult>(File.ReadAllBytes(path), Options);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"Expected {path} to hold a population's result, but: {error.Message} Make it again.", error);
        }
        if (result is null || result.Schema != PopulationPlan.Schema || result.Methods is null)
        {
            throw new InvalidDataException(
                $"Expected {path} to be of schema {PopulationPlan.Schema} but it is of {result?.Schema}. "
                + "Make it again with 'unlearn synthetic'.");
        }
        return result;
    }

    [GeneratedRegex(@"\[[\s\d.,eE+null-]+\]")]
    private static partial Regex NumberList();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    /// <summary>Five significant digits are more than a population of hundreds can tell apart, and a third of the bytes.</summary>
    private sealed class FiveDigits : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.ToString("G5", CultureInfo.InvariantCulture));
    }
}
