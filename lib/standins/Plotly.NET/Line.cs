using System.Text.Json.Nodes;
using Microsoft.FSharp.Core;

namespace Plotly.NET;

/// <summary>A line, or an outline, in all its properties.</summary>
public sealed class Line : IJsonObject
{
    private Line(JsonObject properties) => Properties = properties;

    internal JsonObject Properties { get; }

    JsonObject IJsonObject.Properties => Properties;

    /// <summary>A line with what is given; plotly.js decides the rest.</summary>
    public static Line init(
        FSharpOption<StyleParam.BackOff>? BackOff = null,
        FSharpOption<bool>? AutoColorScale = null,
        FSharpOption<bool>? CAuto = null,
        FSharpOption<double>? CMax = null,
        FSharpOption<double>? CMid = null,
        FSharpOption<double>? CMin = null,
        FSharpOption<Color>? Color = null,
        FSharpOption<StyleParam.SubPlotId>? ColorAxis = null,
        FSharpOption<StyleParam.Colorscale>? Colorscale = null,
        FSharpOption<bool>? ReverseScale = null,
        FSharpOption<bool>? ShowScale = null,
        FSharpOption<ColorBar>? ColorBar = null,
        FSharpOption<StyleParam.DrawingStyle>? Dash = null,
        FSharpOption<StyleParam.Shape>? Shape = null,
        FSharpOption<bool>? Simplify = null,
        FSharpOption<double>? Smoothing = null,
        FSharpOption<double>? Width = null,
        FSharpOption<IEnumerable<double>>? MultiWidth = null,
        FSharpOption<Color>? OutlierColor = null,
        FSharpOption<double>? OutlierWidth = null) =>
        new(Json.Object(
            ("backoff", BackOff.OrNull()), ("autocolorscale", AutoColorScale.OrNull()), ("cauto", CAuto.OrNull()),
            ("cmax", CMax.OrNull()), ("cmid", CMid.OrNull()), ("cmin", CMin.OrNull()), ("color", Color.OrNull()),
            ("coloraxis", ColorAxis.OrNull()), ("colorscale", Colorscale.OrNull()), ("reversescale", ReverseScale.OrNull()),
            ("showscale", ShowScale.OrNull()), ("colorbar", ColorBar.OrNull()), ("dash", Dash.OrNull()), ("shape", Shape.OrNull()),
            ("simplify", Simplify.OrNull()), ("smoothing", Smoothing.OrNull()), ("width", Width.OrNull()),
            ("width", MultiWidth.OrNull()), ("outliercolor", OutlierColor.OrNull()), ("outlierwidth", OutlierWidth.OrNull())));
}
