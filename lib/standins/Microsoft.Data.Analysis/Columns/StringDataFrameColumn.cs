using System.Collections;

namespace Microsoft.Data.Analysis;

/// <summary>A column of texts.</summary>
public class StringDataFrameColumn : DataFrameColumn, IEnumerable<string?>
{
    private readonly List<string?> values;

    /// <summary>A column of these values.</summary>
    public StringDataFrameColumn(string name, IEnumerable<string?> values)
        : base(name, 0, typeof(string))
    {
        this.values = [.. values];
        Length = this.values.Count;
    }

    /// <summary>A column of nulls.</summary>
    public StringDataFrameColumn(string name, long length = 0)
        : this(name, Enumerable.Repeat((string?)null, checked((int)length)))
    {
    }

    /// <inheritdoc/>
    public override long NullCount => values.LongCount(value => value is null);

    /// <summary>One value.</summary>
    public new string? this[long rowIndex]
    {
        get => values[Checked(rowIndex)];
        set => values[Checked(rowIndex)] = value;
    }

    /// <summary>Adds a value at the end.</summary>
    public void Append(string? value)
    {
        values.Add(value);
        Length++;
    }

    /// <summary>Replaces every value by a function of it, which sees nulls.</summary>
    public StringDataFrameColumn Apply(Func<string?, string?> func, bool inPlace = false)
    {
        var column = inPlace ? this : Clone();
        for (var i = 0; i < column.values.Count; i++) column.values[i] = func(column.values[i]);
        return column;
    }

    /// <summary>Each text with another after it; a null stays null.</summary>
    public StringDataFrameColumn Add(string value, bool inPlace = false) => Apply(old => old is null ? null : old + value, inPlace);

    /// <inheritdoc cref="Add(string, bool)"/>
    public static StringDataFrameColumn operator +(StringDataFrameColumn column, string value) => column.Add(value);

    /// <summary>Each text with another before it; a null stays null.</summary>
    public static StringDataFrameColumn operator +(string value, StringDataFrameColumn column) =>
        column.Apply(old => old is null ? null : value + old);

    /// <summary>A copy, with nulls at its end.</summary>
    public new StringDataFrameColumn Clone(long numberOfNullsToAppend = 0) =>
        (StringDataFrameColumn)CloneImplementation(numberOfNullsToAppend);

    /// <summary>A copy in order.</summary>
    public new StringDataFrameColumn Sort(bool ascending = true, bool putNullValuesLast = true) =>
        (StringDataFrameColumn)base.Sort(ascending, putNullValuesLast);

    /// <summary>A column in which a value stands for every null.</summary>
    public StringDataFrameColumn FillNulls(string value, bool inPlace = false) => Apply(old => old ?? value, inPlace);

    /// <summary>The values that are not null.</summary>
    public new StringDataFrameColumn DropNulls() => new(Name, values.Where(value => value is not null));

    /// <inheritdoc/>
    public override GroupBy GroupBy(int columnIndex, DataFrame parent) => new GroupBy<string>(parent, columnIndex, Groups());

    /// <inheritdoc/>
    public override DataFrame ValueCounts()
    {
        var groups = Groups();
        return new(
            new StringDataFrameColumn("Values", groups.Select(group => group.Key)),
            new PrimitiveDataFrameColumn<long>("Counts", groups.Select(group => (long)group.Value.Count)));
    }

    /// <summary>The values in order.</summary>
    public IEnumerator<string?> GetEnumerator() => values.GetEnumerator();

    /// <inheritdoc/>
    protected override IEnumerator GetEnumeratorCore() => GetEnumerator();

    /// <inheritdoc/>
    protected override object? GetValue(long rowIndex) => this[rowIndex];

    /// <inheritdoc/>
    protected override void SetValue(long rowIndex, object? value) => this[rowIndex] = Typed(value);

    /// <inheritdoc/>
    protected override DataFrameColumn CloneImplementation(long numberOfNullsToAppend) =>
        CloneImplementation(null, invertMapIndices: false, numberOfNullsToAppend);

    /// <inheritdoc/>
    protected override DataFrameColumn CloneImplementation(
        DataFrameColumn? mapIndices, bool invertMapIndices = false, long numberOfNullsToAppend = 0)
    {
        var chosen = mapIndices is null ? values : Positions(mapIndices, invertMapIndices).Select(row => row is { } at ? values[at] : null);
        return new StringDataFrameColumn(Name, chosen.Concat(Enumerable.Repeat((string?)null, checked((int)numberOfNullsToAppend))));
    }

    /// <inheritdoc/>
    protected override DataFrameColumn FillNullsImplementation(object value, bool inPlace) => value is string text
        ? FillNulls(text, inPlace)
        : throw new ArgumentException($"Column '{Name}' holds texts, but got a value of {value.GetType()}.", nameof(value));

    /// <inheritdoc/>
    protected override DataFrameColumn DropNullsImplementation() => DropNulls();

    internal override void AppendValue(object? value) => Append(Typed(value));

    private Dictionary<string, ICollection<long>> Groups() => values.Select((value, row) => (value, row))
        .Where(pair => pair.value is not null).GroupBy(pair => pair.value!, pair => (long)pair.row, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => (ICollection<long>)[.. group], StringComparer.Ordinal);

    private string? Typed(object? value) => value is null or string
        ? (string?)value
        : throw new ArgumentException($"Column '{Name}' holds texts, but got a value of {value.GetType()}.", nameof(value));

    private int Checked(long row) => row >= 0 && row < Length
        ? (int)row
        : throw new ArgumentOutOfRangeException(nameof(row), row, $"Column '{Name}' has {Length} rows.");
}
