using Plotly.NET.LayoutObjects;

namespace Plotly.NET.CSharp;

/// <summary>The fluent calls: each returns a new chart.</summary>
public static class GenericChartExtensions
{
    /// <summary>Names every trace of the chart and says how it stands in the legend.</summary>
    public static GenericChart WithTraceInfo(
        this GenericChart gChart,
        Optional<string> Name = default,
        Optional<StyleParam.Visible> Visible = default,
        Optional<bool> ShowLegend = default,
        Optional<int> LegendRank = default,
        Optional<string> LegendGroup = default,
        Optional<Title> LegendGroupTitle = default) =>
        gChart.WithTraces(trace => Json.Merge(trace, Json.Object(
            ("name", Name.OrNull()), ("visible", Visible.OrNull()), ("showlegend", ShowLegend.OrNull()),
            ("legendrank", LegendRank.OrNull()), ("legendgroup", LegendGroup.OrNull()), ("legendgrouptitle", LegendGroupTitle.OrNull()))));

    /// <summary>Sets width and height in pixels.</summary>
    public static GenericChart WithSize(
        this GenericChart gChart,
        Optional<int> Width = default,
        Optional<int> Height = default) =>
        gChart.WithLayout(layout => Json.Merge(layout, Json.Object(("width", Width.OrNull()), ("height", Height.OrNull()))));

    /// <summary>Sets title, scale, range and looks of an x axis, the first unless an id is given.</summary>
    public static GenericChart WithXAxisStyle<TMin, TMax, TCategory>(
        this GenericChart gChart,
        Optional<string> TitleText = default,
        Optional<Font> TitleFont = default,
        Optional<int> TitleStandoff = default,
        Optional<Title> Title = default,
        Optional<Color> Color = default,
        Optional<StyleParam.AxisType> AxisType = default,
        Optional<Tuple<TMin, TMax>> MinMax = default,
        Optional<StyleParam.Mirror> Mirror = default,
        Optional<bool> ShowSpikes = default,
        Optional<Color> SpikeColor = default,
        Optional<int> SpikeThickness = default,
        Optional<bool> ShowLine = default,
        Optional<Color> LineColor = default,
        Optional<bool> ShowGrid = default,
        Optional<Color> GridColor = default,
        Optional<bool> ZeroLine = default,
        Optional<Color> ZeroLineColor = default,
        Optional<StyleParam.LinearAxisId> Anchor = default,
        Optional<StyleParam.Side> Side = default,
        Optional<StyleParam.LinearAxisId> Overlaying = default,
        Optional<Tuple<double, double>> Domain = default,
        Optional<double> Position = default,
        Optional<StyleParam.CategoryOrder> CategoryOrder = default,
        Optional<IEnumerable<TCategory>> CategoryArray = default,
        Optional<RangeSlider> RangeSlider = default,
        Optional<RangeSelector> RangeSelector = default,
        Optional<Color> BackgroundColor = default,
        Optional<bool> ShowBackground = default,
        Optional<StyleParam.SubPlotId> Id = default)
        where TMin : IConvertible
        where TMax : IConvertible
        where TCategory : IConvertible =>
        gChart.WithLayout(layout => Json.Merge(layout, Json.Object((
            Id.Value?.Convert() as string ?? "xaxis",
            Json.Object(
                ("title", Title.OrNull()), ("title.text", TitleText.OrNull()), ("title.font", TitleFont.OrNull()),
                ("title.standoff", TitleStandoff.OrNull()), ("color", Color.OrNull()), ("type", AxisType.OrNull()),
                ("range", MinMax.Value is { } minMax ? new object[] { minMax.Item1, minMax.Item2 } : null),
                ("mirror", Mirror.OrNull()),
                ("showspikes", ShowSpikes.OrNull()), ("spikecolor", SpikeColor.OrNull()), ("spikethickness", SpikeThickness.OrNull()),
                ("showline", ShowLine.OrNull()), ("linecolor", LineColor.OrNull()), ("showgrid", ShowGrid.OrNull()),
                ("gridcolor", GridColor.OrNull()), ("zeroline", ZeroLine.OrNull()), ("zerolinecolor", ZeroLineColor.OrNull()),
                ("anchor", Anchor.OrNull()), ("side", Side.OrNull()),
                ("overlaying", Overlaying.OrNull()),
                ("domain", Domain.Value is { } domain ? new[] { domain.Item1, domain.Item2 } : null),
                ("position", Position.OrNull()), ("categoryorder", CategoryOrder.OrNull()),
                ("categoryarray", CategoryArray.OrNull()), ("backgroundcolor", BackgroundColor.OrNull()),
                ("showbackground", ShowBackground.OrNull()))))));

