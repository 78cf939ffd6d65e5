using System.Globalization;

namespace Microsoft.Data.Analysis;

// Comparisons with one value or with another column, row by row. Null equals null only, and is neither above nor below anything.
public abstract partial class DataFrameColumn
{
    /// <summary>Where the value equals this one.</summary>
    public virtual PrimitiveDataFrameColumn<bool> ElementwiseEquals<T>(T value) => Compare(value, AreEqual);

    /// <summary>Where the value equals that of another column.</summary>
    public virtual PrimitiveDataFrameColumn<bool> ElementwiseEquals(DataFrameColumn column) => Compare(column, AreEqual);

    /// <summary>Where the value differs from this one.</summary>
    public virtual PrimitiveDataFrameColumn<bool> ElementwiseNotEquals<T>(T value) => Compare(value, (a, b) => !AreEqual(a, b));

    /// <summary>Where the value differs from that of another column.</summary>
    public virtual PrimitiveDataFrameColumn<bool> ElementwiseNotEquals(DataFrameColumn column) =>
        Compare(column, (a, b) => !AreEqual(a, b));

    /// <summary>Where the value is above this one.</summary>
    public virtual PrimitiveDataFrameColumn<bool> ElementwiseGreaterThan<T>(T value) => Compare(value, (a, b) => Order(a, b) > 0);

    /// <summary>Where the value is above that of another column.</summary>
    public virtual PrimitiveDataFrameColumn<bool> ElementwiseGreaterThan(DataFrameColumn column) =>
        Compare(column, (a, b) => Order(a, b) > 0);

    /// <summary>Where the value is not below this one.</summary>
    public virtual PrimitiveDataFrameColumn<bool> ElementwiseGreaterThanOrEqual<T>(T value) => Compare(value, (a, b) => Order(a, b) >= 0);

    /// <summary>Where the value is not below that of another column.</summary>
    public virtual PrimitiveDataFrameColumn<bool> ElementwiseGreaterThanOrEqual(DataFrameColumn column) =>
        Compare(column, (a, b) => Order(a, b) >= 0);

    /// <summary>Where the value is below this one.</summary>
    public virtual PrimitiveDataFrameColumn<bool> ElementwiseLessThan<T>(T value) => Compare(value, (a, b) => Order(a, b) < 0);

    /// <summary>Where the value is below that of another column.</summary>
    public virtual PrimitiveDataFrameColumn<bool> ElementwiseLessThan(DataFrameColumn column) =>
        Compare(column, (a, b) => Order(a, b) < 0);

    /// <summary>Where the value is not above this one.</summary>
    public virtual PrimitiveDataFrameColumn<bool> ElementwiseLessThanOrEqual<T>(T value) => Compare(value, (a, b) => Order(a, b) <= 0);

    /// <summary>Where the value is not above that of another column.</summary>
    public virtual PrimitiveDataFrameColumn<bool> ElementwiseLessThanOrEqual(DataFrameColumn column) =>
        Compare(column, (a, b) => Order(a, b) <= 0);

    /// <summary>Where the value is null.</summary>
    public virtual PrimitiveDataFrameColumn<bool> ElementwiseIsNull() => Compare(other: null, (a, _) => a is null);

    /// <summary>Where the value is not null.</summary>
    public virtual PrimitiveDataFrameColumn<bool> ElementwiseIsNotNull() => Compare(other: null, (a, _) => a is not null);

    private BooleanDataFrameColumn Compare(object? other, Func<object?, object?, bool> holds)
    {
        // A typed column binds to the generic overload, so the column may arrive here as a value.
        var column = other as DataFrameColumn;
        if (column is not null && column.Length != Length)
        {
            throw new ArgumentException(
                $"Columns of one length are compared, but '{Name}' has {Length} rows and '{column.Name}' has {column.Length}.",
                nameof(other));
        }
        var result = new BooleanDataFrameColumn(Name);
        for (var i = 0L; i < Length; i++) result.Append(holds(this[i], column is null ? other : column[i]));
        return result;
    }

    private bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (string or bool or DateTime or char, _) => left.GetType() == right.GetType() ? left.Equals(right) : throw Mismatch(right),
        _ => Order(left, right) == 0,
    };

    /// <summary>The sign of left − right; null where there is no order: with a null, or with NaN.</summary>
    private int? Order(object? left, object? right) => (left, right) switch
    {
        (null, _) or (_, null) => null,
        (DateTime a, DateTime b) => a.CompareTo(b),
        (string or bool, _) => throw Unsupported("An order"),
        _ when IsInteger(left) && IsInteger(right) => ToDecimal(left).CompareTo(ToDecimal(right)),
        (IConvertible, IConvertible) when IsNumber(left) && IsNumber(right) => Order(ToDouble(left), ToDouble(right)),
        _ => throw Mismatch(right),
    };

    private static int? Order(double left, double right) => left < right ? -1 : left > right ? 1 : left == right ? 0 : null;

    private static bool IsInteger(object value) => Type.GetTypeCode(value.GetType()) is >= TypeCode.SByte and <= TypeCode.UInt64;

    private static bool IsNumber(object value) => Type.GetTypeCode(value.GetType()) is >= TypeCode.SByte and <= TypeCode.Decimal;

    private static decimal ToDecimal(object value) => Convert.ToDecimal(value, CultureInfo.InvariantCulture);

    private static double ToDouble(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private ArgumentException Mismatch(object other) =>
        new($"Column '{Name}' holds {DataType} and cannot be compared with a value of {other.GetType()}.");
}
