using System.Globalization;
using System.Numerics;

namespace Microsoft.Data.Analysis;

/// <summary>Arithmetic of columns: row by row, in the wider of the two types as C# has it; null where either side is null.</summary>
internal static class Arithmetic
{
    // In the order of C#'s promotions; what is narrower than int is calculated as int.
    private static readonly Type[] Widths = [typeof(int), typeof(long), typeof(float), typeof(double)];

    /// <summary>The results for every row.</summary>
    /// <param name="column">The column whose name the result gets.</param>
    /// <param name="right">A number, or a column of as many rows.</param>
    /// <param name="operation">+, -, *, / or %.</param>
    /// <param name="reversed">Whether the column is the right operand.</param>
    /// <param name="inPlace">Whether the column itself takes the results, which its type must allow.</param>
    public static DataFrameColumn Apply(DataFrameColumn column, object? right, char operation, bool reversed, bool inPlace)
    {
        ArgumentNullException.ThrowIfNull(right);
        var other = right as DataFrameColumn;
        if (other is not null && other.Length != column.Length)
        {
            throw new ArgumentException(
                $"Columns of one length are combined, but '{column.Name}' has {column.Length} rows and '{other.Name}' has {other.Length}.",
                nameof(right));
        }
        var (leftType, rightType) = (column.DataType, other?.DataType ?? right.GetType());
        var type = Widths[Math.Max(Width(leftType, column, operation), Width(rightType, column, operation))];
        if (inPlace && type != column.DataType)
        {
            throw new ArgumentException(
                $"'{operation}' gives values of {type}, which column '{column.Name}' of {column.DataType} cannot take in place.",
                nameof(inPlace));
        }
        object? Right(long row) => other is null ? right : other[row];
        return type == typeof(int) ? Apply<int>(column, Right, operation, reversed, inPlace, new Int32DataFrameColumn(column.Name))
            : type == typeof(long) ? Apply<long>(column, Right, operation, reversed, inPlace, new Int64DataFrameColumn(column.Name))
            : type == typeof(float) ? Apply<float>(column, Right, operation, reversed, inPlace, new SingleDataFrameColumn(column.Name))
            : Apply<double>(column, Right, operation, reversed, inPlace, new DoubleDataFrameColumn(column.Name));
    }

    private static DataFrameColumn Apply<T>(
        DataFrameColumn column, Func<long, object?> right, char operation, bool reversed, bool inPlace, PrimitiveDataFrameColumn<T> result)
        where T : unmanaged, INumber<T>
    {
        for (var row = 0L; row < column.Length; row++)
        {
            result.Append(column[row] is { } a && right(row) is { } b
                ? reversed ? Of(operation, To<T>(b), To<T>(a)) : Of(operation, To<T>(a), To<T>(b))
                : null);
        }
        if (!inPlace) return result;
        for (var row = 0L; row < column.Length; row++) column[row] = result[row];
        return column;
    }

    private static T Of<T>(char operation, T left, T right)
        where T : INumber<T> => operation switch
        {
            '+' => unchecked(left + right),
            '-' => unchecked(left - right),
            '*' => unchecked(left * right),
            '/' => left / right,
            '%' => left % right,
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "There is no such operation."),
        };

    private static T To<T>(object value) => (T)Convert.ChangeType(value, typeof(T), CultureInfo.InvariantCulture);

    private static int Width(Type type, DataFrameColumn column, char operation) => Type.GetTypeCode(type) switch
    {
        TypeCode.SByte or TypeCode.Byte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 => 0,
        TypeCode.UInt32 or TypeCode.Int64 => 1,
        TypeCode.Single => 2,
        TypeCode.Double => 3,
        _ => throw column.Unsupported($"'{operation}' with {type}"),
    };
}
