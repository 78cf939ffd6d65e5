namespace Microsoft.Data.Analysis;

// Arithmetic and logic, row by row. Results have the name of the column; null is the result where either side is null.
public abstract partial class DataFrameColumn
{
    /// <summary>The sum of this column and another, row by row.</summary>
    public virtual DataFrameColumn Add(DataFrameColumn column, bool inPlace = false) =>
        Arithmetic.Apply(this, column, '+', reversed: false, inPlace);

    /// <summary>The sum of each value and a number.</summary>
    public virtual DataFrameColumn Add<T>(T value, bool inPlace = false) =>
        Arithmetic.Apply(this, value, '+', reversed: false, inPlace);

    /// <summary>The sum of a number and each value, in this order.</summary>
    public virtual DataFrameColumn ReverseAdd<T>(T value, bool inPlace = false) =>
        Arithmetic.Apply(this, value, '+', reversed: true, inPlace);

    /// <summary>The difference of this column and another, row by row.</summary>
    public virtual DataFrameColumn Subtract(DataFrameColumn column, bool inPlace = false) =>
        Arithmetic.Apply(this, column, '-', reversed: false, inPlace);

    /// <summary>The difference of each value and a number.</summary>
    public virtual DataFrameColumn Subtract<T>(T value, bool inPlace = false) =>
        Arithmetic.Apply(this, value, '-', reversed: false, inPlace);

    /// <summary>The difference of a number and each value, in this order.</summary>
    public virtual DataFrameColumn ReverseSubtract<T>(T value, bool inPlace = false) =>
        Arithmetic.Apply(this, value, '-', reversed: true, inPlace);

    /// <summary>The product of this column and another, row by row.</summary>
    public virtual DataFrameColumn Multiply(DataFrameColumn column, bool inPlace = false) =>
        Arithmetic.Apply(this, column, '*', reversed: false, inPlace);

    /// <summary>The product of each value and a number.</summary>
    public virtual DataFrameColumn Multiply<T>(T value, bool inPlace = false) =>
        Arithmetic.Apply(this, value, '*', reversed: false, inPlace);

    /// <summary>The product of a number and each value, in this order.</summary>
    public virtual DataFrameColumn ReverseMultiply<T>(T value, bool inPlace = false) =>
        Arithmetic.Apply(this, value, '*', reversed: true, inPlace);

    /// <summary>The quotient of this column and another, row by row.</summary>
    public virtual DataFrameColumn Divide(DataFrameColumn column, bool inPlace = false) =>
        Arithmetic.Apply(this, column, '/', reversed: false, inPlace);

    /// <summary>The quotient of each value and a number.</summary>
    public virtual DataFrameColumn Divide<T>(T value, bool inPlace = false) =>
        Arithmetic.Apply(this, value, '/', reversed: false, inPlace);

    /// <summary>The quotient of a number and each value, in this order.</summary>
    public virtual DataFrameColumn ReverseDivide<T>(T value, bool inPlace = false) =>
        Arithmetic.Apply(this, value, '/', reversed: true, inPlace);

    /// <summary>The remainder of this column and another, row by row.</summary>
    public virtual DataFrameColumn Modulo(DataFrameColumn column, bool inPlace = false) =>
        Arithmetic.Apply(this, column, '%', reversed: false, inPlace);

    /// <summary>The remainder of each value and a number.</summary>
    public virtual DataFrameColumn Modulo<T>(T value, bool inPlace = false) =>
        Arithmetic.Apply(this, value, '%', reversed: false, inPlace);

    /// <summary>The remainder of a number and each value, in this order.</summary>
    public virtual DataFrameColumn ReverseModulo<T>(T value, bool inPlace = false) =>
        Arithmetic.Apply(this, value, '%', reversed: true, inPlace);

    /// <summary>Where both are true, this column and another; a null makes null.</summary>
    public virtual DataFrameColumn And(DataFrameColumn column, bool inPlace = false) => Logic(column, (a, b) => a & b, inPlace);

