using System.Globalization;

namespace Microsoft.Data.Analysis;

// What is calculated value by value.
public partial class PrimitiveDataFrameColumn<T>
{
    /// <inheritdoc/>
    public override DataFrameColumn Abs(bool inPlace = false) => Numbers(nameof(Abs), Math.Abs, Math.Abs, inPlace);

    /// <inheritdoc/>
    public override DataFrameColumn Round(bool inPlace = false) => Numbers(nameof(Round), Math.Round, value => value, inPlace);

    /// <inheritdoc/>
    public override DataFrameColumn CumulativeSum(bool inPlace = false) =>
        Running(nameof(CumulativeSum), (a, b) => a + b, (a, b) => a + b, inPlace);

    /// <inheritdoc/>
    public override DataFrameColumn CumulativeProduct(bool inPlace = false) =>
        Running(nameof(CumulativeProduct), (a, b) => a * b, (a, b) => a * b, inPlace);

    /// <inheritdoc/>
    public override DataFrameColumn CumulativeMax(bool inPlace = false) => Running(nameof(CumulativeMax), Math.Max, Math.Max, inPlace);

    /// <inheritdoc/>
    public override DataFrameColumn CumulativeMin(bool inPlace = false) => Running(nameof(CumulativeMin), Math.Min, Math.Min, inPlace);

    /// <summary>The values from a least to a greatest one; nulls are left out.</summary>
    public PrimitiveDataFrameColumn<T> Filter(T min, T max)
    {
        var (least, most) = (ToDouble(min), ToDouble(max));
        var result = CreateNewColumn(Name);
        foreach (var value in Known(values, nameof(Filter)))
            if (ToDouble(value) is var number && number >= least && number <= most) result.Append(value);
        return result;
    }

    /// <summary>The values, those outside a range moved to its nearer end.</summary>
    public PrimitiveDataFrameColumn<T> Clamp(T min, T max, bool inPlace = false) => IsNumericColumn()
        ? Apply(value => ToDouble(value) < ToDouble(min) ? min : ToDouble(value) > ToDouble(max) ? max : value, inPlace)
        : throw Unsupported(nameof(Clamp));

    // Whole numbers are calculated as decimals: a long has more digits than a double.
    private PrimitiveDataFrameColumn<T> Numbers(
        string operation, Func<double, double> rounded, Func<decimal, decimal> exact, bool inPlace) => IsNumericColumn()
        ? Apply(value => Converted(IsReal ? rounded(ToDouble(value)) : exact(ToDecimal(value))), inPlace)
        : throw Unsupported(operation);

    private PrimitiveDataFrameColumn<T> Running(
        string operation, Func<double, double, double> rounded, Func<decimal, decimal, decimal> exact, bool inPlace)
    {
        T? last = null;
        return IsNumericColumn() ? Apply(Next, inPlace) : throw Unsupported(operation);

        T Next(T value)
        {
            last = last is not { } before ? value
                : Converted(IsReal ? rounded(ToDouble(before), ToDouble(value)) : exact(ToDecimal(before), ToDecimal(value)));
            return last.Value;
        }
    }

    private static bool IsReal => typeof(T) == typeof(double) || typeof(T) == typeof(float);

    private static T Converted(object number) => (T)Convert.ChangeType(number, typeof(T), CultureInfo.InvariantCulture);

    private static decimal ToDecimal(object value) => Convert.ToDecimal(value, CultureInfo.InvariantCulture);
}
