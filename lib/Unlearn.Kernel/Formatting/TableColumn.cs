using System.Collections;
using System.Globalization;

namespace Unlearn.Kernel.Formatting;

/// <summary>A column as it is shown.</summary>
/// <param name="Name">Its header.</param>
/// <param name="IsNumeric">Whether its cells stand right.</param>
/// <param name="Cells">The texts of its cells.</param>
internal sealed record TableColumn(string Name, bool IsNumeric, IReadOnlyList<string> Cells)
{
    private const int SignificantDigits = 4;
    private const string Null = "–";

    public static TableColumn Of(string name, Type type, IReadOnlyList<object?> values)
    {
        var element = Nullable.GetUnderlyingType(type) ?? type;
        var isReal = element == typeof(double) || element == typeof(float) || element == typeof(Half) || element == typeof(decimal);
        var isInteger = !element.IsEnum && Type.GetTypeCode(element) is >= TypeCode.SByte and <= TypeCode.UInt64;
        Func<object, string> shown = isReal ? RealNumbers(values) : Shown;
        return new(name, isReal || isInteger, [.. values.Select(value => value is null ? Null : shown(value))]);
    }

    /// <summary>
    /// How the real numbers of a column are written: whole numbers as such; otherwise with the same number of decimals, four
    /// significant digits for the largest, as long as that leaves two for the smallest; otherwise each with four of its own.
    /// </summary>
    private static Func<object, string> RealNumbers(IEnumerable<object?> values)
    {
        var sizes = values.Where(value => value is not null).Select(value => Math.Abs(ToDouble(value!)))
            .Where(size => double.IsFinite(size) && size != 0).ToList();
        if (sizes.TrueForAll(size => size < 1e6 && size == Math.Floor(size))) return value => Write(ToDouble(value), "F0");
        var (largest, smallest) = (sizes.Max(), sizes.Min());
        var decimals = Math.Max(0, SignificantDigits - (int)Math.Ceiling(Math.Log10(largest)));
        return largest < 1e6 && decimals <= SignificantDigits && smallest >= 10 * Math.Pow(10, -decimals)
            ? value => Write(ToDouble(value), $"F{decimals}")
            : value => Own(ToDouble(value));
    }

    private static string Own(double value)
    {
        var size = Math.Abs(value);
        if (size is 0 or (>= 1e-4 and < 1e6) || !double.IsFinite(size))
        {
            var decimals = size is 0 || !double.IsFinite(size) ? 0
                : Math.Clamp(SignificantDigits - 1 - (int)Math.Floor(Math.Log10(size)), 0, 2 * SignificantDigits);
            return Write(value, $"F{decimals}");
        }
        return value.ToString("0.000e+00", CultureInfo.InvariantCulture);
    }

    private static string Write(double value, string format) =>
        double.IsNaN(value) ? "NaN"
        : double.IsInfinity(value) ? value > 0 ? "∞" : "-∞"
        : value.ToString(format, CultureInfo.InvariantCulture);

    private static string Shown(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        DateTime time => time.ToString(
            time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        double or float or Half or decimal => Own(ToDouble(value)),
        string text => text,
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(item => item is null ? Null : Shown(item)))}]",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static double ToDouble(object value) =>
        value is Half half ? (double)half : Convert.ToDouble(value, CultureInfo.InvariantCulture);
}
