using Plotly.NET.LayoutObjects;
using Plotly.NET.TraceObjects;

namespace Plotly.NET.CSharp;

// Charts of samples.
public static partial class Chart
{
    /// <summary>How often values fall into each of a number of bins.</summary>
    public static GenericChart Histogram<TX, TY, TText>(
        Optional<IEnumerable<TX>> X = default,
        Optional<IEnumerable<TY>> Y = default,
        Optional<StyleParam.Orientation> Orientation = default,
        Optional<string> Name = default,
        Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default,
        Optional<TText> Text = default,
        Optional<IEnumerable<TText>> MultiText = default,
        Optional<StyleParam.HistFunc> HistFunc = default,
        Optional<StyleParam.HistNorm> HistNorm = default,
        Optional<string> AlignmentGroup = default,
        Optional<string> OffsetGroup = default,
        Optional<int> NBinsX = default,
        Optional<int> NBinsY = default,
        Optional<string> BinGroup = default,
        Optional<Bins> XBins = default,
        Optional<Bins> YBins = default,
        Optional<Color> MarkerColor = default,
        Optional<Marker> Marker = default,
        Optional<Line> Line = default,
        Optional<Error> XError = default,
        Optional<Error> YError = default,
        Optional<Cumulative> Cumulative = default,
        Optional<Hoverlabel> HoverLabel = default,
        Optional<bool> UseDefaults = default)
        where TX : IConvertible
        where TY : IConvertible
        where TText : IConvertible =>
        GenericChart.Of(UseDefaults.Or(true), Trace(
            "histogram",
            ("name", Name.OrNull()), ("showlegend", ShowLegend.OrNull()), ("x", X.OrNull()), ("y", Y.OrNull()),
            ("orientation", Orientation.OrNull()), ("opacity", Opacity.OrNull()),
            ("text", Text.OrNull() ?? MultiText.OrNull()), ("histfunc", HistFunc.OrNull()),
            ("histnorm", HistNorm.OrNull()), ("alignmentgroup", AlignmentGroup.OrNull()),
            ("offsetgroup", OffsetGroup.OrNull()), ("nbinsx", NBinsX.OrNull()), ("nbinsy", NBinsY.OrNull()),
            ("bingroup", BinGroup.OrNull()), ("xbins", XBins.OrNull()), ("ybins", YBins.OrNull()), ("marker", Marker.OrNull()),
            ("marker.color", MarkerColor.OrNull()), ("marker.line", Line.OrNull()), ("error_x", XError.OrNull()),
            ("error_y", YError.OrNull())));

    /// <summary>Median, quartiles and whiskers of samples.</summary>
    public static GenericChart BoxPlot<TX, TY, TText>(
        Optional<IEnumerable<TX>> X = default,
        Optional<IEnumerable<TY>> Y = default,
        Optional<string> Name = default,
        Optional<bool> ShowLegend = default,
        Optional<TText> Text = default,
        Optional<IEnumerable<TText>> MultiText = default,
        Optional<Color> FillColor = default,
        Optional<Color> MarkerColor = default,
        Optional<Marker> Marker = default,
        Optional<double> Opacity = default,
        Optional<double> WhiskerWidth = default,
        Optional<StyleParam.BoxPoints> BoxPoints = default,
        Optional<StyleParam.BoxMean> BoxMean = default,
        Optional<double> Jitter = default,
        Optional<double> PointPos = default,
        Optional<StyleParam.Orientation> Orientation = default,
        Optional<Color> OutlineColor = default,
        Optional<double> OutlineWidth = default,
        Optional<Line> Outline = default,
        Optional<string> AlignmentGroup = default,
        Optional<string> OffsetGroup = default,
        Optional<bool> Notched = default,
        Optional<double> NotchWidth = default,
        Optional<StyleParam.QuartileMethod> QuartileMethod = default,
        Optional<bool> UseDefaults = default)
        where TX : IConvertible
        where TY : IConvertible
        where TText : IConvertible =>
        GenericChart.Of(UseDefaults.Or(true), Trace(
            "box",
            ("name", Name.OrNull()), ("showlegend", ShowLegend.OrNull()), ("x", X.OrNull()), ("y", Y.OrNull()),
            ("text", Text.OrNull() ?? MultiText.OrNull()), ("fillcolor", FillColor.OrNull()), ("marker", Marker.OrNull()),
            ("marker.color", MarkerColor.OrNull()),
            ("opacity", Opacity.OrNull()), ("whiskerwidth", WhiskerWidth.OrNull()), ("boxpoints", BoxPoints.OrNull()),
            ("boxmean", BoxMean.OrNull()), ("jitter", Jitter.OrNull()), ("pointpos", PointPos.OrNull()),
            ("orientation", Orientation.OrNull()), ("line", Outline.OrNull()), ("line.color", OutlineColor.OrNull()),
            ("line.width", OutlineWidth.OrNull()), ("alignmentgroup", AlignmentGroup.OrNull()), ("offsetgroup", OffsetGroup.OrNull()),
            ("notched", Notched.OrNull()), ("notchwidth", NotchWidth.OrNull()),
            ("quartilemethod", QuartileMethod.OrNull())));

