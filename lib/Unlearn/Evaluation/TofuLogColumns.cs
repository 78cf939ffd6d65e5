using System.Globalization;
using System.Text.Json;
using Unlearn.Data;
using Unlearn.Metrics.Meaning;

namespace Unlearn.Evaluation;

/// <summary>Typed access to the columns of a log's set, with errors that name file, set, column and row.</summary>
internal sealed class TofuLogColumns
{
    private readonly JsonElement log;
    private readonly string place;

    public TofuLogColumns(JsonElement log, string place)
    {
        (this.log, this.place) = (log, place);
        if (log.ValueKind != JsonValueKind.Object) throw Problem.In(place, $"expected an object of columns, got {Kind(log)}");
    }

    public bool Has(string column) => log.TryGetProperty(column, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>A column that some logs lack; null for those.</summary>
    public T[]? Optional<T>(string column, Func<string, int?, T[]> read, int count) => Has(column) ? read(column, count) : null;

    public double[] Numbers(string column, int? count = null) => Cells(column, Number, count);

    public int[] Counts(string column, int? count = null) => Cells(column, Count, count);

    public double[][] NumberLists(string column, int? count = null) => Cells(column, (cell, name) => List(cell, name, Number), count);

    public int[][] CountLists(string column, int? count = null) => Cells(column, (cell, name) => List(cell, name, Count), count);

    /// <summary>A text that stands where columns do: only a name for tables, so whatever else stands there is as good as none.</summary>
    public string? Name(string key) => Has(key) && log.GetProperty(key) is { ValueKind: JsonValueKind.String } name ? name.GetString() : null;

    /// <summary>Numbers from 0 to 1.</summary>
    public double[] Shares(string column, int? count = null) =>
        Cells(column, (cell, name) => Share(cell, name, "a number from 0 to 1"), count);

    /// <summary>What entailment judges say, in whatever case.</summary>
    public EntailmentLabel[] EntailmentLabels(string column, int? count = null) => Cells(column, (cell, name) =>
        Enum.TryParse<EntailmentLabel>(Text(cell, name), ignoreCase: true, out var label) && Enum.IsDefined(label) ? label
            : throw Wrong(name, "entailment, neutral, contradiction or none", cell), count);

    /// <summary>
    /// Prompt, generated and true answer, and, behind them, the original answer where A Closer Look's code put one, and the answer's
    /// cleanness where AltPO's put a number.
    /// </summary>
    /// <remarks>What else later versions append is left out.</remarks>
    public (GeneratedText Text, double? Cleanness)[] Texts(string column, int? count = null) => Cells(column, (cell, name) =>
    {
        if (cell.ValueKind != JsonValueKind.Array || cell.GetArrayLength() < 3)
            throw Wrong(name, "a list of prompt, generated and true answer", cell);
        var text = new GeneratedText(Text(cell[0], name), Text(cell[1], name), Text(cell[2], name));
        var next = 3;
        if (Is(next, JsonValueKind.String)) text = text with { Original = Text(cell[next++], name) };
        double? cleanness = Is(next, JsonValueKind.Number)
            ? Share(cell[next], Name(name, next), "the answer's cleanness, from 0 to 1") : null;
        return (text, cleanness);

        bool Is(int place, JsonValueKind kind) => cell.GetArrayLength() > place && cell[place].ValueKind == kind;
    }, count);

    private T[] Cells<T>(string column, Func<JsonElement, string, T> read, int? count)
    {
        if (!Has(column))
        {
            var names = log.EnumerateObject().Take(12).Select(field => Problem.Excerpt(field.Name)).DefaultIfEmpty("an empty object");
            throw Problem.In(place, $"expected a column '{column}', got only {string.Join(", ", names)}");
        }
        var cells = log.GetProperty(column);
        T[] values = cells.ValueKind switch
        {
            JsonValueKind.Array => [.. cells.EnumerateArray().Select((cell, row) => read(cell, Name(column, row)))],
            JsonValueKind.Object =>
                [.. cells.EnumerateObject().Select(cell => read(cell.Value, $"{column}[{Problem.Excerpt(cell.Name)}]"))],
            _ => throw Wrong(column, "a list of rows, or an object keyed by row number", cells),
        };
        if (values.Length == 0) throw Problem.In(place, $"expected at least one row in '{column}', got none");
        return count is null || values.Length == count ? values
            : throw Problem.In(place, $"expected {count} rows in '{column}', as many as in the first column, got {values.Length}");
    }

    private T[] List<T>(JsonElement cell, string name, Func<JsonElement, string, T> read)
    {
        if (cell.ValueKind != JsonValueKind.Array) throw Wrong(name, "a list with an entry for each wrong answer", cell);
        T[] values = [.. cell.EnumerateArray().Select((value, k) => read(value, Name(name, k)))];
        return values.Length > 0 ? values : throw Problem.In(place, $"expected '{name}' to have at least one entry, got an empty list");
    }

    private double Number(JsonElement cell, string name) =>
        cell.ValueKind == JsonValueKind.Number && cell.TryGetDouble(out var value) && double.IsFinite(value) ? value
            : throw Wrong(name, "a finite number", cell);

    private double Share(JsonElement cell, string name, string expected) =>
        Number(cell, name) is >= 0 and <= 1 and var value ? value : throw Wrong(name, expected, cell);

    // PyTorch logs counts as floats now and then.
    private int Count(JsonElement cell, string name) =>
        cell.ValueKind == JsonValueKind.Number && cell.TryGetDouble(out var value)
            && value is >= 0 and <= int.MaxValue && double.IsInteger(value) ? (int)value
            : throw Wrong(name, "a count", cell);

    private string Text(JsonElement cell, string name)
    {
        if (cell.ValueKind != JsonValueKind.String) throw Wrong(name, "texts", cell);
        try
        {
            return cell.GetString()!;
        }
        catch (InvalidOperationException)   // an escaped half of a surrogate pair
        {
            throw Problem.In(place, $"expected '{name}' to be valid Unicode, got half of a surrogate pair");
        }
    }

    private InvalidDataException Wrong(string name, string expected, JsonElement cell) =>
        Problem.In(place, $"expected '{name}' to be {expected}, got {Kind(cell)}");

    private static string Name(string column, int row) => string.Create(CultureInfo.InvariantCulture, $"{column}[{row}]");

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => string.Create(CultureInfo.InvariantCulture, $"a list of {value.GetArrayLength()}"),
        JsonValueKind.Number => Problem.Excerpt(value.GetRawText()),
        JsonValueKind.String => "the text " + Problem.Excerpt(value.GetRawText()),
        JsonValueKind.Null => "null",
        _ => "a truth value",
    };
}
