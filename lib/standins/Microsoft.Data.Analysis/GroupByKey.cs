using System.Globalization;

namespace Microsoft.Data.Analysis;

/// <summary>Rows grouped by the values of a column of a known type.</summary>
/// <typeparam name="TKey">The type of the grouping column.</typeparam>
public class GroupBy<TKey> : GroupBy
    where TKey : notnull
{
    private readonly DataFrame frame;
    private readonly int keyIndex;
    private readonly IDictionary<TKey, ICollection<long>> rows;

    /// <summary>Groups of a frame: for each value of the column at that position, the rows.</summary>
    public GroupBy(DataFrame dataFrame, int groupByColumnIndex, IDictionary<TKey, ICollection<long>> keyToRowIndices)
    {
        ArgumentNullException.ThrowIfNull(dataFrame);
        ArgumentNullException.ThrowIfNull(keyToRowIndices);
        if (groupByColumnIndex < 0 || groupByColumnIndex >= dataFrame.Columns.Count)
            throw new ArgumentException($"There is no column {groupByColumnIndex} to group by.", nameof(groupByColumnIndex));
        (frame, keyIndex, rows) = (dataFrame, groupByColumnIndex, keyToRowIndices);
    }

    /// <summary>The groups: key and rows.</summary>
    public IEnumerable<IGrouping<TKey, DataFrameRow>> Groupings =>
        rows.SelectMany(group => group.Value.Select(row => (group.Key, Row: frame.Rows[row]))).GroupBy(pair => pair.Key, pair => pair.Row);

    /// <inheritdoc/>
    public override DataFrame Count(params string[] columnNames) => Aggregate(
        columnNames, column => new PrimitiveDataFrameColumn<long>(column.Name),
        (column, group) => group.LongCount(row => column[row] is not null));

    /// <inheritdoc/>
    public override DataFrame First(params string[] columnNames) => Aggregate(columnNames, Empty, (column, group) => column[group.First()]);

    /// <inheritdoc/>
    public override DataFrame Head(int numberOfRows) => Rows(group => group.Take(numberOfRows));

    /// <inheritdoc/>
    public override DataFrame Tail(int numberOfRows) => Rows(group => group.TakeLast(numberOfRows));

    /// <inheritdoc/>
    public override DataFrame Max(params string[] columnNames) => Aggregate(columnNames, Empty, (column, group) => column.Max(group));

    /// <inheritdoc/>
    public override DataFrame Min(params string[] columnNames) => Aggregate(columnNames, Empty, (column, group) => column.Min(group));

    /// <inheritdoc/>
    public override DataFrame Product(params string[] columnNames) =>
        Aggregate(columnNames, Empty, (column, group) => column.Product(group));

    /// <inheritdoc/>
    public override DataFrame Sum(params string[] columnNames) => Aggregate(columnNames, Empty, (column, group) => column.Sum(group));

    /// <inheritdoc/>
    public override DataFrame Mean(params string[] columnNames) => Aggregate(
        columnNames, column => new PrimitiveDataFrameColumn<double>(column.Name),
        (column, group) => Convert.ToDouble(column.Sum(group), CultureInfo.InvariantCulture) / group.Count);

    private static DataFrameColumn Empty(DataFrameColumn column) => column.Clone(new PrimitiveDataFrameColumn<long>("Empty"));

    private DataFrame Aggregate(
        string[] names, Func<DataFrameColumn, DataFrameColumn> resultFor, Func<DataFrameColumn, ICollection<long>, object?> aggregate)
    {
        var keys = Empty(frame.Columns[keyIndex]);
        foreach (var key in rows.Keys) keys.AppendValue(key);
        var chosen = names.Length == 0 ? [.. frame.Columns] : names.Select(name => frame.Columns[name]).ToList();
        var results = new List<DataFrameColumn> { keys };
        foreach (var column in chosen.Where(column => column != frame.Columns[keyIndex]))
        {
            var result = resultFor(column);
            foreach (var group in rows.Values) result.AppendValue(aggregate(column, group));
            results.Add(result);
        }
        return new(results);
    }

    private DataFrame Rows(Func<ICollection<long>, IEnumerable<long>> choose)
    {
        var chosen = new PrimitiveDataFrameColumn<long>("Rows", rows.Values.SelectMany(choose));
        var key = frame.Columns[keyIndex];
        return new(frame.Columns.Where(column => column != key).Prepend(key).Select(column => column.Clone(chosen)).ToList());
    }
}
