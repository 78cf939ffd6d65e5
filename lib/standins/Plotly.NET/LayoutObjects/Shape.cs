using System.Text.Json.Nodes;
using Microsoft.FSharp.Core;

namespace Plotly.NET.LayoutObjects;

/// <summary>A line, rectangle, ellipse or path that lies over or under the traces.</summary>
public sealed class Shape : IJsonObject
{
    private Shape(JsonObject properties) => Properties = properties;

    internal JsonObject Properties { get; }

    JsonObject IJsonObject.Properties => Properties;

    /// <summary>A shape with what is given; plotly.js decides the rest.</summary>
    public static Shape init<TX0, TX1, TY0, TY1>(
        FSharpOption<bool>? Editable = null,
        FSharpOption<Color>? FillColor = null,
        FSharpOption<StyleParam.FillRule>? FillRule = null,
        FSharpOption<ShapeLabel>? Label = null,
        FSharpOption<bool>? ShowLegend = null,
        FSharpOption<StyleParam.SubPlotId>? Legend = null,
        FSharpOption<int>? LegendRank = null,
        FSharpOption<string>? LegendGroup = null,
        FSharpOption<Title>? LegendGroupTitle = null,
        FSharpOption<double>? LegendWidth = null,
        FSharpOption<StyleParam.Layer>? Layer = null,
        FSharpOption<Line>? Line = null,
        FSharpOption<string>? Name = null,
        FSharpOption<double>? Opacity = null,
        FSharpOption<string>? Path = null,
        FSharpOption<string>? TemplateItemName = null,
        FSharpOption<StyleParam.ShapeType>? ShapeType = null,
        FSharpOption<bool>? Visible = null,
        FSharpOption<TX0>? X0 = null,
        FSharpOption<TX1>? X1 = null,
        FSharpOption<StyleParam.LinearAxisId>? XAnchor = null,
        FSharpOption<string>? Xref = null,
        FSharpOption<StyleParam.ShapeSizeMode>? XSizeMode = null,
        FSharpOption<TY0>? Y0 = null,
        FSharpOption<TY1>? Y1 = null,
        FSharpOption<StyleParam.LinearAxisId>? YAnchor = null,
        FSharpOption<string>? Yref = null,
        FSharpOption<StyleParam.ShapeSizeMode>? YSizeMode = null)
        where TX0 : IConvertible
        where TX1 : IConvertible
        where TY0 : IConvertible
        where TY1 : IConvertible =>
        new(Json.Object(
            ("editable", Editable.OrNull()), ("fillcolor", FillColor.OrNull()), ("fillrule", FillRule.OrNull()),
            ("label", Label.OrNull()), ("showlegend", ShowLegend.OrNull()), ("legend", Legend.OrNull()),
            ("legendrank", LegendRank.OrNull()), ("legendgroup", LegendGroup.OrNull()),
            ("legendgrouptitle", LegendGroupTitle.OrNull()), ("legendwidth", LegendWidth.OrNull()), ("layer", Layer.OrNull()),
            ("line", Line.OrNull()), ("name", Name.OrNull()), ("opacity", Opacity.OrNull()), ("path", Path.OrNull()),
            ("templateitemname", TemplateItemName.OrNull()), ("type", ShapeType.OrNull()), ("visible", Visible.OrNull()),
            ("x0", X0.OrNull()), ("x1", X1.OrNull()), ("xanchor", XAnchor.OrNull()), ("xref", Xref.OrNull()),
            ("xsizemode", XSizeMode.OrNull()), ("y0", Y0.OrNull()), ("y1", Y1.OrNull()), ("yanchor", YAnchor.OrNull()),
            ("yref", Yref.OrNull()), ("ysizemode", YSizeMode.OrNull())));
}
