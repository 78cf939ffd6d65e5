namespace Microsoft.Data.Analysis;

/// <summary>A column of 64-bit floating-point numbers.</summary>
public class DoubleDataFrameColumn : PrimitiveDataFrameColumn<double>
{
    /// <summary>A column of these values.</summary>
    public DoubleDataFrameColumn(string name, IEnumerable<double?> values)
        : base(name, values)
    {
    }

    /// <summary>A column of these values.</summary>
    public DoubleDataFrameColumn(string name, IEnumerable<double> values)
        : base(name, values)
    {
    }

    /// <summary>A column of default values.</summary>
    public DoubleDataFrameColumn(string name, long length = 0)
        : base(name, length)
    {
    }

    /// <inheritdoc cref="DataFrameColumn.Add(DataFrameColumn, bool)"/>
    public static DoubleDataFrameColumn operator +(DoubleDataFrameColumn left, DoubleDataFrameColumn right) =>
        (DoubleDataFrameColumn)left.Add((DataFrameColumn)right);

    /// <inheritdoc cref="DataFrameColumn.Add{T}(T, bool)"/>
    public static DoubleDataFrameColumn operator +(DoubleDataFrameColumn left, double right) => (DoubleDataFrameColumn)left.Add(right);

    /// <inheritdoc cref="DataFrameColumn.ReverseAdd{T}(T, bool)"/>
    public static DoubleDataFrameColumn operator +(double left, DoubleDataFrameColumn right) =>
        (DoubleDataFrameColumn)right.ReverseAdd(left);

    /// <inheritdoc cref="DataFrameColumn.Subtract(DataFrameColumn, bool)"/>
    public static DoubleDataFrameColumn operator -(DoubleDataFrameColumn left, DoubleDataFrameColumn right) =>
        (DoubleDataFrameColumn)left.Subtract((DataFrameColumn)right);

    /// <inheritdoc cref="DataFrameColumn.Subtract{T}(T, bool)"/>
    public static DoubleDataFrameColumn operator -(DoubleDataFrameColumn left, double right) => (DoubleDataFrameColumn)left.Subtract(right);

    /// <inheritdoc cref="DataFrameColumn.ReverseSubtract{T}(T, bool)"/>
    public static DoubleDataFrameColumn operator -(double left, DoubleDataFrameColumn right) =>
        (DoubleDataFrameColumn)right.ReverseSubtract(left);

    /// <inheritdoc cref="DataFrameColumn.Multiply(DataFrameColumn, bool)"/>
    public static DoubleDataFrameColumn operator *(DoubleDataFrameColumn left, DoubleDataFrameColumn right) =>
        (DoubleDataFrameColumn)left.Multiply((DataFrameColumn)right);

    /// <inheritdoc cref="DataFrameColumn.Multiply{T}(T, bool)"/>
    public static DoubleDataFrameColumn operator *(DoubleDataFrameColumn left, double right) => (DoubleDataFrameColumn)left.Multiply(right);

    /// <inheritdoc cref="DataFrameColumn.ReverseMultiply{T}(T, bool)"/>
    public static DoubleDataFrameColumn operator *(double left, DoubleDataFrameColumn right) =>
        (DoubleDataFrameColumn)right.ReverseMultiply(left);

    /// <inheritdoc cref="DataFrameColumn.Divide(DataFrameColumn, bool)"/>
    public static DoubleDataFrameColumn operator /(DoubleDataFrameColumn left, DoubleDataFrameColumn right) =>
        (DoubleDataFrameColumn)left.Divide((DataFrameColumn)right);

    /// <inheritdoc cref="DataFrameColumn.Divide{T}(T, bool)"/>
    public static DoubleDataFrameColumn operator /(DoubleDataFrameColumn left, double right) => (DoubleDataFrameColumn)left.Divide(right);

    /// <inheritdoc cref="DataFrameColumn.ReverseDivide{T}(T, bool)"/>
    public static DoubleDataFrameColumn operator /(double left, DoubleDataFrameColumn right) =>
        (DoubleDataFrameColumn)right.ReverseDivide(left);

    /// <inheritdoc/>
    protected override PrimitiveDataFrameColumn<double> CreateNewColumn(string name, long length = 0) =>
        new DoubleDataFrameColumn(name, length);
}
