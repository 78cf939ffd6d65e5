using System.Text.Json;

namespace Unlearn.Data.People;

/// <summary>Reads and writes rows on public people as JSON lines, with the field names of A Closer Look's files.</summary>
public static class PublicFile
{
    private static readonly JsonSerializerOptions Snake = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        MaxDepth = 8,
    };

    /// <summary>All rows of a file, in order; at least one.</summary>
    /// <param name="path">A UTF-8 file with one JSON object a line. Fields that are not known here are ignored.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file has no row, or a line is not what was expected; the message says which.</exception>
    public static IReadOnlyList<PublicRow> Read(string path)
    {
        PublicRow[] rows =
            [.. LineReader.Lines(path).Where(line => !string.IsNullOrWhiteSpace(line.Text)).Select(line => Parse(line, path))];
        return rows.Length > 0 ? rows
            : throw Problem.In(path, "expected one JSON object a line, got a file without any; download it again");
    }

    /// <summary>Writes rows through a temporary file that is then renamed.</summary>
    /// <param name="path">The file to make or replace; its folder is made where needed.</param>
    /// <param name="rows">At least one row.</param>
    /// <exception cref="ArgumentException">There is no row, since no reader would accept the file.</exception>
    public static void Write(string path, IEnumerable<PublicRow> rows)
    {
        var text = string.Concat(rows.Select(row => JsonSerializer.Serialize(row, Snake) + "\n"));
        if (text.Length == 0) throw new ArgumentException("Expected at least one row, got none.", nameof(rows));
        WholeFile.Write(path, text);
    }

    private static PublicRow Parse((int Number, string Text) line, string path)
    {
        PublicRow? row;
        try
        {
            row = JsonSerializer.Deserialize<PublicRow>(line.Text, Snake);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw Problem.At(path, line.Number, "expected a JSON object with name, question, answer and golden_answer, got "
                + $"{Problem.Excerpt(line.Text)} ({error.Message})", error);
        }
        if (row is null || new[] { row.Question, row.Answer, row.GoldenAnswer }.Any(string.IsNullOrWhiteSpace))
            throw Problem.At(path, line.Number, "expected question, answer and golden_answer to hold text, got a blank one");
        return row;
    }
}
