using System.Globalization;
using System.Text;

namespace Microsoft.Data.Analysis;

// Signatures and defaults are the original's, and so are its traps: writing uses ASCII and the current culture unless told otherwise,
// and numbers whose type is guessed become float. Say encoding, cultureInfo and dataTypes where that matters.
public partial class DataFrame
{
    /// <summary>Reads a file of comma-separated values.</summary>
    /// <exception cref="FormatException">The file is empty, a row does not fit the columns, or a value not its column's type.</exception>
    public static DataFrame LoadCsv(
        string filename, char separator = ',', bool header = true, string[]? columnNames = null, Type[]? dataTypes = null, int numRows = -1,
        int guessRows = 10, bool addIndexColumn = false, Encoding? encoding = null, bool renameDuplicatedColumns = false,
        CultureInfo? cultureInfo = null)
    {
        using var stream = File.OpenRead(filename);
        return LoadCsv(
            stream, separator, header, columnNames, dataTypes, numRows, guessRows, addIndexColumn, encoding, renameDuplicatedColumns,
            cultureInfo);
    }

    /// <summary>Reads comma-separated values from a stream that can seek, UTF-8 unless told otherwise.</summary>
    public static DataFrame LoadCsv(
        Stream csvStream, char separator = ',', bool header = true, string[]? columnNames = null, Type[]? dataTypes = null,
        long numberOfRowsToRead = -1, int guessRows = 10, bool addIndexColumn = false, Encoding? encoding = null,
        bool renameDuplicatedColumns = false, CultureInfo? cultureInfo = null, Func<IEnumerable<string>, Type>? guessTypeFunction = null)
    {
        ArgumentNullException.ThrowIfNull(csvStream);
        if (!csvStream.CanSeek) throw new ArgumentException("The stream should be one that can seek.", nameof(csvStream));
        using var reader = new StreamReader(csvStream, encoding ?? Encoding.UTF8, leaveOpen: true);
        return Load(
            reader, separator, header, columnNames, dataTypes, numberOfRowsToRead, guessRows, addIndexColumn, renameDuplicatedColumns,
            cultureInfo, guessTypeFunction);
    }

    /// <summary>Reads comma-separated values from a text.</summary>
    public static DataFrame LoadCsvFromString(
        string csvString, char separator = ',', bool header = true, string[]? columnNames = null, Type[]? dataTypes = null,
        long numberOfRowsToRead = -1, int guessRows = 10, bool addIndexColumn = false, bool renameDuplicatedColumns = false,
        CultureInfo? cultureInfo = null, Func<IEnumerable<string>, Type>? guessTypeFunction = null)
    {
        using var reader = new StringReader(csvString);
        return Load(
            reader, separator, header, columnNames, dataTypes, numberOfRowsToRead, guessRows, addIndexColumn, renameDuplicatedColumns,
            cultureInfo, guessTypeFunction);
    }

