using System.Text.Json.Nodes;
using Microsoft.FSharp.Core;

namespace Plotly.NET.TraceObjects;

/// <summary>The line at the mean of a violin.</summary>
public sealed class MeanLine : IJsonObject
{
    private MeanLine(JsonObject properties) => Properties = properties;

    internal JsonObject Properties { get; }

    JsonObject IJsonObject.Properties => Properties;

    /// <summary>A line with what is given; plotly.js decides the rest.</summary>
    public static MeanLine init(
        FSharpOption<bool>? Visible = null,
        FSharpOption<Color>? Color = null,
        FSharpOption<double>? Width = null) =>
        new(Json.Object(
            ("visible", Visible.OrNull()), ("color", Color.OrNull()), ("width", Width.OrNull())));
}
