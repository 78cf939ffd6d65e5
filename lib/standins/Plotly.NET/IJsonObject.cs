using System.Text.Json.Nodes;

namespace Plotly.NET;

/// <summary>A part of a figure that is an object of its own: what was said, under the names of plotly.js.</summary>
internal interface IJsonObject
{
    /// <summary>The members that were said.</summary>
    JsonObject Properties { get; }
}