    /// <summary>Writes a file of comma-separated values, ASCII unless told otherwise; it appears whole or not at all.</summary>
    public static void SaveCsv(
        DataFrame dataFrame, string path, char separator = ',', bool header = true, Encoding? encoding = null,
        CultureInfo? cultureInfo = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        var temporary = path + ".tmp";
        using (var stream = File.Create(temporary)) SaveCsv(dataFrame, stream, separator, header, encoding, cultureInfo);
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Writes comma-separated values to a stream: numbers with all their digits, nulls as empty fields.</summary>
    /// <exception cref="ArgumentException">The culture's decimal separator is the column separator.</exception>
    public static void SaveCsv(
        DataFrame dataFrame, Stream csvStream, char separator = ',', bool header = true, Encoding? encoding = null,
        CultureInfo? cultureInfo = null)
    {
        ArgumentNullException.ThrowIfNull(dataFrame);
        var culture = cultureInfo ?? CultureInfo.CurrentCulture;
        if (culture.NumberFormat.NumberDecimalSeparator == separator.ToString())
        {
            throw new ArgumentException(
                $"'{separator}' separates decimals in culture '{culture.Name}' and cannot separate columns too.", nameof(separator));
        }
        using var writer = new StreamWriter(csvStream, encoding ?? Encoding.ASCII, leaveOpen: true);
        if (header) writer.WriteLine(string.Join(separator, dataFrame.Columns.Select(column => Csv.Field(column.Name, separator))));
        foreach (var row in dataFrame.Rows)
            writer.WriteLine(string.Join(separator, row.Select(value => Csv.Field(Written(value, culture), separator))));
    }

    private static string Written(object? value, CultureInfo culture) => value switch
    {
        null => "",
        double number => number.ToString("G17", culture),
        float number => number.ToString("G9", culture),
        _ => Convert.ToString(value, culture) ?? "",
    };

    private static DataFrame Load(
        TextReader reader, char separator, bool header, string[]? columnNames, Type[]? dataTypes, long rowsToRead, int guessRows,
        bool addIndexColumn, bool renameDuplicates, CultureInfo? cultureInfo, Func<IEnumerable<string>, Type>? guessType)
    {
        if (dataTypes is null && guessRows <= 0)
        {
            throw new ArgumentException(
                $"Either {nameof(dataTypes)} or a positive number of {nameof(guessRows)} is needed.", nameof(guessRows));
        }
        var culture = cultureInfo ?? CultureInfo.CurrentCulture;
        var limit = rowsToRead < 0 ? int.MaxValue : checked((int)rowsToRead + (header ? 1 : 0));
        var records = Csv.Records(reader, separator).Take(limit).ToList();
        if (records.Count == 0) throw new FormatException("The text holds no rows and no header.");
        var names = columnNames ?? (header ? records[0] : []);
        if (header) records.RemoveAt(0);

        var guessFrom = records.Take(guessRows).ToList();
        var count = dataTypes?.Length ?? guessFrom.Select(record => record.Length).DefaultIfEmpty(names.Length).Max();
        var used = new Dictionary<string, int>(StringComparer.Ordinal);
        var columns = new List<DataFrameColumn>();
        for (var i = 0; i < count; i++)
        {
            var name = i < names.Length && names[i].Length > 0 ? names[i] : string.Create(CultureInfo.InvariantCulture, $"Column{i}");
            if (renameDuplicates)
            {
                used[name] = used.TryGetValue(name, out var times) ? times + 1 : 0;
                if (used[name] > 0) name = string.Create(CultureInfo.InvariantCulture, $"{name}.{used[name]}");
            }
            var type = dataTypes?[i] ?? Guess(guessFrom.Select((record, row) => i < record.Length
                ? record[i]
                : throw new FormatException($"Row {row + 1} should have {count} fields, but has {record.Length}.")), guessType, culture);
            columns.Add(NewColumn(name, type));
        }

        var frame = new DataFrame(columns);
        foreach (var record in records) frame.Append(record, inPlace: true, culture);
        if (addIndexColumn)
            frame.Columns.Insert(0, new PrimitiveDataFrameColumn<int>("IndexColumn", Enumerable.Range(0, records.Count)));
        return frame;
    }

    private static Type Guess(IEnumerable<string> fields, Func<IEnumerable<string>, Type>? guessType, CultureInfo culture)
    {
        if (guessType is not null) return guessType(fields);
        var kinds = fields.Where(field => field.Length > 0 && !field.Equals("null", StringComparison.OrdinalIgnoreCase))
            .Select(field => bool.TryParse(field, out _) ? typeof(bool)
                : float.TryParse(field, NumberStyles.Float | NumberStyles.AllowThousands, culture, out _) ? typeof(float)
                : DateTime.TryParse(field, culture, out _) ? typeof(DateTime)
                : typeof(string)).Distinct().ToList();
        return kinds.Count == 1 ? kinds[0]
            : kinds.Count == 0 || kinds.Contains(typeof(string)) ? typeof(string)
            : kinds.Contains(typeof(float)) ? typeof(float)
            : typeof(bool);
    }

    private static DataFrameColumn NewColumn(string name, Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => new BooleanDataFrameColumn(name),
        TypeCode.Int32 => new Int32DataFrameColumn(name),
        TypeCode.Int64 => new Int64DataFrameColumn(name),
        TypeCode.Single => new SingleDataFrameColumn(name),
        TypeCode.Double => new DoubleDataFrameColumn(name),
        TypeCode.DateTime => new DateTimeDataFrameColumn(name),
        TypeCode.String => new StringDataFrameColumn(name),
        _ => throw new NotSupportedException(
            $"Column '{name}' should be of bool, int, long, float, double, DateTime or string, not of {type}."),
    };
}