    /// <summary>Sets title, scale, range and looks of a y axis, the first unless an id is given.</summary>
    public static GenericChart WithYAxisStyle<TMin, TMax, TCategory>(
        this GenericChart gChart,
        Optional<string> TitleText = default,
        Optional<Font> TitleFont = default,
        Optional<int> TitleStandoff = default,
        Optional<Title> Title = default,
        Optional<Color> Color = default,
        Optional<StyleParam.AxisType> AxisType = default,
        Optional<Tuple<TMin, TMax>> MinMax = default,
        Optional<StyleParam.Mirror> Mirror = default,
        Optional<bool> ShowSpikes = default,
        Optional<Color> SpikeColor = default,
        Optional<int> SpikeThickness = default,
        Optional<bool> ShowLine = default,
        Optional<Color> LineColor = default,
        Optional<bool> ShowGrid = default,
        Optional<Color> GridColor = default,
        Optional<bool> ZeroLine = default,
        Optional<Color> ZeroLineColor = default,
        Optional<StyleParam.LinearAxisId> Anchor = default,
        Optional<StyleParam.Side> Side = default,
        Optional<StyleParam.LinearAxisId> Overlaying = default,
        Optional<Tuple<double, double>> Domain = default,
        Optional<double> Position = default,
        Optional<StyleParam.CategoryOrder> CategoryOrder = default,
        Optional<IEnumerable<TCategory>> CategoryArray = default,
        Optional<RangeSlider> RangeSlider = default,
        Optional<RangeSelector> RangeSelector = default,
        Optional<Color> BackgroundColor = default,
        Optional<bool> ShowBackground = default,
        Optional<StyleParam.SubPlotId> Id = default)
        where TMin : IConvertible
        where TMax : IConvertible
        where TCategory : IConvertible =>
        gChart.WithLayout(layout => Json.Merge(layout, Json.Object((
            Id.Value?.Convert() as string ?? "yaxis",
            Json.Object(
                ("title", Title.OrNull()), ("title.text", TitleText.OrNull()), ("title.font", TitleFont.OrNull()),
                ("title.standoff", TitleStandoff.OrNull()), ("color", Color.OrNull()), ("type", AxisType.OrNull()),
                ("range", MinMax.Value is { } minMax ? new object[] { minMax.Item1, minMax.Item2 } : null),
                ("mirror", Mirror.OrNull()),
                ("showspikes", ShowSpikes.OrNull()), ("spikecolor", SpikeColor.OrNull()), ("spikethickness", SpikeThickness.OrNull()),
                ("showline", ShowLine.OrNull()), ("linecolor", LineColor.OrNull()), ("showgrid", ShowGrid.OrNull()),
                ("gridcolor", GridColor.OrNull()), ("zeroline", ZeroLine.OrNull()), ("zerolinecolor", ZeroLineColor.OrNull()),
                ("anchor", Anchor.OrNull()), ("side", Side.OrNull()),
                ("overlaying", Overlaying.OrNull()),
                ("domain", Domain.Value is { } domain ? new[] { domain.Item1, domain.Item2 } : null),
                ("position", Position.OrNull()), ("categoryorder", CategoryOrder.OrNull()),
                ("categoryarray", CategoryArray.OrNull()), ("backgroundcolor", BackgroundColor.OrNull()),
                ("showbackground", ShowBackground.OrNull()))))));

    /// <summary>Sets place and looks of the legend.</summary>
    public static GenericChart WithLegendStyle(
        this GenericChart gChart,
        Optional<Color> BGColor = default,
        Optional<Color> BorderColor = default,
        Optional<double> BorderWidth = default,
        Optional<double> EntryWidth = default,
        Optional<StyleParam.EntryWidthMode> EntryWidthMode = default,
        Optional<Font> Font = default,
        Optional<StyleParam.TraceGroupClickOptions> GroupClick = default,
        Optional<Font> GroupTitleFont = default,
        Optional<StyleParam.TraceItemClickOptions> ItemClick = default,
        Optional<StyleParam.TraceItemClickOptions> ItemDoubleClick = default,
        Optional<StyleParam.TraceItemSizing> ItemSizing = default,
        Optional<int> ItemWidth = default,
        Optional<StyleParam.Orientation> Orientation = default,
        Optional<Title> Title = default,
        Optional<double> TraceGroupGap = default,
        Optional<StyleParam.TraceOrder> TraceOrder = default,
        Optional<string> UIRevision = default,
        Optional<StyleParam.VerticalAlign> VerticalAlign = default,
        Optional<double> X = default,
        Optional<StyleParam.XAnchorPosition> XAnchor = default,
        Optional<double> Y = default,
        Optional<StyleParam.YAnchorPosition> YAnchor = default) =>
        gChart.WithLayout(layout => Json.Merge(layout, Json.Object(("legend", Json.Object(
            ("bgcolor", BGColor.OrNull()), ("bordercolor", BorderColor.OrNull()), ("borderwidth", BorderWidth.OrNull()),
            ("entrywidth", EntryWidth.OrNull()), ("entrywidthmode", EntryWidthMode.OrNull()), ("font", Font.OrNull()),
            ("groupclick", GroupClick.OrNull()), ("grouptitlefont", GroupTitleFont.OrNull()),
            ("itemclick", ItemClick.OrNull()), ("itemdoubleclick", ItemDoubleClick.OrNull()),
            ("itemsizing", ItemSizing.OrNull()), ("itemwidth", ItemWidth.OrNull()),
            ("orientation", Orientation.OrNull()), ("title", Title.OrNull()), ("tracegroupgap", TraceGroupGap.OrNull()),
            ("traceorder", TraceOrder.OrNull()), ("uirevision", UIRevision.OrNull()),
            ("valign", VerticalAlign.OrNull()), ("x", X.OrNull()), ("xanchor", XAnchor.OrNull()),
            ("y", Y.OrNull()), ("yanchor", YAnchor.OrNull()))))));
}
