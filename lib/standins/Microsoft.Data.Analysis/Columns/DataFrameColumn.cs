using System.Collections;
using System.Globalization;
using System.Text;

namespace Microsoft.Data.Analysis;

/// <summary>A named column of values of one type, any of which may be null.</summary>
public abstract partial class DataFrameColumn : IEnumerable
{
    /// <summary>A column with this name, length and element type.</summary>
    protected DataFrameColumn(string name, long length, Type type)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        (Name, Length, DataType) = (name, length, type);
    }

    /// <summary>The name, unique in a frame.</summary>
    public string Name { get; private set; }

    /// <summary>How many values, nulls included.</summary>
    public long Length { get; protected set; }

    /// <summary>The type of the values.</summary>
    public Type DataType { get; }

    /// <summary>How many values are null.</summary>
    public abstract long NullCount { get; }

    /// <summary>One value.</summary>
    /// <exception cref="ArgumentException">The value is of another type than the column.</exception>
    public object? this[long rowIndex]
    {
        get => GetValue(rowIndex);
        set => SetValue(rowIndex, value);
    }

    /// <summary>A column of plain values.</summary>
    public static PrimitiveDataFrameColumn<T> Create<T>(string name, IEnumerable<T> values)
        where T : unmanaged => new(name, values);

    /// <summary>A column of plain values, some of which may be null.</summary>
    public static PrimitiveDataFrameColumn<T> Create<T>(string name, IEnumerable<T?> values)
        where T : unmanaged => new(name, values);

    /// <summary>A column of texts.</summary>
    public static StringDataFrameColumn Create(string name, IEnumerable<string> values) => new(name, values);

    /// <summary>Renames a column that stands in no frame; in a frame, <see cref="DataFrameColumnCollection.RenameColumn"/> does.</summary>
    public void SetName(string newName)
    {
        ArgumentNullException.ThrowIfNull(newName);
        Name = newName;
    }

    /// <summary>A copy, with nulls at its end.</summary>
    public DataFrameColumn Clone(long numberOfNullsToAppend = 0) => CloneImplementation(numberOfNullsToAppend);

    /// <summary>The values at some positions (a column of int or long) or where a column of bool is true; all of them for null.</summary>
    /// <exception cref="ArgumentException">The positions are of another type.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position lies outside the column.</exception>
    public DataFrameColumn Clone(DataFrameColumn? mapIndices, bool invertMapIndices = false, long numberOfNullsToAppend = 0) =>
        CloneImplementation(mapIndices, invertMapIndices, numberOfNullsToAppend);

    /// <summary>A copy in order; nulls stand at the end unless asked otherwise, and equal values keep their order.</summary>
    /// <remarks>Texts are compared ordinally, where the original uses the culture of the machine.</remarks>
    public DataFrameColumn Sort(bool ascending = true, bool putNullValuesLast = true) =>
        Clone(GetSortIndices(ascending, putNullValuesLast));

    /// <summary>Whether the values are numbers.</summary>
    public virtual bool IsNumericColumn() => false;

    /// <summary>Whether <see cref="DataFrame.Description"/> describes the column.</summary>
    public virtual bool HasDescription() => false;

    /// <summary>Length without nulls, maximum, minimum and mean.</summary>
    public virtual DataFrameColumn Description() => throw Unsupported(nameof(Description));

    /// <summary>The type and the number of values that are not null, as texts.</summary>
    public virtual StringDataFrameColumn Info() =>
        new(Name, [DataType.ToString(), (Length - NullCount).ToString(CultureInfo.InvariantCulture)]);

    /// <summary>The values without their signs.</summary>
    public virtual DataFrameColumn Abs(bool inPlace = false) => throw Unsupported(nameof(Abs));

    /// <summary>The nearest whole numbers, halves to the even one.</summary>
    public virtual DataFrameColumn Round(bool inPlace = false) => throw Unsupported(nameof(Round));

    /// <summary>The sum of the values up to each row; nulls stay null and count as nothing.</summary>
    public virtual DataFrameColumn CumulativeSum(bool inPlace = false) => throw Unsupported(nameof(CumulativeSum));

    /// <summary>The product of the values up to each row; nulls stay null and count as nothing.</summary>
    public virtual DataFrameColumn CumulativeProduct(bool inPlace = false) => throw Unsupported(nameof(CumulativeProduct));

    /// <summary>The largest value up to each row; nulls stay null.</summary>
    public virtual DataFrameColumn CumulativeMax(bool inPlace = false) => throw Unsupported(nameof(CumulativeMax));

    /// <summary>The smallest value up to each row; nulls stay null.</summary>
    public virtual DataFrameColumn CumulativeMin(bool inPlace = false) => throw Unsupported(nameof(CumulativeMin));

    /// <summary>The sum of the values that are not null.</summary>
    public virtual object Sum() => throw Unsupported(nameof(Sum));

    /// <summary>The sum of the values in some rows.</summary>
    public virtual object Sum(IEnumerable<long> rowIndices) => throw Unsupported(nameof(Sum));

    /// <summary>The product of the values that are not null.</summary>
    public virtual object Product() => throw Unsupported(nameof(Product));

    /// <summary>The product of the values in some rows.</summary>
    public virtual object Product(IEnumerable<long> rowIndices) => throw Unsupported(nameof(Product));

    /// <summary>The largest value; null when there is none.</summary>
    public virtual object? Max() => throw Unsupported(nameof(Max));

    /// <summary>The largest value in some rows; null when there is none.</summary>
    public virtual object? Max(IEnumerable<long> rowIndices) => throw Unsupported(nameof(Max));

    /// <summary>The smallest value; null when there is none.</summary>
    public virtual object? Min() => throw Unsupported(nameof(Min));

    /// <summary>The smallest value in some rows; null when there is none.</summary>
    public virtual object? Min(IEnumerable<long> rowIndices) => throw Unsupported(nameof(Min));

    /// <summary>The mean of the values that are not null; 0 for an empty column.</summary>
    public virtual double Mean() => throw Unsupported(nameof(Mean));

    /// <summary>The median of the values that are not null; 0 when there is none.</summary>
    public virtual double Median() => throw Unsupported(nameof(Median));

    /// <summary>The distinct values, in order of first occurrence, and how often each occurs.</summary>
    public virtual DataFrame ValueCounts() => throw Unsupported(nameof(ValueCounts));

    /// <summary>The rows of a frame by the values of this column, which is the frame's column at that position.</summary>
    public virtual GroupBy GroupBy(int columnIndex, DataFrame parent) => throw Unsupported(nameof(GroupBy));

    /// <summary>A column in which a value stands for every null.</summary>
    public virtual DataFrameColumn FillNulls(object value, bool inPlace = false) => FillNullsImplementation(value, inPlace);

    /// <summary>The values that are not null.</summary>
    public virtual DataFrameColumn DropNulls() => DropNullsImplementation();

    /// <inheritdoc/>
    public override string ToString() => ToString(DataFrame.RowsShown);

    /// <summary>Name, values one a line, and type.</summary>
    public string ToString(long rowsToShow)
    {
        var text = new StringBuilder(Name);
        var shown = Math.Min(Length, rowsToShow);
        for (var i = 0L; i < shown; i++) text.AppendLine(DataFrame.Shown(this[i]));
        if (shown < Length) text.AppendLine(DataFrame.AmountShown(rowsToShow, Length));
        return text.Append(CultureInfo.InvariantCulture, $"Name: {Name}, Type: {DataType}").ToString();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumeratorCore();

    /// <summary>The value at a position.</summary>
    protected abstract object? GetValue(long rowIndex);

    /// <summary>Replaces the value at a position.</summary>
    protected abstract void SetValue(long rowIndex, object? value);

    /// <summary>The values in order.</summary>
    protected abstract IEnumerator GetEnumeratorCore();

    /// <summary>See <see cref="Clone(long)"/>.</summary>
    protected abstract DataFrameColumn CloneImplementation(long numberOfNullsToAppend = 0);

    /// <summary>See <see cref="Clone(DataFrameColumn, bool, long)"/>.</summary>
    protected abstract DataFrameColumn CloneImplementation(
        DataFrameColumn? mapIndices, bool invertMapIndices, long numberOfNullsToAppend);

    /// <summary>See <see cref="FillNulls"/>.</summary>
    protected abstract DataFrameColumn FillNullsImplementation(object value, bool inPlace);

    /// <summary>See <see cref="DropNulls"/>.</summary>
    protected abstract DataFrameColumn DropNullsImplementation();

    /// <summary>The positions of the values in order.</summary>
    internal PrimitiveDataFrameColumn<long> GetSortIndices(bool ascending, bool putNullValuesLast)
    {
        var rows = Enumerable.Range(0, checked((int)Length)).Select(i => (long)i).ToList();
        var nulls = rows.Where(row => this[row] is null);
        var values = rows.Where(row => this[row] is not null);
        var comparer = Comparer<object>.Create((left, right) =>
            left is string a && right is string b ? string.CompareOrdinal(a, b) : Comparer<object>.Default.Compare(left, right));
        var ordered = ascending ? values.OrderBy(row => this[row]!, comparer) : values.OrderByDescending(row => this[row]!, comparer);
        return new("SortIndices", putNullValuesLast ? ordered.Concat(nulls) : nulls.Concat(ordered));
    }

    /// <summary>The positions that a map names, checked against this column; nulls stay null.</summary>
    internal List<int?> Positions(DataFrameColumn map, bool inverted)
    {
        List<int?> positions = map switch
        {
            PrimitiveDataFrameColumn<long> rows => [.. rows.Select(row => Position(row))],
            PrimitiveDataFrameColumn<int> rows => [.. rows.Select(row => Position(row))],
            PrimitiveDataFrameColumn<bool> flags when flags.Length <= Length =>
                [.. flags.Select((flag, row) => (flag, row)).Where(pair => pair.flag == true).Select(pair => (int?)pair.row)],
            PrimitiveDataFrameColumn<bool> flags => throw new ArgumentException(
                $"A filter should have at most the {Length} rows of column '{Name}', but has {flags.Length}.", nameof(map)),
            _ => throw new ArgumentException(
                $"Rows are chosen by a column of long, int or bool, but '{map.Name}' holds {map.DataType}.", nameof(map)),
        };
        if (inverted) positions.Reverse();
        return positions;

        int? Position(long? row) => row is null or >= 0 && !(row >= Length)
            ? (int?)row
            : throw new ArgumentOutOfRangeException(nameof(map), row, $"Column '{Name}' has {Length} rows.");
    }

    /// <summary>Appends one value, null for none.</summary>
    internal abstract void AppendValue(object? value);

    internal NotSupportedException Unsupported(string operation) =>
        new($"{operation} is not available for column '{Name}', whose values are {DataType}.");
}
