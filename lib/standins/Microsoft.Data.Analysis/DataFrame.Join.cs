namespace Microsoft.Data.Analysis;

// Two frames side by side: by the values of columns (Merge) or by the position of rows (Join).
public partial class DataFrame
{
    /// <summary>The rows of two frames whose values agree in a column of each.</summary>
    /// <inheritdoc cref="Merge(DataFrame, string[], string[], string, string, JoinAlgorithm)" path="/remarks"/>
    /// <typeparam name="TKey">The type of both columns.</typeparam>
    /// <exception cref="ArgumentException">A column is missing or of another type.</exception>
    public DataFrame Merge<TKey>(
        DataFrame other, string leftJoinColumn, string rightJoinColumn, string leftSuffix = "_left", string rightSuffix = "_right",
        JoinAlgorithm joinAlgorithm = JoinAlgorithm.Left)
    {
        if (Columns[leftJoinColumn].DataType != typeof(TKey))
        {
            throw new ArgumentException(
                $"Column '{leftJoinColumn}' should hold {typeof(TKey)}, but holds {Columns[leftJoinColumn].DataType}.",
                nameof(leftJoinColumn));
        }
        return Merge(other, [leftJoinColumn], [rightJoinColumn], leftSuffix, rightSuffix, joinAlgorithm);
    }

    /// <summary>The rows of two frames whose values agree in several columns of each.</summary>
    /// <remarks>
    /// The result has the columns of both, the joined ones twice; names that occur in both get the suffixes. A row that agrees with
    /// several is repeated; one that agrees with none has nulls at the other side. Nulls agree with nulls. Rows stand in the order of
    /// the frame that is kept, the left one for <see cref="JoinAlgorithm.Inner"/>; a full join ends with the rows of the right alone.
    /// </remarks>
    /// <exception cref="ArgumentException">A column is missing, types differ, or not each left column has a right one.</exception>
    public DataFrame Merge(
        DataFrame other, string[] leftJoinColumns, string[] rightJoinColumns, string leftSuffix = "_left", string rightSuffix = "_right",
        JoinAlgorithm joinAlgorithm = JoinAlgorithm.Left)
    {
        ArgumentNullException.ThrowIfNull(other);
        var (left, right) = (KeyColumns(leftJoinColumns), other.KeyColumns(rightJoinColumns));
        if (left.Length == 0 || left.Length != right.Length)
        {
            throw new ArgumentException(
                $"A join needs one right column for each left one, but has {left.Length} and {right.Length}.", nameof(rightJoinColumns));
        }
        foreach (var (a, b) in left.Zip(right).Where(pair => pair.First.DataType != pair.Second.DataType))
        {
            throw new ArgumentException(
                $"Columns to join should be of one type, but '{a.Name}' holds {a.DataType} and '{b.Name}' {b.DataType}.",
                nameof(rightJoinColumns));
        }
        var pairs = joinAlgorithm == JoinAlgorithm.Right
            ? Pairs(other.Rows.Count, right, Rows.Count, left, keepAll: true, addRest: false).Select(pair => (pair.Other, pair.Kept))
            : Pairs(
                Rows.Count, left, other.Rows.Count, right, keepAll: joinAlgorithm != JoinAlgorithm.Inner,
                addRest: joinAlgorithm == JoinAlgorithm.FullOuter);
        return SideBySide(other, [.. pairs], leftSuffix, rightSuffix);
    }

    /// <summary>Two frames row by row, by position: where one is longer, the other has nulls or its rows are left out.</summary>
    public DataFrame Join(
        DataFrame other, string leftSuffix = "_left", string rightSuffix = "_right", JoinAlgorithm joinAlgorithm = JoinAlgorithm.Left)
    {
        ArgumentNullException.ThrowIfNull(other);
        var (left, right) = (Rows.Count, other.Rows.Count);
        var rows = joinAlgorithm switch
        {
            JoinAlgorithm.Left => left,
            JoinAlgorithm.Right => right,
            JoinAlgorithm.FullOuter => Math.Max(left, right),
            JoinAlgorithm.Inner => Math.Min(left, right),
            _ => throw new ArgumentOutOfRangeException(nameof(joinAlgorithm), joinAlgorithm, "There is no such join."),
        };
        var pairs = Enumerable.Range(0, checked((int)rows))
            .Select(row => (row < left ? (long?)row : null, row < right ? (long?)row : null));
        return SideBySide(other, [.. pairs], leftSuffix, rightSuffix);
    }

    private DataFrameColumn[] KeyColumns(string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return [.. names.Select(name => Columns[name])];
    }

    /// <summary>The rows of the kept frame in order, each with the rows of the other that agree.</summary>
    private static List<(long? Kept, long? Other)> Pairs(
        long keptRows, DataFrameColumn[] kept, long otherRows, DataFrameColumn[] other, bool keepAll, bool addRest)
    {
        var byKey = Rows(otherRows).GroupBy(row => new JoinKey(other, row)).ToDictionary(group => group.Key, group => group.ToArray());
        var used = new HashSet<long>();
        var pairs = new List<(long?, long?)>();
        foreach (var row in Rows(keptRows))
        {
            if (byKey.TryGetValue(new JoinKey(kept, row), out var matches))
            {
                pairs.AddRange(matches.Select(match => ((long?)row, (long?)match)));
                used.UnionWith(matches);
            }
            else if (keepAll) pairs.Add((row, null));
        }
        if (addRest) pairs.AddRange(Rows(otherRows).Where(row => !used.Contains(row)).Select(row => ((long?)null, (long?)row)));
        return pairs;

        static IEnumerable<long> Rows(long count) => Enumerable.Range(0, checked((int)count)).Select(row => (long)row);
    }

    private DataFrame SideBySide(DataFrame other, (long? Left, long? Right)[] rows, string leftSuffix, string rightSuffix)
    {
        var (left, right) = (new PrimitiveDataFrameColumn<long>("Left", rows.Select(row => row.Left)),
            new PrimitiveDataFrameColumn<long>("Right", rows.Select(row => row.Right)));
        var shared = Columns.Select(column => column.Name).Intersect(other.Columns.Select(column => column.Name)).ToHashSet();
        return new([.. Side(Columns, left, leftSuffix), .. Side(other.Columns, right, rightSuffix)]);

        IEnumerable<DataFrameColumn> Side(DataFrameColumnCollection columns, PrimitiveDataFrameColumn<long> chosen, string suffix) =>
            columns.Select(column =>
            {
                var copy = column.Clone(chosen);
                if (shared.Contains(column.Name)) copy.SetName(column.Name + suffix);
                return copy;
            });
    }

    /// <summary>The values of a row in the columns of a join, compared one by one.</summary>
    private sealed class JoinKey(DataFrameColumn[] columns, long row) : IEquatable<JoinKey>
    {
        private readonly object?[] values = [.. columns.Select(column => column[row])];

        public bool Equals(JoinKey? other) => other is not null && values.SequenceEqual(other.values);

        public override bool Equals(object? other) => Equals(other as JoinKey);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            foreach (var value in values) hash.Add(value);
            return hash.ToHashCode();
        }
    }
}
