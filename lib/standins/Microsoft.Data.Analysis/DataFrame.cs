// Written for this project after the public behaviour of Microsoft.Data.Analysis 0.23; no code of the original.
using System.Globalization;
using System.Text;

namespace Microsoft.Data.Analysis;

/// <summary>A table: columns of one length, each with a name and a type.</summary>
public partial class DataFrame
{
    internal const int RowsShown = 25;

    private const int SampleSeed = 1;

    /// <summary>A frame of these columns.</summary>
    /// <exception cref="ArgumentException">Two columns share a name, or their lengths differ.</exception>
    public DataFrame(IEnumerable<DataFrameColumn> columns)
    {
        Columns = new(columns);
        Rows = new(this);
    }

    /// <summary>A frame of these columns.</summary>
    /// <exception cref="ArgumentException">Two columns share a name, or their lengths differ.</exception>
    public DataFrame(params DataFrameColumn[] columns)
        : this((IEnumerable<DataFrameColumn>)columns)
    {
    }

    /// <summary>The columns, by position and by name.</summary>
    public DataFrameColumnCollection Columns { get; }

    /// <summary>The rows.</summary>
    public DataFrameRowCollection Rows { get; }

    /// <summary>One cell.</summary>
    public object? this[long rowIndex, int columnIndex]
    {
        get => Columns[columnIndex][rowIndex];
        set => Columns[columnIndex][rowIndex] = value;
    }

    /// <summary>A column by name; setting renames the column given and adds or replaces.</summary>
    /// <exception cref="ArgumentException">There is no column of this name.</exception>
    public DataFrameColumn this[string columnName]
    {
        get => Columns[columnName];
        set => Columns[columnName] = value;
    }

    /// <summary>The rows where the filter is true.</summary>
    public DataFrame this[PrimitiveDataFrameColumn<bool> rowFilter] => Filter(rowFilter);

    /// <summary>The rows at these positions.</summary>
    public DataFrame this[PrimitiveDataFrameColumn<int> rowIndices] => Filter(rowIndices);

    /// <summary>The rows at these positions.</summary>
    public DataFrame this[PrimitiveDataFrameColumn<long> rowIndices] => Filter(rowIndices);

    /// <summary>The rows where the filter is true.</summary>
    public DataFrame this[IEnumerable<bool> rowFilter] => Filter(new PrimitiveDataFrameColumn<bool>("Filter", rowFilter));

    /// <summary>The rows at these positions.</summary>
    public DataFrame this[IEnumerable<int> rowIndices] => Filter(new PrimitiveDataFrameColumn<int>("Filter", rowIndices));

    /// <summary>The rows at these positions.</summary>
    public DataFrame this[IEnumerable<long> rowIndices] => Filter(new PrimitiveDataFrameColumn<long>("Filter", rowIndices));

    /// <summary>The rows where the filter is true; null counts as false, and rows beyond its end are left out.</summary>
    public DataFrame Filter(PrimitiveDataFrameColumn<bool> filter) => Map(filter);

    /// <summary>The rows at these positions; a null gives a row of nulls.</summary>
    public DataFrame Filter(PrimitiveDataFrameColumn<int> rowIndices) => Map(rowIndices);

    /// <summary>The rows at these positions; a null gives a row of nulls.</summary>
    public DataFrame Filter(PrimitiveDataFrameColumn<long> rowIndices) => Map(rowIndices);

    /// <summary>The first rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer, which the original refuses too.</exception>
    public DataFrame Head(int numberOfRows) => this[Enumerable.Range(0, numberOfRows)];

    /// <summary>The last rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer, which the original refuses too.</exception>
    public DataFrame Tail(int numberOfRows) => this[Enumerable.Range(0, numberOfRows).Select(i => Rows.Count - numberOfRows + i)];

