using System.Text.Json.Nodes;
using Microsoft.FSharp.Core;

namespace Plotly.NET;

/// <summary>The title of a figure, an axis or a legend.</summary>
public sealed class Title : IJsonObject
{
    private Title(JsonObject properties) => Properties = properties;

    internal JsonObject Properties { get; }

    JsonObject IJsonObject.Properties => Properties;

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
            ("text", Text.OrNull()), ("font", Font.OrNull()), ("automargin", AutoMargin.OrNull()),
            ("x", X.OrNull()), ("xanchor", XAnchor.OrNull()), ("xref", XRef.OrNull()),
            ("y", Y.OrNull()), ("yanchor", YAnchor.OrNull()), ("yref", YRef.OrNull()),
            ("standoff", Standoff.OrNull()), ("side", Side.OrNull())));
}
