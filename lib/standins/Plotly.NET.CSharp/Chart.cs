// Written for this project after the public API of Plotly.NET.CSharp 0.13; no code of the original.
using System.Text.Json.Nodes;

namespace Plotly.NET.CSharp;

/// <summary>Makes charts.</summary>
/// <remarks>
/// The core package has a class <c>Plotly.NET.Chart</c> too, so a file that imports both namespaces should say
/// <c>using Chart = Plotly.NET.CSharp.Chart;</c>. For the same reason the core's versions of calls that exist here
/// (<c>WithTraceInfo</c>, <c>SaveHtml</c>, <c>Show</c>) are ambiguous there; this stand-in does not repeat them.
/// </remarks>
public static partial class Chart
{
    /// <summary>One chart with the traces of all; where layouts differ, the later one holds.</summary>
    /// <exception cref="ArgumentException">There is no chart.</exception>
    public static GenericChart Combine(IEnumerable<GenericChart> gCharts) => GenericChart.combine(gCharts);

    /// <summary>An empty chart without axes, which leaves a cell of a grid free.</summary>
    public static GenericChart Invisible()
    {
        var hidden = Json.Object(("visible", false));
        return GenericChart.Of(useDefaults: true, Json.Object(("type", "scatter"), ("visible", false)))
            .WithLayout(layout => Json.Merge(layout, Json.Object(("xaxis", hidden), ("yaxis", hidden))));
    }

    private static JsonObject Trace(string type, params ReadOnlySpan<(string Path, object? Value)> values) =>
        Json.Object([("type", type), .. values]);

    private static StyleParam.Mode LineMode(StyleParam.Mode mode, bool markers, bool text)
    {
        var parts = ((string)mode.Convert()).Split('+').Where(part => part != "none").ToHashSet(StringComparer.Ordinal);
        if (markers) parts.Add("markers");
        if (text) parts.Add("text");
        return (parts.Contains("lines"), parts.Contains("markers"), parts.Contains("text")) switch
        {
            (true, true, true) => StyleParam.Mode.Lines_Markers_Text,
            (true, true, false) => StyleParam.Mode.Lines_Markers,
            (true, false, true) => StyleParam.Mode.Lines_Text,
            (true, false, false) => StyleParam.Mode.Lines,
            (false, true, true) => StyleParam.Mode.Markers_Text,
            (false, true, false) => StyleParam.Mode.Markers,
            (false, false, true) => StyleParam.Mode.Text,
            (false, false, false) => StyleParam.Mode.None,
        };
    }
}
