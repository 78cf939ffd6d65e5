using System.Text.Json.Nodes;
using Microsoft.FSharp.Core;

namespace Plotly.NET.TraceObjects;

/// <summary>Hatching of bars.</summary>
public sealed class Pattern : IJsonObject
{
    private Pattern(JsonObject properties) => Properties = properties;

    internal JsonObject Properties { get; }

    JsonObject IJsonObject.Properties => Properties;

    /// <summary>Hatching with what is given; plotly.js decides the rest.</summary>
    public static Pattern init(
        FSharpOption<Color>? BGColor = null,
        FSharpOption<Color>? FGColor = null,
        FSharpOption<double>? FGOpacity = null,
        FSharpOption<StyleParam.PatternFillMode>? FillMode = null,
        FSharpOption<StyleParam.PatternShape>? Shape = null,
        FSharpOption<IEnumerable<StyleParam.PatternShape>>? MultiShape = null,
        FSharpOption<int>? Size = null,
        FSharpOption<IEnumerable<int>>? MultiSize = null,
        FSharpOption<double>? Solidity = null) =>
        new(Json.Object(
            ("bgcolor", BGColor.OrNull()), ("fgcolor", FGColor.OrNull()), ("fgopacity", FGOpacity.OrNull()),
            ("fillmode", FillMode.OrNull()), ("shape", Shape.OrNull()), ("shape", MultiShape.OrNull()), ("size", Size.OrNull()),
            ("size", MultiSize.OrNull()), ("solidity", Solidity.OrNull())));
}
