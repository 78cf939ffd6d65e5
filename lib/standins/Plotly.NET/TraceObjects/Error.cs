using System.Text.Json.Nodes;
using Microsoft.FSharp.Core;

namespace Plotly.NET.TraceObjects;

/// <summary>Error bars of the points of a trace.</summary>
public sealed class Error : IJsonObject
{
    private Error(JsonObject properties) => Properties = properties;

    internal JsonObject Properties { get; }

    JsonObject IJsonObject.Properties => Properties;

    /// <summary>Error bars with what is given; plotly.js decides the rest.</summary>
    public static Error init<TArray, TArrayminus>(
        FSharpOption<bool>? Visible = null,
        FSharpOption<StyleParam.ErrorType>? Type = null,
        FSharpOption<bool>? Symmetric = null,
        FSharpOption<IEnumerable<TArray>>? Array = null,
        FSharpOption<IEnumerable<TArrayminus>>? Arrayminus = null,
        FSharpOption<double>? Value = null,
        FSharpOption<double>? Valueminus = null,
        FSharpOption<int>? Traceref = null,
        FSharpOption<int>? Tracerefminus = null,
        FSharpOption<bool>? Copy_ystyle = null,
        FSharpOption<Color>? Color = null,
        FSharpOption<double>? Thickness = null,
        FSharpOption<double>? Width = null)
        where TArray : IConvertible
        where TArrayminus : IConvertible =>
        new(Json.Object(
            ("visible", Visible.OrNull()), ("type", Type.OrNull()), ("symmetric", Symmetric.OrNull()), ("array", Array.OrNull()),
            ("arrayminus", Arrayminus.OrNull()), ("value", Value.OrNull()), ("valueminus", Valueminus.OrNull()),
            ("traceref", Traceref.OrNull()), ("tracerefminus", Tracerefminus.OrNull()), ("copy_ystyle", Copy_ystyle.OrNull()),
            ("color", Color.OrNull()), ("thickness", Thickness.OrNull()), ("width", Width.OrNull())));
}
