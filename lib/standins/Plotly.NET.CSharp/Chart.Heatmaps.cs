using System.Text.Json.Nodes;

namespace Plotly.NET.CSharp;

// Charts of a matrix of values.
public static partial class Chart
{
    /// <summary>A matrix as colours, its first row at the bottom unless the y axis is reversed.</summary>
    public static GenericChart Heatmap<TZ, TX, TY, TText>(
        IEnumerable<IEnumerable<TZ>> zData,
        Optional<string> Name = default,
        Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default,
        Optional<IEnumerable<TX>> X = default,
        Optional<int> XGap = default,
        Optional<IEnumerable<TY>> Y = default,
        Optional<int> YGap = default,
        Optional<TText> Text = default,
        Optional<IEnumerable<TText>> MultiText = default,
        Optional<ColorBar> ColorBar = default,
        Optional<StyleParam.Colorscale> ColorScale = default,
        Optional<bool> ShowScale = default,
        Optional<bool> ReverseScale = default,
        Optional<StyleParam.SmoothAlg> ZSmooth = default,
        Optional<bool> Transpose = default,
        Optional<bool> UseWebGL = default,
        Optional<bool> ReverseYAxis = default,
        Optional<bool> UseDefaults = default)
        where TZ : IConvertible
        where TX : IConvertible
        where TY : IConvertible
        where TText : IConvertible =>
        ReversedWhen(ReverseYAxis.Or(false), GenericChart.Of(UseDefaults.Or(true), Trace(
            "heatmap",
            ("name", Name.OrNull()), ("showlegend", ShowLegend.OrNull()), ("z", zData), ("x", X.OrNull()), ("y", Y.OrNull()),
            ("opacity", Opacity.OrNull()), ("xgap", XGap.OrNull()), ("ygap", YGap.OrNull()), ("text", Text.OrNull() ?? MultiText.OrNull()),
            ("colorbar", ColorBar.OrNull()), ("colorscale", ColorScale.OrNull()), ("showscale", ShowScale.OrNull()),
            ("reversescale", ReverseScale.OrNull()), ("zsmooth", ZSmooth.OrNull()), ("transpose", Transpose.OrNull()))));

    /// <summary>A matrix as colours with a text in every cell.</summary>
    public static GenericChart AnnotatedHeatmap<TZ, TX, TY, TText>(
        IEnumerable<IEnumerable<TZ>> zData,
        IEnumerable<IEnumerable<string>> annotationText,
        Optional<string> Name = default,
        Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default,
        Optional<IEnumerable<TX>> X = default,
        Optional<int> XGap = default,
        Optional<IEnumerable<TY>> Y = default,
        Optional<int> YGap = default,
        Optional<TText> Text = default,
        Optional<IEnumerable<TText>> MultiText = default,
        Optional<ColorBar> ColorBar = default,
        Optional<StyleParam.Colorscale> ColorScale = default,
        Optional<bool> ShowScale = default,
        Optional<bool> ReverseScale = default,
        Optional<StyleParam.SmoothAlg> ZSmooth = default,
        Optional<bool> Transpose = default,
        Optional<bool> UseWebGL = default,
        Optional<bool> ReverseYAxis = default,
        Optional<bool> UseDefaults = default)
        where TZ : IConvertible
        where TX : IConvertible
        where TY : IConvertible
        where TText : IConvertible =>
        Annotated(
            Heatmap(
                zData, Name, ShowLegend, Opacity, X, XGap, Y, YGap, Text, MultiText, ColorBar, ColorScale, ShowScale, ReverseScale, ZSmooth,
                Transpose, UseWebGL, ReverseYAxis, UseDefaults),
            annotationText);

    private static GenericChart ReversedWhen(bool reversed, GenericChart chart) =>
        reversed ? chart.WithLayout(layout => Json.Set(layout, "yaxis.autorange", "reversed")) : chart;

    private static GenericChart Annotated(GenericChart chart, IEnumerable<IEnumerable<string>> texts)
    {
        var annotations = texts.SelectMany((row, y) => row.Select((text, x) =>
            (JsonNode?)Json.Object(("x", x), ("y", y), ("text", text), ("showarrow", false))));
        return chart.WithLayout(layout => layout["annotations"] = new JsonArray([.. annotations]));
    }
}
