using System.Text.Json.Nodes;
using Microsoft.FSharp.Core;

namespace Plotly.NET.TraceObjects;

/// <summary>The box inside a violin.</summary>
public sealed class Box : IJsonObject
{
    private Box(JsonObject properties) => Properties = properties;

    internal JsonObject Properties { get; }

    JsonObject IJsonObject.Properties => Properties;

    /// <summary>A box with what is given; plotly.js decides the rest.</summary>
    public static Box init(
        FSharpOption<bool>? Visible = null,
        FSharpOption<double>? Width = null,
        FSharpOption<Color>? FillColor = null,
        FSharpOption<Color>? LineColor = null,
        FSharpOption<double>? LineWidth = null) =>
        new(Json.Object(
            ("visible", Visible.OrNull()), ("width", Width.OrNull()), ("fillcolor", FillColor.OrNull()),
            ("linecolor", LineColor.OrNull()), ("linewidth", LineWidth.OrNull())));
}