    /// <summary>Where samples lie densely: a smoothed distribution on each side of an axis.</summary>
    public static GenericChart Violin<TX, TY, TText>(
        Optional<IEnumerable<TX>> X = default,
        Optional<IEnumerable<TY>> Y = default,
        Optional<string> Name = default,
        Optional<bool> ShowLegend = default,
        Optional<TText> Text = default,
        Optional<IEnumerable<TText>> MultiText = default,
        Optional<Color> FillColor = default,
        Optional<double> Opacity = default,
        Optional<StyleParam.BoxPoints> Points = default,
        Optional<double> Jitter = default,
        Optional<double> PointPos = default,
        Optional<StyleParam.Orientation> Orientation = default,
        Optional<double> Width = default,
        Optional<Color> MarkerColor = default,
        Optional<Marker> Marker = default,
        Optional<Color> OutlineColor = default,
        Optional<double> OutlineWidth = default,
        Optional<Line> Outline = default,
        Optional<string> AlignmentGroup = default,
        Optional<string> OffsetGroup = default,
        Optional<bool> ShowBox = default,
        Optional<double> BoxWidth = default,
        Optional<Color> BoxFillColor = default,
        Optional<Box> Box = default,
        Optional<double> BandWidth = default,
        Optional<MeanLine> MeanLine = default,
        Optional<string> ScaleGroup = default,
        Optional<StyleParam.ScaleMode> ScaleMode = default,
        Optional<StyleParam.ViolinSide> Side = default,
        Optional<StyleParam.Range> Span = default,
        Optional<StyleParam.SpanMode> SpanMode = default,
        Optional<bool> UseDefaults = default)
        where TX : IConvertible
        where TY : IConvertible
        where TText : IConvertible =>
        GenericChart.Of(UseDefaults.Or(true), Trace(
            "violin",
            ("name", Name.OrNull()), ("showlegend", ShowLegend.OrNull()), ("x", X.OrNull()), ("y", Y.OrNull()),
            ("text", Text.OrNull() ?? MultiText.OrNull()), ("fillcolor", FillColor.OrNull()), ("opacity", Opacity.OrNull()),
            ("points", Points.OrNull()), ("jitter", Jitter.OrNull()), ("pointpos", PointPos.OrNull()),
            ("orientation", Orientation.OrNull()), ("width", Width.OrNull()), ("marker", Marker.OrNull()),
            ("marker.color", MarkerColor.OrNull()), ("line", Outline.OrNull()), ("line.color", OutlineColor.OrNull()),
            ("line.width", OutlineWidth.OrNull()), ("alignmentgroup", AlignmentGroup.OrNull()), ("offsetgroup", OffsetGroup.OrNull()),
            ("box", Box.OrNull()), ("box.visible", ShowBox.OrNull()), ("box.width", BoxWidth.OrNull()),
            ("box.fillcolor", BoxFillColor.OrNull()), ("bandwidth", BandWidth.OrNull()), ("meanline", MeanLine.OrNull()),
            ("scalegroup", ScaleGroup.OrNull()), ("scalemode", ScaleMode.OrNull()), ("side", Side.OrNull()), ("span", Span.OrNull()),
            ("spanmode", SpanMode.OrNull())));
}
