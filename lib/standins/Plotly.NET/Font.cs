using System.Text.Json.Nodes;
using Microsoft.FSharp.Core;

namespace Plotly.NET;

/// <summary>A font: family, size in pixels, colour.</summary>
public sealed class Font : IJsonObject
{
    private Font(JsonObject properties) => Properties = properties;

    internal JsonObject Properties { get; }

    JsonObject IJsonObject.Properties => Properties;

    /// <summary>A font with what is given; the rest is inherited from the layout.</summary>
    public static Font init(
        FSharpOption<StyleParam.FontFamily>? Family = null, FSharpOption<double>? Size = null, FSharpOption<Color>? Color = null) =>
        new(Json.Object(("family", Family.OrNull()), ("size", Size.OrNull()), ("color", Color.OrNull())));
}
