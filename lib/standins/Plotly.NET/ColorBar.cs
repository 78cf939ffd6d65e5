using System.Text.Json.Nodes;
using Microsoft.FSharp.Core;

namespace Plotly.NET;

/// <summary>The legend of a colour scale.</summary>
public sealed class ColorBar : IJsonObject
{
    private ColorBar(JsonObject properties) => Properties = properties;

    internal JsonObject Properties { get; }

    JsonObject IJsonObject.Properties => Properties;

    /// <summary>A colour bar with what is given; plotly.js decides the rest.</summary>
    public static ColorBar init<TTickText, TTickVals>(
        FSharpOption<Color>? BGColor = null,
        FSharpOption<Color>? BorderColor = null,
        FSharpOption<double>? BorderWidth = null,
        FSharpOption<IConvertible>? DTick = null,
        FSharpOption<StyleParam.ExponentFormat>? ExponentFormat = null,
        FSharpOption<DynamicObj.DynamicObj>? LabelAlias = null,
        FSharpOption<double>? Len = null,
        FSharpOption<StyleParam.UnitMode>? LenMode = null,
        FSharpOption<double>? MinExponent = null,
        FSharpOption<int>? NTicks = null,
        FSharpOption<StyleParam.Orientation>? Orientation = null,
        FSharpOption<Color>? OutlineColor = null,
        FSharpOption<double>? OutlineWidth = null,
        FSharpOption<bool>? SeparateThousands = null,
        FSharpOption<StyleParam.ShowExponent>? ShowExponent = null,
        FSharpOption<bool>? ShowTickLabels = null,
        FSharpOption<StyleParam.ShowTickOption>? ShowTickPrefix = null,
        FSharpOption<StyleParam.ShowTickOption>? ShowTickSuffix = null,
        FSharpOption<double>? Thickness = null,
        FSharpOption<StyleParam.UnitMode>? ThicknessMode = null,
        FSharpOption<IConvertible>? Tick0 = null,
        FSharpOption<int>? TickAngle = null,
        FSharpOption<Color>? TickColor = null,
        FSharpOption<Font>? TickFont = null,
        FSharpOption<string>? TickFormat = null,
        FSharpOption<IEnumerable<TickFormatStop>>? TickFormatStops = null,
        FSharpOption<StyleParam.TickLabelOverflow>? TickLabelOverflow = null,
        FSharpOption<StyleParam.TickLabelPosition>? TickLabelPosition = null,
        FSharpOption<int>? TickLabelStep = null,
        FSharpOption<double>? TickLen = null,
        FSharpOption<StyleParam.TickMode>? TickMode = null,
        FSharpOption<string>? TickPrefix = null,
        FSharpOption<StyleParam.TickOptions>? Ticks = null,
        FSharpOption<string>? TickSuffix = null,
        FSharpOption<IEnumerable<TTickText>>? TickText = null,
        FSharpOption<IEnumerable<TTickVals>>? TickVals = null,
        FSharpOption<double>? TickWidth = null,
        FSharpOption<Title>? Title = null,
        FSharpOption<double>? X = null,
        FSharpOption<StyleParam.HorizontalAlign>? XAnchor = null,
        FSharpOption<double>? XPad = null,
        FSharpOption<string>? XRef = null,
        FSharpOption<double>? Y = null,
        FSharpOption<StyleParam.VerticalAlign>? YAnchor = null,
        FSharpOption<double>? YPad = null,
        FSharpOption<string>? YRef = null)
        where TTickText : IConvertible
        where TTickVals : IConvertible =>
        new(Json.Object(
            ("bgcolor", BGColor.OrNull()), ("bordercolor", BorderColor.OrNull()), ("borderwidth", BorderWidth.OrNull()),
            ("dtick", DTick.OrNull()), ("exponentformat", ExponentFormat.OrNull()), ("labelalias", LabelAlias.OrNull()),
            ("len", Len.OrNull()), ("lenmode", LenMode.OrNull()), ("minexponent", MinExponent.OrNull()), ("nticks", NTicks.OrNull()),
            ("orientation", Orientation.OrNull()), ("outlinecolor", OutlineColor.OrNull()), ("outlinewidth", OutlineWidth.OrNull()),
            ("separatethousands", SeparateThousands.OrNull()), ("showexponent", ShowExponent.OrNull()),
            ("showticklabels", ShowTickLabels.OrNull()), ("showtickprefix", ShowTickPrefix.OrNull()),
            ("showticksuffix", ShowTickSuffix.OrNull()), ("thickness", Thickness.OrNull()), ("thicknessmode", ThicknessMode.OrNull()),
            ("tick0", Tick0.OrNull()), ("tickangle", TickAngle.OrNull()), ("tickcolor", TickColor.OrNull()),
            ("tickfont", TickFont.OrNull()), ("tickformat", TickFormat.OrNull()), ("tickformatstops", TickFormatStops.OrNull()),
            ("ticklabeloverflow", TickLabelOverflow.OrNull()), ("ticklabelposition", TickLabelPosition.OrNull()),
            ("ticklabelstep", TickLabelStep.OrNull()), ("ticklen", TickLen.OrNull()), ("tickmode", TickMode.OrNull()),
            ("tickprefix", TickPrefix.OrNull()), ("ticks", Ticks.OrNull()), ("ticksuffix", TickSuffix.OrNull()),
            ("ticktext", TickText.OrNull()), ("tickvals", TickVals.OrNull()), ("tickwidth", TickWidth.OrNull()),
            ("title", Title.OrNull()), ("x", X.OrNull()), ("xanchor", XAnchor.OrNull()), ("xpad", XPad.OrNull()), ("xref", XRef.OrNull()),
            ("y", Y.OrNull()), ("yanchor", YAnchor.OrNull()), ("ypad", YPad.OrNull()), ("yref", YRef.OrNull())));
}