    /// <summary>Where both are true, each value and this one; a null makes null.</summary>
    public virtual PrimitiveDataFrameColumn<bool> And(bool value, bool inPlace = false) => Logic(value, (a, b) => a & b, inPlace);

    /// <summary>Where either is true, this column and another; a null makes null.</summary>
    public virtual DataFrameColumn Or(DataFrameColumn column, bool inPlace = false) => Logic(column, (a, b) => a | b, inPlace);

    /// <summary>Where either is true, each value and this one; a null makes null.</summary>
    public virtual PrimitiveDataFrameColumn<bool> Or(bool value, bool inPlace = false) => Logic(value, (a, b) => a | b, inPlace);

    /// <summary>Where one alone is true, this column and another; a null makes null.</summary>
    public virtual DataFrameColumn Xor(DataFrameColumn column, bool inPlace = false) => Logic(column, (a, b) => a ^ b, inPlace);

    /// <summary>Where one alone is true, each value and this one; a null makes null.</summary>
    public virtual PrimitiveDataFrameColumn<bool> Xor(bool value, bool inPlace = false) => Logic(value, (a, b) => a ^ b, inPlace);

    /// <inheritdoc cref="Add(DataFrameColumn, bool)"/>
    public static DataFrameColumn operator +(DataFrameColumn left, DataFrameColumn right) => left.Add(right);

    /// <inheritdoc cref="Add{T}(T, bool)"/>
    public static DataFrameColumn operator +(DataFrameColumn column, int value) => column.Add(value);

    /// <inheritdoc cref="ReverseAdd{T}(T, bool)"/>
    public static DataFrameColumn operator +(int value, DataFrameColumn column) => column.ReverseAdd(value);

    /// <inheritdoc cref="Add{T}(T, bool)"/>
    public static DataFrameColumn operator +(DataFrameColumn column, long value) => column.Add(value);

    /// <inheritdoc cref="ReverseAdd{T}(T, bool)"/>
    public static DataFrameColumn operator +(long value, DataFrameColumn column) => column.ReverseAdd(value);

    /// <inheritdoc cref="Add{T}(T, bool)"/>
    public static DataFrameColumn operator +(DataFrameColumn column, float value) => column.Add(value);

    /// <inheritdoc cref="ReverseAdd{T}(T, bool)"/>
    public static DataFrameColumn operator +(float value, DataFrameColumn column) => column.ReverseAdd(value);

    /// <inheritdoc cref="Add{T}(T, bool)"/>
    public static DataFrameColumn operator +(DataFrameColumn column, double value) => column.Add(value);

    /// <inheritdoc cref="ReverseAdd{T}(T, bool)"/>
    public static DataFrameColumn operator +(double value, DataFrameColumn column) => column.ReverseAdd(value);

    /// <inheritdoc cref="Subtract(DataFrameColumn, bool)"/>
    public static DataFrameColumn operator -(DataFrameColumn left, DataFrameColumn right) => left.Subtract(right);

    /// <inheritdoc cref="Subtract{T}(T, bool)"/>
    public static DataFrameColumn operator -(DataFrameColumn column, int value) => column.Subtract(value);

    /// <inheritdoc cref="ReverseSubtract{T}(T, bool)"/>
    public static DataFrameColumn operator -(int value, DataFrameColumn column) => column.ReverseSubtract(value);

    /// <inheritdoc cref="Subtract{T}(T, bool)"/>
    public static DataFrameColumn operator -(DataFrameColumn column, long value) => column.Subtract(value);

    /// <inheritdoc cref="ReverseSubtract{T}(T, bool)"/>
    public static DataFrameColumn operator -(long value, DataFrameColumn column) => column.ReverseSubtract(value);

    /// <inheritdoc cref="Subtract{T}(T, bool)"/>
    public static DataFrameColumn operator -(DataFrameColumn column, float value) => column.Subtract(value);

