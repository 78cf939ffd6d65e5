using System.Text.Json.Nodes;
using Microsoft.FSharp.Core;

namespace Plotly.NET.TraceObjects;

/// <summary>Markers in all their properties.</summary>
public sealed class Marker : IJsonObject
{
    private Marker(JsonObject properties) => Properties = properties;

    internal JsonObject Properties { get; }

    JsonObject IJsonObject.Properties => Properties;

    /// <summary>Markers with what is given; plotly.js decides the rest.</summary>
    public static Marker init(
        FSharpOption<double>? Angle = null,
        FSharpOption<StyleParam.AngleRef>? AngleRef = null,
        FSharpOption<bool>? AutoColorScale = null,
        FSharpOption<bool>? CAuto = null,
        FSharpOption<double>? CMax = null,
        FSharpOption<double>? CMid = null,
        FSharpOption<double>? CMin = null,
        FSharpOption<Color>? Color = null,
        FSharpOption<IEnumerable<Color>>? Colors = null,
        FSharpOption<StyleParam.SubPlotId>? ColorAxis = null,
        FSharpOption<ColorBar>? ColorBar = null,
        FSharpOption<StyleParam.Colorscale>? Colorscale = null,
        FSharpOption<int>? CornerRadius = null,
        FSharpOption<Gradient>? Gradient = null,
        FSharpOption<Line>? Outline = null,
        FSharpOption<int>? MaxDisplayed = null,
        FSharpOption<double>? Opacity = null,
        FSharpOption<IEnumerable<double>>? MultiOpacity = null,
        FSharpOption<Pattern>? Pattern = null,
        FSharpOption<bool>? ReverseScale = null,
        FSharpOption<bool>? ShowScale = null,
        FSharpOption<int>? Size = null,
        FSharpOption<IEnumerable<int>>? MultiSize = null,
        FSharpOption<int>? SizeMin = null,
        FSharpOption<StyleParam.MarkerSizeMode>? SizeMode = null,
        FSharpOption<int>? SizeRef = null,
        FSharpOption<double>? StandOff = null,
        FSharpOption<IEnumerable<double>>? MultiStandOff = null,
        FSharpOption<StyleParam.MarkerSymbol>? Symbol = null,
        FSharpOption<IEnumerable<StyleParam.MarkerSymbol>>? MultiSymbol = null,
        FSharpOption<StyleParam.MarkerSymbol3D>? Symbol3D = null,
        FSharpOption<IEnumerable<StyleParam.MarkerSymbol3D>>? MultiSymbol3D = null,
        FSharpOption<Color>? OutlierColor = null,
        FSharpOption<int>? OutlierWidth = null) =>
        new(Json.Object(
            ("angle", Angle.OrNull()), ("angleref", AngleRef.OrNull()), ("autocolorscale", AutoColorScale.OrNull()),
            ("cauto", CAuto.OrNull()), ("cmax", CMax.OrNull()), ("cmid", CMid.OrNull()), ("cmin", CMin.OrNull()),
            ("color", Color.OrNull()), ("colors", Colors.OrNull()), ("coloraxis", ColorAxis.OrNull()), ("colorbar", ColorBar.OrNull()),
            ("colorscale", Colorscale.OrNull()), ("cornerradius", CornerRadius.OrNull()), ("gradient", Gradient.OrNull()),
            ("line", Outline.OrNull()), ("maxdisplayed", MaxDisplayed.OrNull()), ("opacity", Opacity.OrNull()),
            ("opacity", MultiOpacity.OrNull()), ("pattern", Pattern.OrNull()), ("reversescale", ReverseScale.OrNull()),
            ("showscale", ShowScale.OrNull()), ("size", Size.OrNull()), ("size", MultiSize.OrNull()), ("sizemin", SizeMin.OrNull()),
            ("sizemode", SizeMode.OrNull()), ("sizeref", SizeRef.OrNull()), ("standoff", StandOff.OrNull()),
            ("standoff", MultiStandOff.OrNull()), ("symbol", Symbol.OrNull()), ("symbol", MultiSymbol.OrNull()),
            ("outliercolor", OutlierColor.OrNull()), ("outlierwidth", OutlierWidth.OrNull())));
}
