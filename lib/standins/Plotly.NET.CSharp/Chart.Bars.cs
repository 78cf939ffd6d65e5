using Plotly.NET.TraceObjects;

namespace Plotly.NET.CSharp;

// Charts of one value for each key.
public static partial class Chart
{
    /// <summary>Horizontal bars.</summary>
    public static GenericChart Bar<TValues, TKeys, TText>(
        IEnumerable<TValues> values,
        Optional<IEnumerable<TKeys>> Keys = default,
        Optional<string> Name = default,
        Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default,
        Optional<IEnumerable<double>> MultiOpacity = default,
        Optional<TText> Text = default,
        Optional<IEnumerable<TText>> MultiText = default,
        Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default,
        Optional<Line> MarkerOutline = default,
        Optional<StyleParam.PatternShape> MarkerPatternShape = default,
        Optional<IEnumerable<StyleParam.PatternShape>> MultiMarkerPatternShape = default,
        Optional<Pattern> MarkerPattern = default,
        Optional<Marker> Marker = default,
        Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default,
        Optional<IEnumerable<TValues>> MultiWidth = default,
        Optional<bool> UseDefaults = default,
        Optional<TValues> Base = default,
        Optional<TValues> Width = default)
        where TValues : IConvertible
        where TKeys : IConvertible
        where TText : IConvertible =>
        Bars(
            UseDefaults.Or(true), stacked: false, StyleParam.Orientation.Horizontal,
            ("name", Name.OrNull()), ("showlegend", ShowLegend.OrNull()), ("x", values), ("y", Keys.OrNull()),
            ("opacity", Opacity.OrNull()), ("text", Text.OrNull() ?? MultiText.OrNull()),
            ("textposition", TextPosition.OrNull() ?? MultiTextPosition.OrNull()),
            ("marker", Marker.OrNull()), ("marker.line", MarkerOutline.OrNull()), ("marker.pattern", MarkerPattern.OrNull()),
            ("marker.opacity", MultiOpacity.OrNull()), ("marker.color", MarkerColor.OrNull()),
            ("marker.colorscale", MarkerColorScale.OrNull()),
            ("marker.pattern.shape", MarkerPatternShape.OrNull() ?? MultiMarkerPatternShape.OrNull()),
            ("base", Base.OrNull()), ("width", Width.OrNull() ?? MultiWidth.OrNull()));

    /// <summary>Horizontal bars that stand on those of the other traces with the same key.</summary>
    public static GenericChart StackedBar<TValues, TKeys, TText>(
        IEnumerable<TValues> values,
        Optional<IEnumerable<TKeys>> Keys = default,
        Optional<string> Name = default,
        Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default,
        Optional<IEnumerable<double>> MultiOpacity = default,
        Optional<TText> Text = default,
        Optional<IEnumerable<TText>> MultiText = default,
        Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default,
        Optional<Line> MarkerOutline = default,
        Optional<StyleParam.PatternShape> MarkerPatternShape = default,
        Optional<IEnumerable<StyleParam.PatternShape>> MultiMarkerPatternShape = default,
        Optional<Pattern> MarkerPattern = default,
        Optional<Marker> Marker = default,
        Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default,
        Optional<IEnumerable<TValues>> MultiWidth = default,
        Optional<bool> UseDefaults = default,
        Optional<TValues> Base = default,
        Optional<TValues> Width = default)
        where TValues : IConvertible
        where TKeys : IConvertible
        where TText : IConvertible =>
        Bars(
            UseDefaults.Or(true), stacked: true, StyleParam.Orientation.Horizontal,
            ("name", Name.OrNull()), ("showlegend", ShowLegend.OrNull()), ("x", values), ("y", Keys.OrNull()),
            ("opacity", Opacity.OrNull()), ("text", Text.OrNull() ?? MultiText.OrNull()),
            ("textposition", TextPosition.OrNull() ?? MultiTextPosition.OrNull()),
            ("marker", Marker.OrNull()), ("marker.line", MarkerOutline.OrNull()), ("marker.pattern", MarkerPattern.OrNull()),
            ("marker.opacity", MultiOpacity.OrNull()), ("marker.color", MarkerColor.OrNull()),
            ("marker.colorscale", MarkerColorScale.OrNull()),
            ("marker.pattern.shape", MarkerPatternShape.OrNull() ?? MultiMarkerPatternShape.OrNull()),
            ("base", Base.OrNull()), ("width", Width.OrNull() ?? MultiWidth.OrNull()));

