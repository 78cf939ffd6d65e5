using System.Text.Json.Nodes;
using Microsoft.FSharp.Core;

namespace Plotly.NET.TraceObjects;

/// <summary>Bins of a histogram by start, end and size.</summary>
public sealed class Bins : IJsonObject
{
    private Bins(JsonObject properties) => Properties = properties;

    internal JsonObject Properties { get; }

    JsonObject IJsonObject.Properties => Properties;

    /// <summary>Bins with what is given; plotly.js decides the rest.</summary>
    public static Bins init(
        FSharpOption<double>? Start = null,
        FSharpOption<double>? End = null,
        FSharpOption<double>? Size = null) =>
        new(Json.Object(
            ("start", Start.OrNull()), ("end", End.OrNull()), ("size", Size.OrNull())));
}