    /// <inheritdoc cref="ReverseSubtract{T}(T, bool)"/>
    public static DataFrameColumn operator -(float value, DataFrameColumn column) => column.ReverseSubtract(value);

    /// <inheritdoc cref="Subtract{T}(T, bool)"/>
    public static DataFrameColumn operator -(DataFrameColumn column, double value) => column.Subtract(value);

    /// <inheritdoc cref="ReverseSubtract{T}(T, bool)"/>
    public static DataFrameColumn operator -(double value, DataFrameColumn column) => column.ReverseSubtract(value);

    /// <inheritdoc cref="Multiply(DataFrameColumn, bool)"/>
    public static DataFrameColumn operator *(DataFrameColumn left, DataFrameColumn right) => left.Multiply(right);

    /// <inheritdoc cref="Multiply{T}(T, bool)"/>
    public static DataFrameColumn operator *(DataFrameColumn column, int value) => column.Multiply(value);

    /// <inheritdoc cref="ReverseMultiply{T}(T, bool)"/>
    public static DataFrameColumn operator *(int value, DataFrameColumn column) => column.ReverseMultiply(value);

    /// <inheritdoc cref="Multiply{T}(T, bool)"/>
    public static DataFrameColumn operator *(DataFrameColumn column, long value) => column.Multiply(value);

    /// <inheritdoc cref="ReverseMultiply{T}(T, bool)"/>
    public static DataFrameColumn operator *(long value, DataFrameColumn column) => column.ReverseMultiply(value);

    /// <inheritdoc cref="Multiply{T}(T, bool)"/>
    public static DataFrameColumn operator *(DataFrameColumn column, float value) => column.Multiply(value);

    /// <inheritdoc cref="ReverseMultiply{T}(T, bool)"/>
    public static DataFrameColumn operator *(float value, DataFrameColumn column) => column.ReverseMultiply(value);

    /// <inheritdoc cref="Multiply{T}(T, bool)"/>
    public static DataFrameColumn operator *(DataFrameColumn column, double value) => column.Multiply(value);

    /// <inheritdoc cref="ReverseMultiply{T}(T, bool)"/>
    public static DataFrameColumn operator *(double value, DataFrameColumn column) => column.ReverseMultiply(value);

    /// <inheritdoc cref="Divide(DataFrameColumn, bool)"/>
    public static DataFrameColumn operator /(DataFrameColumn left, DataFrameColumn right) => left.Divide(right);

    /// <inheritdoc cref="Divide{T}(T, bool)"/>
    public static DataFrameColumn operator /(DataFrameColumn column, int value) => column.Divide(value);

    /// <inheritdoc cref="ReverseDivide{T}(T, bool)"/>
    public static DataFrameColumn operator /(int value, DataFrameColumn column) => column.ReverseDivide(value);

    /// <inheritdoc cref="Divide{T}(T, bool)"/>
    public static DataFrameColumn operator /(DataFrameColumn column, long value) => column.Divide(value);

    /// <inheritdoc cref="ReverseDivide{T}(T, bool)"/>
    public static DataFrameColumn operator /(long value, DataFrameColumn column) => column.ReverseDivide(value);

    /// <inheritdoc cref="Divide{T}(T, bool)"/>
    public static DataFrameColumn operator /(DataFrameColumn column, float value) => column.Divide(value);

    /// <inheritdoc cref="ReverseDivide{T}(T, bool)"/>
    public static DataFrameColumn operator /(float value, DataFrameColumn column) => column.ReverseDivide(value);

    /// <inheritdoc cref="Divide{T}(T, bool)"/>
    public static DataFrameColumn operator /(DataFrameColumn column, double value) => column.Divide(value);

    /// <inheritdoc cref="ReverseDivide{T}(T, bool)"/>
    public static DataFrameColumn operator /(double value, DataFrameColumn column) => column.ReverseDivide(value);

    /// <inheritdoc cref="Modulo(DataFrameColumn, bool)"/>
    public static DataFrameColumn operator %(DataFrameColumn left, DataFrameColumn right) => left.Modulo(right);

