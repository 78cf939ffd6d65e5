using System.Globalization;

namespace Microsoft.Data.Analysis;

// Sums keep the type of the column, as in the original: a column of int has an int sum, and overflows with an exception.
public partial class PrimitiveDataFrameColumn<T>
{
    /// <inheritdoc/>
    public override bool IsNumericColumn() => typeof(T) != typeof(bool) && typeof(T) != typeof(char) && typeof(T) != typeof(DateTime);

    /// <inheritdoc/>
    public override bool HasDescription() => IsNumericColumn();

    /// <inheritdoc/>
    /// <remarks>Of floats, as in the original, whatever the type of the column.</remarks>
    public override DataFrameColumn Description() => new SingleDataFrameColumn(
        Name, [Length - NullCount, ToSingle(Max()), ToSingle(Min()), (float)Mean()]);

    /// <inheritdoc/>
    public override object Sum() => Sum(values);

    /// <inheritdoc/>
    public override object Sum(IEnumerable<long> rowIndices) => Sum(Rows(rowIndices));

    /// <inheritdoc/>
    public override object Product() => Product(values);

    /// <inheritdoc/>
    public override object Product(IEnumerable<long> rowIndices) => Product(Rows(rowIndices));

    /// <inheritdoc/>
    public override object? Max() => Extreme(values, nameof(Max), sign: 1);

    /// <inheritdoc/>
    public override object? Max(IEnumerable<long> rowIndices) => Extreme(Rows(rowIndices), nameof(Max), sign: 1);

    /// <inheritdoc/>
    public override object? Min() => Extreme(values, nameof(Min), sign: -1);

    /// <inheritdoc/>
    public override object? Min(IEnumerable<long> rowIndices) => Extreme(Rows(rowIndices), nameof(Min), sign: -1);

    /// <inheritdoc/>
    public override double Mean() => Length == 0 ? 0 : ToDouble(Sum()) / (Length - NullCount);

    /// <inheritdoc/>
    public override double Median()
    {
        var ordered = Known(values, nameof(Median)).Select(value => ToDouble(value)).Order().ToArray();
        var middle = ordered.Length / 2;
        return ordered.Length == 0 ? 0
            : ordered.Length % 2 == 1 ? ordered[middle]
            : (ordered[middle - 1] + ordered[middle]) / 2;
    }

    private object Sum(IEnumerable<T?> from) => Fold(from, nameof(Sum), 0, (a, b) => a + b, (a, b) => a + b);

    private object Product(IEnumerable<T?> from) => Fold(from, nameof(Product), 1, (a, b) => a * b, (a, b) => a * b);

    private object Fold(
        IEnumerable<T?> from, string operation, long start, Func<decimal, decimal, decimal> exact, Func<double, double, double> rounded)
    {
        var known = Known(from, operation);
        object result = typeof(T) == typeof(double) || typeof(T) == typeof(float)
            ? known.Select(value => ToDouble(value)).Aggregate((double)start, rounded)
            : known.Select(value => Convert.ToDecimal(value, CultureInfo.InvariantCulture)).Aggregate((decimal)start, exact);
        return Convert.ChangeType(result, typeof(T), CultureInfo.InvariantCulture);
    }

    /// <summary>The extreme value; NaN as soon as one value is NaN.</summary>
    private object? Extreme(IEnumerable<T?> from, string operation, int sign)
    {
        T? best = null;
        foreach (var value in Known(from, operation, alsoDates: true))
        {
            if (value is double.NaN or float.NaN) return value;
            if (best is not { } old || Comparer<T>.Default.Compare(value, old) * sign > 0) best = value;
        }
        return best;
    }

    private IEnumerable<T> Known(IEnumerable<T?> from, string operation, bool alsoDates = false) =>
        IsNumericColumn() || (alsoDates && typeof(T) == typeof(DateTime))
            ? from.Where(value => value is not null).Select(value => value!.Value)
            : throw Unsupported(operation);

    private IEnumerable<T?> Rows(IEnumerable<long> rows) => rows.Select(row => this[row]);

    private static double ToDouble(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static float ToSingle(object? value) => value is null ? float.NaN : Convert.ToSingle(value, CultureInfo.InvariantCulture);
}
