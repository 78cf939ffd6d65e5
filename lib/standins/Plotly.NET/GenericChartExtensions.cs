using Microsoft.FSharp.Core;

namespace Plotly.NET;

/// <summary>The fluent calls of the core package that Plotly.NET.CSharp does not repeat.</summary>
public static class GenericChartExtensions
{
    /// <summary>Sets the title of the figure.</summary>
    public static GenericChart WithTitle(this GenericChart @this, string title, FSharpOption<Font>? TitleFont = null) =>
        @this.WithLayout(layout => Json.Merge(layout, Json.Object(("title.text", title), ("title.font", TitleFont?.Value))));

    /// <summary>Shows or hides the legend.</summary>
    public static GenericChart WithLegend(this GenericChart @this, bool showlegend) =>
        @this.WithLayout(layout => Json.Set(layout, "showlegend", showlegend));

    /// <summary>Sets width and height in pixels.</summary>
    public static GenericChart WithSize(this GenericChart @this, int width, int height) =>
        @this.WithLayout(layout => Json.Merge(layout, Json.Object(("width", width), ("height", height))));

    /// <summary>Adds horizontal error bars to every trace: lengths from the point, downward ones where they differ.</summary>
    public static GenericChart WithXErrorStyle<T1, T2>(
        this GenericChart @this,
        FSharpOption<IEnumerable<T1>>? Array = null,
        FSharpOption<IEnumerable<T2>>? Arrayminus = null,
        FSharpOption<bool>? Symmetric = null,
        FSharpOption<Color>? Color = null,
        FSharpOption<double>? Thickness = null,
        FSharpOption<double>? Width = null)
        where T1 : IConvertible
        where T2 : IConvertible =>
        WithError(@this, "error_x", Array?.Value, Arrayminus?.Value, Symmetric, Color, Thickness, Width);

    /// <summary>Adds vertical error bars to every trace: lengths from the point, downward ones where they differ.</summary>
    public static GenericChart WithYErrorStyle<T1, T2>(
        this GenericChart @this,
        FSharpOption<IEnumerable<T1>>? Array = null,
        FSharpOption<IEnumerable<T2>>? Arrayminus = null,
        FSharpOption<bool>? Symmetric = null,
        FSharpOption<Color>? Color = null,
        FSharpOption<double>? Thickness = null,
        FSharpOption<double>? Width = null)
        where T1 : IConvertible
        where T2 : IConvertible =>
        WithError(@this, "error_y", Array?.Value, Arrayminus?.Value, Symmetric, Color, Thickness, Width);

    private static GenericChart WithError(
        GenericChart chart, string name, object? array, object? minus, FSharpOption<bool>? symmetric, FSharpOption<Color>? color,
        FSharpOption<double>? thickness, FSharpOption<double>? width) =>
        chart.WithTraces(trace => Json.Set(trace, name, Json.Object(
            ("array", array), ("arrayminus", minus), ("symmetric", symmetric?.Value), ("color", color?.Value),
            ("thickness", thickness?.Value), ("width", width?.Value))));
}
