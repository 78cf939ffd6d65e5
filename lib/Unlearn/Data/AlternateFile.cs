using System.Text;
using System.Text.Json;

namespace Unlearn.Data;

/// <summary>Alternates as JSON lines, in the format of the AltPO authors.</summary>
/// <remarks>
/// One object a line with <c>question</c>, <c>answer</c>, <c>sub_answer</c>, in ASCII; the alternates of a question stand one behind the
/// other, questions in the order of the rows to forget. OpenUnlearning calls the last field <c>alternate</c>: both are read.
/// </remarks>
public static class AlternateFile
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 4 };

    /// <summary>All rows, in order; at least one.</summary>
    /// <param name="path">A UTF-8 file with one JSON object a line.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It has no row, or a line is not what was expected; the message names both.</exception>
    public static IReadOnlyList<AlternateRow> Read(string path)
    {
        AlternateRow[] rows =
        [
            .. from line in LineReader.Lines(path)
               where !string.IsNullOrWhiteSpace(line.Text)
               select Parse(line.Text, path, line.Number),
        ];
        return rows.Length > 0 ? rows : throw Problem.In(path, "expected one JSON object a line, got a file without any");
    }

    /// <summary>Writes rows, through a temporary file that is then renamed.</summary>
    /// <param name="path">The file to make or replace; its folder is made where needed.</param>
    /// <param name="rows">At least one.</param>
    /// <param name="field">The last field's name: "sub_answer", or "alternate" for OpenUnlearning.</param>
    /// <exception cref="ArgumentException">There is no row, since no reader would accept the file.</exception>
    public static void Write(string path, IEnumerable<AlternateRow> rows, string field = "sub_answer")
    {
        var text = new StringBuilder();
        foreach (var (question, answer, alternate) in rows)
        {
            text.Append($$"""{"question": {{Json(question)}}, "answer": {{Json(answer)}}, "{{field}}": {{Json(alternate)}}}""");
            text.Append('\n');
        }
        if (text.Length == 0) throw new ArgumentException("Expected at least one row, got none.", nameof(rows));
        WholeFile.Write(path, text.ToString());
    }

    // As Python's json writes it: ASCII with lower-case escapes, quotation marks as \".
    private static string Json(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' or '\\' => text.Append('\\').Append(c),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                >= ' ' and <= '~' => text.Append(c),
                _ => text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
            };
        }
        return text.Append('"').ToString();
    }

    private static AlternateRow Parse(string line, string path, int number)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Strict);
            var row = document.RootElement;
            if (row.ValueKind != JsonValueKind.Object)
                throw Problem.At(path, number, $"expected a JSON object, got {Problem.Excerpt(line)}");
            var field = row.TryGetProperty("sub_answer", out _) ? "sub_answer" : "alternate";
            return new(Text(row, "question"), Text(row, "answer"), Text(row, field));
        }
        catch (JsonException error)
        {
            throw Problem.At(path, number, $"expected one complete JSON object, got {Problem.Excerpt(line)} ({error.Message})", error);
        }

        string Text(JsonElement row, string field)
        {
            if (!row.TryGetProperty(field, out var value) || value.ValueKind != JsonValueKind.String)
            {
                throw Problem.At(path, number, field == "alternate"
                    ? "expected a text 'sub_answer' or 'alternate', got neither" : $"expected a text '{field}', got none");
            }
            try
            {
                return value.GetString()!;
            }
            catch (InvalidOperationException)   // an escaped half of a surrogate pair
            {
                throw Problem.At(path, number, $"expected '{field}' to be valid Unicode, got half of a surrogate pair");
            }
        }
    }
}