    /// <summary>Some of the rows, each at most once, in no order.</summary>
    /// <remarks>The original draws others each time; here frames of one length give the same, so that a notebook can be repeated.</remarks>
    /// <exception cref="ArgumentException">There are fewer rows.</exception>
    public DataFrame Sample(int numberOfRows)
    {
        if (numberOfRows < 0 || numberOfRows > Rows.Count)
        {
            throw new ArgumentException(
                $"A sample should have 0 … {Rows.Count} rows, as many as there are, but {numberOfRows} are wanted.", nameof(numberOfRows));
        }
        var rows = Enumerable.Range(0, checked((int)Rows.Count)).ToArray();
        new Random(SampleSeed).Shuffle(rows);
        return this[rows.Take(numberOfRows)];
    }

    /// <summary>A copy that shares nothing.</summary>
    public DataFrame Clone() => Map(null);

    /// <summary>The rows in the order of a column; nulls stand at the end unless asked otherwise.</summary>
    /// <remarks>Rows with equal values keep their order, and texts are compared ordinally; the original promises neither.</remarks>
    public DataFrame OrderBy(string columnName, bool ascending = true, bool putNullValuesLast = true) =>
        Map(Columns[columnName].GetSortIndices(ascending, putNullValuesLast));

    /// <summary>The rows in falling order of a column.</summary>
    public DataFrame OrderByDescending(string columnName, bool putNullValuesLast = true) =>
        OrderBy(columnName, ascending: false, putNullValuesLast);

    /// <summary>The rows by the values of a column; rows where it is null belong to no group.</summary>
    public GroupBy GroupBy(string columnName)
    {
        var column = Columns[columnName];
        return column.GroupBy(Columns.IndexOf(columnName), this);
    }

    /// <summary>The rows by the values of a column whose type is known.</summary>
    /// <exception cref="InvalidCastException">The column is of another type.</exception>
    public GroupBy<TKey> GroupBy<TKey>(string columnName)
        where TKey : notnull => GroupBy(columnName) as GroupBy<TKey> ?? throw new InvalidCastException(
            $"Grouping by column '{columnName}' gives keys of {Columns[columnName].DataType}, not of {typeof(TKey)}.");

    /// <summary>Length without nulls, maximum, minimum and mean of every numeric column.</summary>
    public DataFrame Description()
    {
        var described = Columns.Where(column => column.HasDescription()).Select(column => column.Description()).ToList();
        return described.Count == 0
            ? new()
            : new([new StringDataFrameColumn("Description", ["Length (excluding null values)", "Max", "Min", "Mean"]), .. described]);
    }

    /// <summary>Type and length without nulls of every column.</summary>
    public DataFrame Info() => Columns.Count == 0
        ? new()
        : new([
            new StringDataFrameColumn("Info", ["DataType", "Length (excluding null values)"]), .. Columns.Select(column => column.Info()),
        ]);

    /// <summary>A frame whose columns' names begin with a text.</summary>
    public DataFrame AddPrefix(string prefix, bool inPlace = false) => Renamed(name => prefix + name, inPlace);

    /// <summary>A frame whose columns' names end with a text.</summary>
    public DataFrame AddSuffix(string suffix, bool inPlace = false) => Renamed(name => name + suffix, inPlace);

    /// <summary>The rows without those that hold nulls.</summary>
    public DataFrame DropNulls(DropNullOptions options = DropNullOptions.Any) => this[Rows.Select(row =>
        options == DropNullOptions.Any ? row.All(value => value is not null) : row.Any(value => value is not null))];

    /// <summary>A frame in which a value stands for every null.</summary>
    public DataFrame FillNulls(object value, bool inPlace = false)
    {
        var frame = inPlace ? this : Clone();
        foreach (var column in frame.Columns) column.FillNulls(value, inPlace: true);
        return frame;
    }

    /// <summary>A frame with these rows added, by column name.</summary>
    public DataFrame Append(IEnumerable<DataFrameRow> rows, bool inPlace = false, CultureInfo? cultureInfo = null)
    {
        var frame = inPlace ? this : Clone();
        foreach (var row in rows.ToList()) frame.Append(row.GetValues(), inPlace: true, cultureInfo);
        return frame;
    }

