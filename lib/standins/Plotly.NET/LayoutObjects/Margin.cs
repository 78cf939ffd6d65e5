using System.Text.Json.Nodes;
using Microsoft.FSharp.Core;

namespace Plotly.NET.LayoutObjects;

/// <summary>The space around the plots.</summary>
public sealed class Margin : IJsonObject
{
    private Margin(JsonObject properties) => Properties = properties;

    internal JsonObject Properties { get; }

    JsonObject IJsonObject.Properties => Properties;

    /// <summary>Margins in pixels with what is given; plotly.js decides the rest.</summary>
    public static Margin init<TLeft, TRight, TTop, TBottom, TPad, TAutoexpand>(
        FSharpOption<TLeft>? Left = null,
        FSharpOption<TRight>? Right = null,
        FSharpOption<TTop>? Top = null,
        FSharpOption<TBottom>? Bottom = null,
        FSharpOption<TPad>? Pad = null,
        FSharpOption<TAutoexpand>? Autoexpand = null) =>
        new(Json.Object(
            ("l", Left.OrNull()), ("r", Right.OrNull()), ("t", Top.OrNull()), ("b", Bottom.OrNull()), ("pad", Pad.OrNull()),
            ("autoexpand", Autoexpand.OrNull())));
}