    /// <summary>Vertical bars.</summary>
    public static GenericChart Column<TValues, TKeys, TText>(
        IEnumerable<TValues> values,
        Optional<IEnumerable<TKeys>> Keys = default,
        Optional<string> Name = default,
        Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default,
        Optional<IEnumerable<double>> MultiOpacity = default,
        Optional<TText> Text = default,
        Optional<IEnumerable<TText>> MultiText = default,
        Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default,
        Optional<Line> MarkerOutline = default,
        Optional<StyleParam.PatternShape> MarkerPatternShape = default,
        Optional<IEnumerable<StyleParam.PatternShape>> MultiMarkerPatternShape = default,
        Optional<Pattern> MarkerPattern = default,
        Optional<Marker> Marker = default,
        Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default,
        Optional<IEnumerable<TValues>> MultiWidth = default,
        Optional<bool> UseDefaults = default,
        Optional<TValues> Base = default,
        Optional<TValues> Width = default)
        where TValues : IConvertible
        where TKeys : IConvertible
        where TText : IConvertible =>
        Bars(
            UseDefaults.Or(true), stacked: false, StyleParam.Orientation.Vertical,
            ("name", Name.OrNull()), ("showlegend", ShowLegend.OrNull()), ("x", Keys.OrNull()), ("y", values),
            ("opacity", Opacity.OrNull()), ("text", Text.OrNull() ?? MultiText.OrNull()),
            ("textposition", TextPosition.OrNull() ?? MultiTextPosition.OrNull()),
            ("marker", Marker.OrNull()), ("marker.line", MarkerOutline.OrNull()), ("marker.pattern", MarkerPattern.OrNull()),
            ("marker.opacity", MultiOpacity.OrNull()), ("marker.color", MarkerColor.OrNull()),
            ("marker.colorscale", MarkerColorScale.OrNull()),
            ("marker.pattern.shape", MarkerPatternShape.OrNull() ?? MultiMarkerPatternShape.OrNull()),
            ("base", Base.OrNull()), ("width", Width.OrNull() ?? MultiWidth.OrNull()));

    /// <summary>Vertical bars that stand on those of the other traces with the same key.</summary>
    public static GenericChart StackedColumn<TValues, TKeys, TText>(
        IEnumerable<TValues> values,
        Optional<IEnumerable<TKeys>> Keys = default,
        Optional<string> Name = default,
        Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default,
        Optional<IEnumerable<double>> MultiOpacity = default,
        Optional<TText> Text = default,
        Optional<IEnumerable<TText>> MultiText = default,
        Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default,
        Optional<Line> MarkerOutline = default,
        Optional<StyleParam.PatternShape> MarkerPatternShape = default,
        Optional<IEnumerable<StyleParam.PatternShape>> MultiMarkerPatternShape = default,
        Optional<Pattern> MarkerPattern = default,
        Optional<Marker> Marker = default,
        Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default,
        Optional<IEnumerable<TValues>> MultiWidth = default,
        Optional<bool> UseDefaults = default,
        Optional<TValues> Base = default,
        Optional<TValues> Width = default)
        where TValues : IConvertible
        where TKeys : IConvertible
        where TText : IConvertible =>
        Bars(
            UseDefaults.Or(true), stacked: true, StyleParam.Orientation.Vertical,
            ("name", Name.OrNull()), ("showlegend", ShowLegend.OrNull()), ("x", Keys.OrNull()), ("y", values),
            ("opacity", Opacity.OrNull()), ("text", Text.OrNull() ?? MultiText.OrNull()),
            ("textposition", TextPosition.OrNull() ?? MultiTextPosition.OrNull()),
            ("marker", Marker.OrNull()), ("marker.line", MarkerOutline.OrNull()), ("marker.pattern", MarkerPattern.OrNull()),
            ("marker.opacity", MultiOpacity.OrNull()), ("marker.color", MarkerColor.OrNull()),
            ("marker.colorscale", MarkerColorScale.OrNull()),
            ("marker.pattern.shape", MarkerPatternShape.OrNull() ?? MultiMarkerPatternShape.OrNull()),
            ("base", Base.OrNull()), ("width", Width.OrNull() ?? MultiWidth.OrNull()));

    private static GenericChart Bars(
        bool useDefaults, bool stacked, StyleParam.Orientation orientation, params ReadOnlySpan<(string Path, object? Value)> values)
    {
        var chart = GenericChart.Of(useDefaults, Trace("bar", [.. values, ("orientation", orientation.Convert())]));
        return stacked ? chart.WithLayout(layout => Json.Set(layout, "barmode", "stack")) : chart;
    }
}
