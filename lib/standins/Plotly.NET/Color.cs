using System.Globalization;

namespace Plotly.NET;

/// <summary>A colour, or a list of them, as plotly.js reads it.</summary>
public sealed class Color
{
    private Color(object value) => Value = value;

    /// <summary>Text, or a list of texts or of values on a colour scale.</summary>
    public object Value { get; }

    /// <summary>Any colour that CSS knows, e.g. <c>rgba(0, 0, 0, 0.5)</c> or <c>navy</c>.</summary>
    public static Color fromString(string c)
    {
        ArgumentNullException.ThrowIfNull(c);
        return new(c);
    }

    /// <summary>Six hexadecimal digits, with or without <c>#</c>.</summary>
    public static Color fromHex(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        var digits = s.TrimStart('#');
        return digits.Length == 6 && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb)
            ? fromRGB(rgb >> 16, (rgb >> 8) & 255, rgb & 255)
            : throw new ArgumentException($"A colour should be six hexadecimal digits such as #0072B2, but is '{s}'.", nameof(s));
    }

    /// <summary>Red, green and blue, 0 to 255 each.</summary>
    public static Color fromRGB(int r, int g, int b) => fromARGB(255, r, g, b);

    /// <summary>Opacity, red, green and blue, 0 to 255 each.</summary>
    /// <remarks>Written with one decimal of opacity, as the original does; <see cref="fromString"/> keeps more.</remarks>
    public static Color fromARGB(int a, int r, int g, int b)
    {
        foreach (var component in (ReadOnlySpan<int>)[a, r, g, b])
        {
            if (component is < 0 or > 255)
                throw new ArgumentOutOfRangeException(nameof(a), component, "The components of a colour should lie in 0 … 255.");
        }
        return new(string.Create(CultureInfo.InvariantCulture, $"rgba({r}, {g}, {b}, {a / 255.0:0.0})"));
    }

    /// <summary>One colour for each element of a trace.</summary>
    public static Color fromColors(IEnumerable<Color> c) => new(c.Select(color => color.Value).ToArray());

    /// <summary>One value on the colour scale for each element of a trace.</summary>
    public static Color fromColorScaleValues<T>(IEnumerable<T> c)
        where T : IConvertible => new(c.Cast<object>().ToArray());

    /// <inheritdoc/>
    public override bool Equals(object? other) => other is Color color && Json.Text(Json.From(this)!) == Json.Text(Json.From(color)!);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Json.Text(Json.From(this)!));
}
