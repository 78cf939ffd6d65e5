using System.Text.Json.Nodes;
using Plotly.NET.TraceObjects;

namespace Plotly.NET.CSharp;

// Charts of points and lines: every one is a scatter trace with a mode of its own.
public static partial class Chart
{
    /// <summary>Points of two coordinates, drawn as the mode says.</summary>
    public static GenericChart Scatter<TX, TY, TText>(
        IEnumerable<TX> x,
        IEnumerable<TY> y,
        StyleParam.Mode mode,
        Optional<string> Name = default,
        Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default,
        Optional<IEnumerable<double>> MultiOpacity = default,
        Optional<TText> Text = default,
        Optional<IEnumerable<TText>> MultiText = default,
        Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default,
        Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default,
        Optional<Line> MarkerOutline = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<IEnumerable<StyleParam.MarkerSymbol>> MultiMarkerSymbol = default,
        Optional<Marker> Marker = default,
        Optional<Color> LineColor = default,
        Optional<StyleParam.Colorscale> LineColorScale = default,
        Optional<double> LineWidth = default,
        Optional<StyleParam.DrawingStyle> LineDash = default,
        Optional<Line> Line = default,
        Optional<string> StackGroup = default,
        Optional<StyleParam.Orientation> Orientation = default,
        Optional<StyleParam.GroupNorm> GroupNorm = default,
        Optional<StyleParam.Fill> Fill = default,
        Optional<Color> FillColor = default,
        Optional<bool> UseWebGL = default,
        Optional<bool> UseDefaults = default)
        where TX : IConvertible
        where TY : IConvertible
        where TText : IConvertible =>
        GenericChart.Of(UseDefaults.Or(true), Trace(
            UseWebGL.Or(false) ? "scattergl" : "scatter",
            ("name", Name.OrNull()), ("showlegend", ShowLegend.OrNull()), ("mode", mode.Convert()), ("x", x), ("y", y),
            ("opacity", Opacity.OrNull()),
            ("text", Text.OrNull() ?? MultiText.OrNull()),
            ("textposition", TextPosition.OrNull() ?? MultiTextPosition.OrNull()),
            ("marker", Marker.OrNull()), ("marker.line", MarkerOutline.OrNull()),
            ("marker.opacity", MultiOpacity.OrNull()), ("marker.color", MarkerColor.OrNull()),
            ("marker.colorscale", MarkerColorScale.OrNull()),
            ("marker.symbol", MarkerSymbol.OrNull() ?? MultiMarkerSymbol.OrNull()),
            ("line", Line.OrNull()), ("line.color", LineColor.OrNull()), ("line.colorscale", LineColorScale.OrNull()),
            ("line.width", LineWidth.OrNull()), ("line.dash", LineDash.OrNull()),
            ("stackgroup", StackGroup.OrNull()), ("orientation", Orientation.OrNull()),
            ("groupnorm", GroupNorm.OrNull()), ("fill", Fill.OrNull()), ("fillcolor", FillColor.OrNull())));

    /// <summary>Points alone.</summary>
    public static GenericChart Point<TX, TY, TText>(
        IEnumerable<TX> x,
        IEnumerable<TY> y,
        Optional<string> Name = default,
        Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default,
        Optional<IEnumerable<double>> MultiOpacity = default,
        Optional<TText> Text = default,
        Optional<IEnumerable<TText>> MultiText = default,
        Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default,
        Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default,
        Optional<Line> MarkerOutline = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<IEnumerable<StyleParam.MarkerSymbol>> MultiMarkerSymbol = default,
        Optional<Marker> Marker = default,
        Optional<string> StackGroup = default,
        Optional<StyleParam.Orientation> Orientation = default,
        Optional<StyleParam.GroupNorm> GroupNorm = default,
        Optional<bool> UseWebGL = default,
        Optional<bool> UseDefaults = default)
        where TX : IConvertible
        where TY : IConvertible
        where TText : IConvertible =>
        Scatter(
            x, y, TextPosition.IsSome ? StyleParam.Mode.Markers_Text : StyleParam.Mode.Markers,
            Name, ShowLegend, Opacity, MultiOpacity, Text, MultiText, TextPosition, MultiTextPosition, MarkerColor, MarkerColorScale,
            MarkerOutline, MarkerSymbol, MultiMarkerSymbol, Marker, StackGroup: StackGroup, Orientation: Orientation, GroupNorm: GroupNorm,
            UseWebGL: UseWebGL, UseDefaults: UseDefaults);

