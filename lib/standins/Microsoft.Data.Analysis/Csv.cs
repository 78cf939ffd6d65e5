using System.Text;

namespace Microsoft.Data.Analysis;

/// <summary>Comma-separated text (RFC 4180): fields with separators, quotes or line breaks stand in quotes, their own doubled.</summary>
internal static class Csv
{
    public static string Field(string text, char separator) =>
        text.AsSpan().IndexOfAny([separator, '\n', '\r', '"']) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>The records of a text; empty lines are none.</summary>
    /// <exception cref="FormatException">A quoted field does not end, or text follows its closing quote.</exception>
    public static IEnumerable<string[]> Records(TextReader reader, char separator)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var (line, quoted, wasQuoted) = (1, false, false);
        while (reader.Read() is >= 0 and var code)
        {
            var next = (char)code;
            if (next == '\n') line++;
            if (quoted)
            {
                if (next != '"') field.Append(next);
                else if (reader.Peek() == '"') field.Append((char)reader.Read());
                else quoted = false;
            }
            else if (next == '"' && field.Length == 0 && !wasQuoted) (quoted, wasQuoted) = (true, true);
            else if (next == separator) EndField();
            else if (next is '\n' or '\r')
            {
                if (next == '\r' && reader.Peek() == '\n')
                {
                    reader.Read();
                    line++;
                }
                if (EndRecord() is { } record) yield return record;
            }
            else if (!wasQuoted) field.Append(next);
            else throw new FormatException($"Line {line}: after a closing quote a separator should follow, but '{next}' does.");
        }
        if (quoted) throw new FormatException($"Line {line}: the text ends inside a quoted field.");
        if (EndRecord() is { } last) yield return last;

        void EndField()
        {
            fields.Add(field.ToString());
            field.Clear();
            wasQuoted = false;
        }

        string[]? EndRecord()
        {
            if (fields.Count == 0 && field.Length == 0 && !wasQuoted) return null;
            EndField();
            string[] record = [.. fields];
            fields.Clear();
            return record;
        }
    }
}
