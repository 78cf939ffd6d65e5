// Written for this project after the public API of Plotly.NET 5.1; no code of the original.
using System.Text.Json.Nodes;

namespace Plotly.NET;

/// <summary>A chart: traces, layout and configuration of plotly.js. Charts never change; every <c>With…</c> returns a new one.</summary>
public abstract class GenericChart
{
    private readonly JsonArray traces;
    private readonly JsonObject layout;
    private readonly JsonObject config;

    private GenericChart(JsonArray traces, JsonObject layout, JsonObject config)
    {
        this.traces = traces;
        this.layout = layout;
        this.config = config;
    }

    /// <summary>One chart with the traces of all; where layouts differ, the later one holds.</summary>
    /// <exception cref="ArgumentException">There is no chart.</exception>
    public static GenericChart combine(IEnumerable<GenericChart> gCharts)
    {
        ArgumentNullException.ThrowIfNull(gCharts);
        GenericChart? all = null;
        foreach (var chart in gCharts)
        {
            if (all is null)
            {
                all = chart.Clone();
                continue;
            }
            foreach (var trace in chart.traces) all.traces.Add(trace!.DeepClone());
            Json.Merge(all.layout, chart.layout);
            Json.Merge(all.config, chart.config);
        }
        return all ?? throw new ArgumentException("Combining charts needs at least one chart, but the sequence is empty.", nameof(gCharts));
    }

    /// <summary>The figure as JSON: <c>data</c>, <c>layout</c> and (always empty) <c>frames</c>.</summary>
    public static string toFigureJson(GenericChart gChart) =>
        Json.Text(Json.Object(("data", gChart.traces), ("layout", gChart.layout), ("frames", new JsonArray())));

    /// <summary>The chart as JSON: <c>data</c>, <c>layout</c> and <c>config</c>.</summary>
    public static string toJson(GenericChart gChart) =>
        Json.Text(Json.Object(("data", gChart.traces), ("layout", gChart.layout), ("config", gChart.config)));

    internal static GenericChart Of(bool useDefaults, params IEnumerable<JsonObject> traces) => new Chart(
        [.. traces],
        useDefaults ? Json.Object(("width", Defaults.DefaultWidth), ("height", Defaults.DefaultHeight)) : [],
        useDefaults ? Json.Object(("responsive", true)) : []);

    /// <summary>A chart whose traces are changed in this way.</summary>
    internal GenericChart WithTraces(Action<JsonObject> change)
    {
        var copy = Clone();
        foreach (var trace in copy.traces) change(trace!.AsObject());
        return copy;
    }

    /// <summary>A chart whose layout is changed in this way.</summary>
    internal GenericChart WithLayout(Action<JsonObject> change)
    {
        var copy = Clone();
        change(copy.layout);
        return copy;
    }

    /// <summary>A chart whose configuration is changed in this way.</summary>
    internal GenericChart WithConfig(Action<JsonObject> change)
    {
        var copy = Clone();
        change(copy.config);
        return copy;
    }

    private Chart Clone() => new(traces.DeepClone().AsArray(), layout.DeepClone().AsObject(), config.DeepClone().AsObject());

    private sealed class Chart(JsonArray traces, JsonObject layout, JsonObject config) : GenericChart(traces, layout, config);
}