    /// <inheritdoc cref="Modulo{T}(T, bool)"/>
    public static DataFrameColumn operator %(DataFrameColumn column, int value) => column.Modulo(value);

    /// <inheritdoc cref="ReverseModulo{T}(T, bool)"/>
    public static DataFrameColumn operator %(int value, DataFrameColumn column) => column.ReverseModulo(value);

    /// <inheritdoc cref="Modulo{T}(T, bool)"/>
    public static DataFrameColumn operator %(DataFrameColumn column, long value) => column.Modulo(value);

    /// <inheritdoc cref="ReverseModulo{T}(T, bool)"/>
    public static DataFrameColumn operator %(long value, DataFrameColumn column) => column.ReverseModulo(value);

    /// <inheritdoc cref="Modulo{T}(T, bool)"/>
    public static DataFrameColumn operator %(DataFrameColumn column, float value) => column.Modulo(value);

    /// <inheritdoc cref="ReverseModulo{T}(T, bool)"/>
    public static DataFrameColumn operator %(float value, DataFrameColumn column) => column.ReverseModulo(value);

    /// <inheritdoc cref="Modulo{T}(T, bool)"/>
    public static DataFrameColumn operator %(DataFrameColumn column, double value) => column.Modulo(value);

    /// <inheritdoc cref="ReverseModulo{T}(T, bool)"/>
    public static DataFrameColumn operator %(double value, DataFrameColumn column) => column.ReverseModulo(value);

    /// <inheritdoc cref="And(DataFrameColumn, bool)"/>
    public static DataFrameColumn operator &(DataFrameColumn left, DataFrameColumn right) => left.And(right);

    /// <inheritdoc cref="And(bool, bool)"/>
    public static DataFrameColumn operator &(DataFrameColumn column, bool value) => column.And(value);

    /// <inheritdoc cref="And(bool, bool)"/>
    public static DataFrameColumn operator &(bool value, DataFrameColumn column) => column.And(value);

    /// <inheritdoc cref="Or(DataFrameColumn, bool)"/>
    public static DataFrameColumn operator |(DataFrameColumn left, DataFrameColumn right) => left.Or(right);

    /// <inheritdoc cref="Or(bool, bool)"/>
    public static DataFrameColumn operator |(DataFrameColumn column, bool value) => column.Or(value);

    /// <inheritdoc cref="Or(bool, bool)"/>
    public static DataFrameColumn operator |(bool value, DataFrameColumn column) => column.Or(value);

    /// <inheritdoc cref="Xor(DataFrameColumn, bool)"/>
    public static DataFrameColumn operator ^(DataFrameColumn left, DataFrameColumn right) => left.Xor(right);

    /// <inheritdoc cref="Xor(bool, bool)"/>
    public static DataFrameColumn operator ^(DataFrameColumn column, bool value) => column.Xor(value);

    /// <inheritdoc cref="Xor(bool, bool)"/>
    public static DataFrameColumn operator ^(bool value, DataFrameColumn column) => column.Xor(value);

    private PrimitiveDataFrameColumn<bool> Logic(object other, Func<bool, bool, bool> holds, bool inPlace)
    {
        var column = other as DataFrameColumn;
        if (this is not PrimitiveDataFrameColumn<bool> flags) throw Unsupported("Logic");
        if (column is not (null or PrimitiveDataFrameColumn<bool>)) throw column.Unsupported("Logic");
        if (column is not null && column.Length != Length)
        {
            throw new ArgumentException(
                $"Columns of one length are combined, but '{Name}' has {Length} rows and '{column.Name}' has {column.Length}.",
                nameof(other));
        }
        var result = inPlace ? flags : new BooleanDataFrameColumn(Name, flags);
        for (var row = 0L; row < Length; row++)
            result[row] = flags[row] is { } a && (column is null ? other : column[row]) is bool b ? holds(a, b) : null;
        return result;
    }
}
