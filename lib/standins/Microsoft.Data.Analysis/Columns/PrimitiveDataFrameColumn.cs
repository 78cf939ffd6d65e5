using System.Collections;
using System.Globalization;

namespace Microsoft.Data.Analysis;

/// <summary>A column of numbers, truth values or dates.</summary>
public partial class PrimitiveDataFrameColumn<T> : DataFrameColumn, IEnumerable<T?>
    where T : unmanaged
{
    private readonly List<T?> values;

    /// <summary>A column of these values.</summary>
    public PrimitiveDataFrameColumn(string name, IEnumerable<T?> values)
        : base(name, 0, typeof(T))
    {
        this.values = [.. values];
        Length = this.values.Count;
    }

    /// <summary>A column of these values.</summary>
    public PrimitiveDataFrameColumn(string name, IEnumerable<T> values)
        : this(name, values.Select(value => (T?)value))
    {
    }

    /// <summary>A column of default values (0, false, …).</summary>
    public PrimitiveDataFrameColumn(string name, long length = 0)
        : this(name, Enumerable.Repeat((T?)default(T), checked((int)length)))
    {
    }

    /// <inheritdoc/>
    public override long NullCount => values.LongCount(value => value is null);

    /// <summary>One value.</summary>
    public new T? this[long rowIndex]
    {
        get => values[Checked(rowIndex)];
        set => values[Checked(rowIndex)] = value;
    }

    /// <summary>Adds a value at the end. A column that stands in a frame grows with the frame, by its Append.</summary>
    public void Append(T? value)
    {
        values.Add(value);
        Length++;
    }

    /// <summary>Adds a value several times.</summary>
    public void AppendMany(T? value, long count)
    {
        for (var i = 0L; i < count; i++) Append(value);
    }

    /// <summary>Applies a function to the values that are not null.</summary>
    public PrimitiveDataFrameColumn<T> Apply(Func<T, T> func, bool inPlace = false)
    {
        var column = inPlace ? this : Clone();
        column.ApplyElementwise((value, _) => value is { } known ? func(known) : null);
        return column;
    }

    /// <summary>A column of the results of a function that sees nulls.</summary>
    public PrimitiveDataFrameColumn<TResult> Apply<TResult>(Func<T?, TResult?> func)
        where TResult : unmanaged => new("Result", values.Select(func));

    /// <summary>Replaces every value by a function of it and its position.</summary>
    public void ApplyElementwise(Func<T?, long, T?> func)
    {
        for (var i = 0; i < values.Count; i++) values[i] = func(values[i], i);
    }

    /// <summary>A copy, with nulls at its end.</summary>
    public new PrimitiveDataFrameColumn<T> Clone(long numberOfNullsToAppend = 0) =>
        (PrimitiveDataFrameColumn<T>)CloneImplementation(numberOfNullsToAppend);

    /// <summary>The values at some positions, or where a column of bool is true.</summary>
    public new PrimitiveDataFrameColumn<T> Clone(
        DataFrameColumn? mapIndices, bool invertMapIndices = false, long numberOfNullsToAppend = 0) =>
        (PrimitiveDataFrameColumn<T>)CloneImplementation(mapIndices, invertMapIndices, numberOfNullsToAppend);

    /// <summary>A copy in order.</summary>
    public new PrimitiveDataFrameColumn<T> Sort(bool ascending = true, bool putNullValuesLast = true) =>
        (PrimitiveDataFrameColumn<T>)base.Sort(ascending, putNullValuesLast);

    /// <summary>A column in which a value stands for every null.</summary>
    public PrimitiveDataFrameColumn<T> FillNulls(T value, bool inPlace = false)
    {
        var column = inPlace ? this : Clone();
        column.ApplyElementwise((old, _) => old ?? value);
        return column;
    }

    /// <summary>The values that are not null.</summary>
    public new PrimitiveDataFrameColumn<T> DropNulls() => (PrimitiveDataFrameColumn<T>)DropNullsImplementation();

    /// <inheritdoc/>
    public override GroupBy GroupBy(int columnIndex, DataFrame parent) => new GroupBy<T>(parent, columnIndex, Groups());

    /// <inheritdoc/>
    public override DataFrame ValueCounts()
    {
        var groups = Groups();
        return new(
            new PrimitiveDataFrameColumn<T>("Values", groups.Select(group => group.Key)),
            new PrimitiveDataFrameColumn<long>("Counts", groups.Select(group => (long)group.Value.Count)));
    }

    /// <summary>The values in order.</summary>
    public IEnumerator<T?> GetEnumerator() => values.GetEnumerator();

    /// <inheritdoc/>
    protected override IEnumerator GetEnumeratorCore() => GetEnumerator();

    /// <inheritdoc/>
    protected override object? GetValue(long rowIndex) => this[rowIndex];

    /// <inheritdoc/>
    protected override void SetValue(long rowIndex, object? value) => this[rowIndex] = Typed(value);

    /// <summary>An empty column of the same type.</summary>
    protected virtual PrimitiveDataFrameColumn<T> CreateNewColumn(string name, long length = 0) => new(name, length);

    /// <inheritdoc/>
    protected override DataFrameColumn CloneImplementation(long numberOfNullsToAppend) => Copy(values, numberOfNullsToAppend);

    /// <inheritdoc/>
    protected override DataFrameColumn CloneImplementation(
        DataFrameColumn? mapIndices, bool invertMapIndices, long numberOfNullsToAppend) =>
        Copy(
            mapIndices is null ? values : Positions(mapIndices, invertMapIndices).Select(row => row is { } at ? values[at] : null),
            numberOfNullsToAppend);

    /// <inheritdoc/>
    protected override DataFrameColumn FillNullsImplementation(object value, bool inPlace) =>
        FillNulls((T)Convert.ChangeType(value, typeof(T), CultureInfo.InvariantCulture), inPlace);

    /// <inheritdoc/>
    protected override DataFrameColumn DropNullsImplementation() => Copy(values.Where(value => value is not null), 0);

    internal override void AppendValue(object? value) => Append(Typed(value));

    private PrimitiveDataFrameColumn<T> Copy(IEnumerable<T?> from, long nulls)
    {
        var copy = CreateNewColumn(Name);
        foreach (var value in from) copy.Append(value);
        copy.AppendMany(null, nulls);
        return copy;
    }

    private Dictionary<T, ICollection<long>> Groups() => values.Select((value, row) => (value, row)).Where(pair => pair.value is not null)
        .GroupBy(pair => pair.value!.Value, pair => (long)pair.row)
        .ToDictionary(group => group.Key, group => (ICollection<long>)[.. group]);

    private T? Typed(object? value) => value switch
    {
        null => null,
        T known => known,
        _ => throw new ArgumentException($"Column '{Name}' holds {DataType}, but got a value of {value.GetType()}.", nameof(value)),
    };

    private int Checked(long row) => row >= 0 && row < Length
        ? (int)row
        : throw new ArgumentOutOfRangeException(nameof(row), row, $"Column '{Name}' has {Length} rows.");
}
