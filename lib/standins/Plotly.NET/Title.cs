using System.Text.Json.Nodes;
using Microsoft.FSharp.Core;

namespace Plotly.NET;

/// <summary>The title of a figure, an axis or a legend.</summary>
public sealed class Title
{
    private Title(JsonObject properties) => Properties = properties;

    internal JsonObject Properties { get; }

    /// <summary>A title with what is given; plotly.js places the rest.</summary>
    public static Title init(
        FSharpOption<string>? Text = null,
        FSharpOption<Font>? Font = null,
        FSharpOption<bool>? AutoMargin = null,
        FSharpOption<Padding>? Pad = null,
        FSharpOption<double>? X = null,
        FSharpOption<StyleParam.XAnchorPosition>? XAnchor = null,
        FSharpOption<string>? XRef = null,
        FSharpOption<double>? Y = null,
        FSharpOption<StyleParam.YAnchorPosition>? YAnchor = null,
        FSharpOption<string>? YRef = null,
        FSharpOption<int>? Standoff = null,
        FSharpOption<StyleParam.Side>? Side = null) =>
        new(Json.Object(
            ("text", Text?.Value), ("font", Font?.Value), ("automargin", AutoMargin?.Value),
            ("x", X?.Value), ("xanchor", XAnchor?.Value.Convert()), ("xref", XRef?.Value),
            ("y", Y?.Value), ("yanchor", YAnchor?.Value.Convert()), ("yref", YRef?.Value),
            ("standoff", Standoff?.Value), ("side", Side?.Value.Convert())));
}
