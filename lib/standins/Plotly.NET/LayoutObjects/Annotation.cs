using System.Text.Json.Nodes;
using Microsoft.FSharp.Core;

namespace Plotly.NET.LayoutObjects;

/// <summary>A text at a place of the chart, with or without an arrow.</summary>
public sealed class Annotation : IJsonObject
{
    private Annotation(JsonObject properties) => Properties = properties;

    internal JsonObject Properties { get; }

    JsonObject IJsonObject.Properties => Properties;

    /// <summary>An annotation with what is given; plotly.js decides the rest.</summary>
    public static Annotation init<TX, TY, TAX, TAXRef, TAY, TAYRef, TXClick, TXRef, TYClick, TYRef>(
        FSharpOption<TX>? X = null,
        FSharpOption<TY>? Y = null,
        FSharpOption<StyleParam.AnnotationAlignment>? Align = null,
        FSharpOption<Color>? ArrowColor = null,
        FSharpOption<StyleParam.ArrowHead>? ArrowHead = null,
        FSharpOption<StyleParam.ArrowSide>? ArrowSide = null,
        FSharpOption<double>? ArrowSize = null,
        FSharpOption<TAX>? AX = null,
        FSharpOption<TAXRef>? AXRef = null,
        FSharpOption<TAY>? AY = null,
        FSharpOption<TAYRef>? AYRef = null,
        FSharpOption<Color>? BGColor = null,
        FSharpOption<Color>? BorderColor = null,
        FSharpOption<int>? BorderPad = null,
        FSharpOption<int>? BorderWidth = null,
        FSharpOption<bool>? CaptureEvents = null,
        FSharpOption<StyleParam.ClickToShow>? ClickToShow = null,
        FSharpOption<Font>? Font = null,
        FSharpOption<int>? Height = null,
        FSharpOption<Hoverlabel>? HoverLabel = null,
        FSharpOption<string>? HoverText = null,
        FSharpOption<string>? Name = null,
        FSharpOption<double>? Opacity = null,
        FSharpOption<bool>? ShowArrow = null,
        FSharpOption<int>? StandOff = null,
        FSharpOption<int>? StartArrowHead = null,
        FSharpOption<double>? StartArrowSize = null,
        FSharpOption<int>? StartStandOff = null,
        FSharpOption<string>? TemplateItemName = null,
        FSharpOption<string>? Text = null,
        FSharpOption<double>? TextAngle = null,
        FSharpOption<StyleParam.VerticalAlign>? VAlign = null,
        FSharpOption<bool>? Visible = null,
        FSharpOption<int>? Width = null,
        FSharpOption<StyleParam.XAnchorPosition>? XAnchor = null,
        FSharpOption<TXClick>? XClick = null,
        FSharpOption<TXRef>? XRef = null,
        FSharpOption<int>? XShift = null,
        FSharpOption<StyleParam.YAnchorPosition>? YAnchor = null,
        FSharpOption<TYClick>? YClick = null,
        FSharpOption<TYRef>? YRef = null,
        FSharpOption<int>? YShift = null)
        where TX : IConvertible
        where TY : IConvertible
        where TAX : IConvertible
        where TAXRef : IConvertible
        where TAY : IConvertible
        where TAYRef : IConvertible
        where TXClick : IConvertible
        where TXRef : IConvertible
        where TYClick : IConvertible
        where TYRef : IConvertible =>
        new(Json.Object(
            ("x", X.OrNull()), ("y", Y.OrNull()), ("align", Align.OrNull()), ("arrowcolor", ArrowColor.OrNull()),
            ("arrowhead", ArrowHead.OrNull()), ("arrowside", ArrowSide.OrNull()), ("arrowsize", ArrowSize.OrNull()), ("ax", AX.OrNull()),
            ("axref", AXRef.OrNull()), ("ay", AY.OrNull()), ("ayref", AYRef.OrNull()), ("bgcolor", BGColor.OrNull()),
            ("bordercolor", BorderColor.OrNull()), ("borderpad", BorderPad.OrNull()), ("borderwidth", BorderWidth.OrNull()),
            ("captureevents", CaptureEvents.OrNull()), ("clicktoshow", ClickToShow.OrNull()), ("font", Font.OrNull()),
            ("height", Height.OrNull()), ("hoverlabel", HoverLabel.OrNull()), ("hovertext", HoverText.OrNull()), ("name", Name.OrNull()),
            ("opacity", Opacity.OrNull()), ("showarrow", ShowArrow.OrNull()), ("standoff", StandOff.OrNull()),
            ("startarrowhead", StartArrowHead.OrNull()), ("startarrowsize", StartArrowSize.OrNull()),
            ("startstandoff", StartStandOff.OrNull()), ("templateitemname", TemplateItemName.OrNull()), ("text", Text.OrNull()),
            ("textangle", TextAngle.OrNull()), ("valign", VAlign.OrNull()), ("visible", Visible.OrNull()), ("width", Width.OrNull()),
            ("xanchor", XAnchor.OrNull()), ("xclick", XClick.OrNull()), ("xref", XRef.OrNull()), ("xshift", XShift.OrNull()),
            ("yanchor", YAnchor.OrNull()), ("yclick", YClick.OrNull()), ("yref", YRef.OrNull()), ("yshift", YShift.OrNull())));
}
