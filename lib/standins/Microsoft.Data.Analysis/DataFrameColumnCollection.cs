using System.Collections.ObjectModel;

namespace Microsoft.Data.Analysis;

/// <summary>The columns of a frame: one length, distinct names.</summary>
public class DataFrameColumnCollection : Collection<DataFrameColumn>
{
    internal DataFrameColumnCollection(IEnumerable<DataFrameColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        foreach (var column in columns) Add(column);
    }

    /// <summary>A column by name; setting renames the column given and adds or replaces.</summary>
    /// <exception cref="ArgumentException">There is no column of this name.</exception>
    public DataFrameColumn this[string columnName]
    {
        get => IndexOf(columnName) is >= 0 and var index
            ? this[index]
            : throw new ArgumentException(
                $"There is no column '{columnName}'; the columns are {string.Join(", ", this.Select(c => $"'{c.Name}'"))}.",
                nameof(columnName));
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            value.SetName(columnName);
            if (IndexOf(columnName) is >= 0 and var index) this[index] = value;
            else Add(value);
        }
    }

    /// <summary>The position of a column, or −1.</summary>
    public int IndexOf(string columnName)
    {
        for (var i = 0; i < Count; i++)
        {
            if (this[i].Name == columnName) return i;
        }
        return -1;
    }

    /// <summary>Inserts a column of plain values.</summary>
    public void Insert<T>(int columnIndex, IEnumerable<T> column, string columnName)
        where T : unmanaged => Insert(columnIndex, new PrimitiveDataFrameColumn<T>(columnName, column));

    /// <summary>Removes a column, if there is one of this name.</summary>
    public void Remove(string columnName)
    {
        if (IndexOf(columnName) is >= 0 and var index) RemoveAt(index);
    }

    /// <summary>Renames a column.</summary>
    /// <exception cref="ArgumentException">There is no column of the first name, or another one of the second.</exception>
    public void RenameColumn(string currentName, string newName)
    {
        var column = this[currentName];
        if (currentName != newName) CheckName(newName);
        column.SetName(newName);
    }

    /// <summary>A column of <see cref="double"/> by name.</summary>
    public DoubleDataFrameColumn GetDoubleColumn(string name) => Typed<DoubleDataFrameColumn>(name);

    /// <summary>A column of <see cref="float"/> by name.</summary>
    public SingleDataFrameColumn GetSingleColumn(string name) => Typed<SingleDataFrameColumn>(name);

    /// <summary>A column of <see cref="int"/> by name.</summary>
    public Int32DataFrameColumn GetInt32Column(string name) => Typed<Int32DataFrameColumn>(name);

    /// <summary>A column of <see cref="long"/> by name.</summary>
    public Int64DataFrameColumn GetInt64Column(string name) => Typed<Int64DataFrameColumn>(name);

    /// <summary>A column of <see cref="bool"/> by name.</summary>
    public BooleanDataFrameColumn GetBooleanColumn(string name) => Typed<BooleanDataFrameColumn>(name);

    /// <summary>A column of <see cref="DateTime"/> by name.</summary>
    public DateTimeDataFrameColumn GetDateTimeColumn(string name) => Typed<DateTimeDataFrameColumn>(name);

    /// <summary>A column of texts by name.</summary>
    public StringDataFrameColumn GetStringColumn(string name) => Typed<StringDataFrameColumn>(name);

    /// <summary>A column of plain values by name; results of grouping are of this type and not of the named ones.</summary>
    public PrimitiveDataFrameColumn<T> GetPrimitiveColumn<T>(string name)
        where T : unmanaged => Typed<PrimitiveDataFrameColumn<T>>(name);

    /// <inheritdoc/>
    protected override void InsertItem(int columnIndex, DataFrameColumn column)
    {
        CheckLength(column, others: Count);
        CheckName(column.Name);
        base.InsertItem(columnIndex, column);
    }

    /// <inheritdoc/>
    protected override void SetItem(int columnIndex, DataFrameColumn column)
    {
        CheckLength(column, others: Count - 1);
        if (IndexOf(column.Name) != columnIndex) CheckName(column.Name);
        base.SetItem(columnIndex, column);
    }

    private TColumn Typed<TColumn>(string name)
        where TColumn : DataFrameColumn => this[name] as TColumn
        ?? throw new ArgumentException(
            $"Column '{name}' is a {this[name].GetType().Name} of {this[name].DataType}, not a {typeof(TColumn).Name}.");

    private void CheckLength(DataFrameColumn column, int others)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (others > 0 && column.Length != this[0].Length)
        {
            throw new ArgumentException(
                $"Column '{column.Name}' should have {this[0].Length} rows like the others, but has {column.Length}.", nameof(column));
        }
    }

    private void CheckName(string name)
    {
        if (IndexOf(name) >= 0)
            throw new ArgumentException($"There is a column '{name}' already; names in a frame are distinct.", nameof(name));
    }
}