    /// <summary>A frame with one more row, converted to the columns' types where needed; missing values are null.</summary>
    /// <remarks>The text <c>null</c> counts as null, and so does an empty text in a column of another type.</remarks>
    /// <exception cref="ArgumentException">There are more values than columns.</exception>
    public DataFrame Append(IEnumerable<object?>? row = null, bool inPlace = false, CultureInfo? cultureInfo = null)
    {
        var values = (row ?? []).ToList();
        if (values.Count > Columns.Count)
        {
            throw new ArgumentException(
                $"A row should have at most {Columns.Count} values, one a column, but has {values.Count}.", nameof(row));
        }
        var frame = inPlace ? this : Clone();
        return frame.AppendRow([.. frame.Columns.Select((column, i) => i < values.Count
            ? Converted(IsNullText(values[i], column) ? null : values[i], column, cultureInfo)
            : null)]);
    }

    /// <summary>A frame with one more row, given by column name; missing values are null.</summary>
    /// <exception cref="ArgumentException">There is no column of one of the names.</exception>
    public DataFrame Append(IEnumerable<KeyValuePair<string, object?>> row, bool inPlace = false, CultureInfo? cultureInfo = null)
    {
        ArgumentNullException.ThrowIfNull(row);
        var frame = inPlace ? this : Clone();
        var values = new object?[frame.Columns.Count];
        foreach (var (name, value) in row)
        {
            var column = frame.Columns[name];
            values[frame.Columns.IndexOf(name)] = Converted(value, column, cultureInfo);
        }
        return frame.AppendRow(values);
    }

    /// <inheritdoc/>
    public override string ToString() => ToString(RowsShown);

    /// <summary>Names and rows in columns of equal width, at least ten.</summary>
    /// <param name="rowsToShow">After this many rows a last line says how many there are.</param>
    public string ToString(long rowsToShow)
    {
        var width = Math.Max(10, Columns.Select(column => column.Name.Length + 1).DefaultIfEmpty().Max());
        var text = new StringBuilder();
        foreach (var column in Columns) text.Append(column.Name.PadRight(width));
        text.AppendLine();
        var shown = Math.Min(Rows.Count, rowsToShow);
        for (var i = 0L; i < shown; i++)
        {
            foreach (var value in Rows[i]) text.Append(Shown(value).PadRight(width));
            text.AppendLine();
        }
        if (shown < Rows.Count) text.AppendLine(AmountShown(rowsToShow, Rows.Count));
        return text.ToString();
    }

    internal static string Shown(object? value) => value is null ? "null" : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    internal static string AmountShown(long shown, long total) =>
        string.Create(CultureInfo.InvariantCulture, $"  ... {shown} of total {total}");

    private DataFrame Renamed(Func<string, string> rename, bool inPlace)
    {
        var frame = inPlace ? this : Clone();
        foreach (var column in frame.Columns) column.SetName(rename(column.Name));
        return frame;
    }

    private DataFrame Map(DataFrameColumn? rows) => new(Columns.Select(column => column.Clone(rows)).ToList());

    /// <summary>Adds values that were all converted already, so that a bad one leaves the frame as it was.</summary>
    private DataFrame AppendRow(object?[] values)
    {
        foreach (var (column, value) in Columns.Zip(values)) column.AppendValue(value);
        return this;
    }

    private static bool IsNullText(object? value, DataFrameColumn column) => value is string text
        && ((text.Length == 0 && column.DataType != typeof(string)) || text.Equals("null", StringComparison.OrdinalIgnoreCase));

    private static object? Converted(object? value, DataFrameColumn column, CultureInfo? culture)
    {
        if (value is null) return null;
        try
        {
            return Convert.ChangeType(value, column.DataType, culture ?? CultureInfo.CurrentCulture);
        }
        catch (FormatException e)
        {
            throw new FormatException($"Column '{column.Name}' holds {column.DataType}, but got '{value}'.", e);
        }
    }
}
