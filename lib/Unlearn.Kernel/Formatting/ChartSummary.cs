using System.Globalization;
using System.Text.Json.Nodes;

namespace Unlearn.Kernel.Formatting;

/// <summary>One line of text about a figure, for fronts that show neither Plotly nor pictures.</summary>
internal static class ChartSummary
{
    private const int NamesShown = 8;

    /// <summary>E.g. <c>Line chart “Forgetting”: 2 traces (GA, NPO), 10 points each; x: epoch, y: loss (log)</c>.</summary>
    public static string Of(JsonObject figure)
    {
        var traces = (figure["data"] as JsonArray ?? []).OfType<JsonObject>().Where(IsSeen).ToList();
        var layout = figure["layout"] as JsonObject ?? [];
        var kinds = traces.Select(Kind).Distinct(StringComparer.Ordinal).ToList();
        var title = TitleOf(layout) is { } text ? $" “{text}”" : "";
        string?[] axes = [FirstAxis("x", layout), FirstAxis("y", layout)];
        var described = string.Join(", ", axes.OfType<string>());
        return $"{(kinds.Count == 1 ? kinds[0] : "Chart")}{title}: {Traces(traces)}{(described.Length > 0 ? $"; {described}" : "")}";
    }

    private static string Traces(List<JsonObject> traces)
    {
        var names = traces.Select(trace => Text(trace["name"])).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var shown = names.Count <= NamesShown ? names : [.. names.Take(NamesShown), "…"];
        var listed = names.Count > 0 ? $" ({string.Join(", ", shown)})" : "";
        var (fewest, most) = (traces.Select(Points).DefaultIfEmpty().Min(), traces.Select(Points).DefaultIfEmpty().Max());
        var points = fewest == most ? Counted(most, "point") : string.Create(CultureInfo.InvariantCulture, $"{fewest} to {most} points");
        return $"{Counted(traces.Count, "trace")}{listed}, {points}{(traces.Count > 1 ? " each" : "")}";
    }

    private static string Counted(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static string Kind(JsonObject trace) => Text(trace["type"]) switch
    {
        "scatter" or "scattergl" or null when Text(trace["mode"])?.Contains("lines", StringComparison.Ordinal) == true => "Line chart",
        "scatter" or "scattergl" or null => "Scatter plot",
        "bar" => "Bar chart",
        "histogram" => "Histogram",
        "heatmap" => "Heatmap",
        "box" => "Box plot",
        var other => $"{char.ToUpperInvariant(other[0])}{other[1..]} chart",
    };

    private static int Points(JsonObject trace)
    {
        if (trace["z"] is JsonArray rows) return rows.Sum(row => (row as JsonArray)?.Count ?? 1);
        return Math.Max((trace["x"] as JsonArray)?.Count ?? 0, (trace["y"] as JsonArray)?.Count ?? 0);
    }

    // Bands around lines, and points that only call up an axis, are no data of their own.
    private static bool IsSeen(JsonObject trace) =>
        Text(trace["fill"]) != "toself"
        && !(trace["opacity"] is JsonValue value && value.TryGetValue<double>(out var opacity) && opacity == 0);

    // In a grid, the axes of inner cells have no titles.
    private static string? FirstAxis(string name, JsonObject layout) => layout
        .Where(member => member.Key.StartsWith(name + "axis", StringComparison.Ordinal))
        .Select(member => Axis(name, member.Value)).FirstOrDefault(axis => axis is not null);

    private static string? Axis(string name, JsonNode? axis) => axis is JsonObject known && TitleOf(known) is { } title
        ? $"{name}: {title}{(Text(known["type"]) == "log" && !title.Contains("log", StringComparison.Ordinal) ? " (log)" : "")}"
        : null;

    private static string? TitleOf(JsonObject owner) =>
        Text(owner["title"] is JsonObject title ? title["text"] : owner["title"])?.Replace(ChartText.Break, " ", StringComparison.Ordinal);

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
