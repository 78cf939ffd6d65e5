namespace Microsoft.Data.Analysis;

/// <summary>Rows grouped by the values of a column: each result has one row a group, in order of first occurrence.</summary>
/// <remarks>Results start with the grouping column; without names they cover every other column.</remarks>
public abstract class GroupBy
{
    /// <summary>How many values are not null.</summary>
    public abstract DataFrame Count(params string[] columnNames);

    /// <summary>The value in the first row.</summary>
    public abstract DataFrame First(params string[] columnNames);

    /// <summary>The first rows of each group.</summary>
    public abstract DataFrame Head(int numberOfRows);

    /// <summary>The last rows of each group.</summary>
    public abstract DataFrame Tail(int numberOfRows);

    /// <summary>The largest value.</summary>
    public abstract DataFrame Max(params string[] columnNames);

    /// <summary>The smallest value.</summary>
    public abstract DataFrame Min(params string[] columnNames);

    /// <summary>The product of the values.</summary>
    public abstract DataFrame Product(params string[] columnNames);

    /// <summary>The sum of the values.</summary>
    public abstract DataFrame Sum(params string[] columnNames);

    /// <summary>The sum of the values over the number of rows: nulls count as zeros, as in the original.</summary>
    public abstract DataFrame Mean(params string[] columnNames);
}