    /// <summary>Points joined by a line; the points themselves show with <c>ShowMarkers: true</c>.</summary>
    public static GenericChart Line<TX, TY, TText>(
        IEnumerable<TX> x,
        IEnumerable<TY> y,
        Optional<bool> ShowMarkers = default,
        Optional<string> Name = default,
        Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default,
        Optional<IEnumerable<double>> MultiOpacity = default,
        Optional<TText> Text = default,
        Optional<IEnumerable<TText>> MultiText = default,
        Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default,
        Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default,
        Optional<Line> MarkerOutline = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<IEnumerable<StyleParam.MarkerSymbol>> MultiMarkerSymbol = default,
        Optional<Marker> Marker = default,
        Optional<Color> LineColor = default,
        Optional<StyleParam.Colorscale> LineColorScale = default,
        Optional<double> LineWidth = default,
        Optional<StyleParam.DrawingStyle> LineDash = default,
        Optional<Line> Line = default,
        Optional<string> StackGroup = default,
        Optional<StyleParam.Orientation> Orientation = default,
        Optional<StyleParam.GroupNorm> GroupNorm = default,
        Optional<StyleParam.Fill> Fill = default,
        Optional<Color> FillColor = default,
        Optional<bool> UseWebGL = default,
        Optional<bool> UseDefaults = default)
        where TX : IConvertible
        where TY : IConvertible
        where TText : IConvertible =>
        Scatter(
            x, y, LineMode(StyleParam.Mode.Lines, ShowMarkers.Or(false), TextPosition.IsSome),
            Name, ShowLegend, Opacity, MultiOpacity, Text, MultiText, TextPosition, MultiTextPosition, MarkerColor, MarkerColorScale,
            MarkerOutline, MarkerSymbol, MultiMarkerSymbol, Marker, LineColor, LineColorScale, LineWidth, LineDash, Line, StackGroup,
            Orientation, GroupNorm, Fill, FillColor, UseWebGL, UseDefaults);

    /// <summary>A line between a lower and an upper one, the space between them filled: three traces in one legend group.</summary>
    public static GenericChart Range<TX, TY, TText>(
        IEnumerable<TX> x,
        IEnumerable<TY> y,
        IEnumerable<TY> upper,
        IEnumerable<TY> lower,
        StyleParam.Mode mode,
        Optional<string> Name = default,
        Optional<string> GroupName = default,
        Optional<bool> ShowMarkers = default,
        Optional<bool> ShowLegend = default,
        Optional<TText> Text = default,
        Optional<IEnumerable<TText>> MultiText = default,
        Optional<StyleParam.TextPosition> TextPosition = default,
        Optional<IEnumerable<StyleParam.TextPosition>> MultiTextPosition = default,
        Optional<Color> MarkerColor = default,
        Optional<StyleParam.Colorscale> MarkerColorScale = default,
        Optional<Line> MarkerOutline = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<IEnumerable<StyleParam.MarkerSymbol>> MultiMarkerSymbol = default,
        Optional<Marker> Marker = default,
        Optional<Marker> UpperMarker = default,
        Optional<Marker> LowerMarker = default,
        Optional<Color> LineColor = default,
        Optional<StyleParam.Colorscale> LineColorScale = default,
        Optional<double> LineWidth = default,
        Optional<StyleParam.DrawingStyle> LineDash = default,
        Optional<Line> Line = default,
        Optional<Line> UpperLine = default,
        Optional<Line> LowerLine = default,
        Optional<Color> RangeColor = default,
        Optional<TText> UpperText = default,
        Optional<IEnumerable<TText>> MultiUpperText = default,
        Optional<TText> LowerText = default,
        Optional<IEnumerable<TText>> MultiLowerText = default,
        Optional<Font> TextFont = default,
        Optional<string> LowerName = default,
        Optional<string> UpperName = default,
        Optional<bool> UseDefaults = default)
        where TX : IConvertible
        where TY : IConvertible
        where TText : IConvertible
    {
        var useDefaults = UseDefaults.Or(true);
        var group = GroupName.Or("Range");
        var drawn = LineMode(mode, ShowMarkers.Or(false), TextPosition.IsSome || TextFont.IsSome);
        var middle = Scatter(
            x, y, drawn, Name, ShowLegend, Opacity: default, MultiOpacity: default, Text, MultiText, TextPosition, MultiTextPosition,
            MarkerColor, MarkerColorScale, MarkerOutline, MarkerSymbol, MultiMarkerSymbol, Marker, LineColor, LineColorScale, LineWidth,
            LineDash, Line, UseDefaults: useDefaults);
        return GenericChart.combine([
            GenericChart.Of(
                useDefaults,
                Bound(
                    LowerName.Or("lower"), lower, fill: null, LowerText.OrNull() ?? MultiLowerText.OrNull(), LowerMarker.OrNull(),
                    LowerLine.OrNull()),
                Bound(
                    UpperName.Or("upper"), upper, StyleParam.Fill.ToNext_y, UpperText.OrNull() ?? MultiUpperText.OrNull(),
                    UpperMarker.OrNull(), UpperLine.OrNull())),
            middle.WithTraces(trace =>
                Json.Merge(trace, Json.Object(("legendgroup", group), ("legendgrouptitle.text", group)))),
        ]);

        JsonObject Bound(
            string name, IEnumerable<TY> values, StyleParam.Fill? fill, object? text, object? boundMarker, object? boundLine) => Trace(
            "scatter",
            ("name", name), ("showlegend", ShowLegend.Or(true)), ("legendgroup", group), ("mode", drawn.Convert()), ("x", x), ("y", values),
            ("text", text), ("textposition", TextPosition.OrNull()), ("textfont", TextFont.OrNull()),
            ("fill", fill), ("fillcolor", RangeColor.OrNull()), ("marker", boundMarker), ("line", boundLine),
            ("marker.color", boundMarker is null ? RangeColor.Or(Color.fromString("rgba(0,0,0,0.5)")) : null));
    }
}
