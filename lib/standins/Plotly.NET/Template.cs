using System.Text.Json.Nodes;

namespace Plotly.NET;

/// <summary>A template of plotly.js, which speaks where a layout says nothing; here an empty one, or one with colours.</summary>
public sealed class Template : IJsonObject
{
    internal JsonObject Properties { get; private init; } = [];

    JsonObject IJsonObject.Properties => Properties;

    /// <summary>The template with these colours for its traces, in turn.</summary>
    public static Template withColorWay(Color colorway, Template template)
    {
        var properties = template.Properties.DeepClone().AsObject();
        Json.Set(properties, "layout.colorway", colorway);
        return new() { Properties = properties };
    }
}
