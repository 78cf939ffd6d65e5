using System.Text.Json;
using System.Text.Json.Nodes;

namespace Unlearn.Kernel.Formatting;

/// <summary>The looks of this project's charts, given only where a figure says nothing.</summary>
/// <remarks>
/// Almost all of it is a plotly.js template, whose meaning is exactly that. Colours are those of Okabe and Ito, "Color Universal
/// Design" (2008), which people with any kind of colour vision can tell apart; yellow comes last for its low contrast on white.
/// </remarks>
internal static class ChartStyle
{
    public const int Width = 720;
    public const int Height = 420;

    private const int MarginWithoutTitle = 24;

    private const int TitleSize = 17;
    private const int AxisTitleSize = 15;
    private const int MarginWithTitle = 56;
    private const int MarginAround = 2 * MarginWithTitle;
    private const double TitleTop = 22;
    private const double LineHeight = 1.3;
    private const double HistogramGap = 0.04;

    private static readonly string[] DataArrays = ["x", "y", "z", "array", "arrayminus"];

    /// <summary>Completes a figure: <c>data</c>, <c>layout</c> and <c>config</c>.</summary>
    public static void Apply(JsonObject figure)
    {
        var layout = Object(figure, "layout");
        var config = Object(figure, "config");
        layout["width"] ??= Width;
        layout["height"] ??= Height;
        if (layout["template"] is not JsonObject { Count: > 0 }) layout["template"] = Template();
        foreach (var (name, axis) in layout)
        {
            if (name.Length > 4 && name.AsSpan(1).StartsWith("axis") && axis is JsonObject known) SpareLogTicks(known);
        }
        MakeRoomForTitles(layout);
        config["responsive"] ??= true;
        config["displaylogo"] ??= false;
        if (figure["data"] is not JsonArray traces) return;
        foreach (var trace in traces) NumbersOnly(trace);
        if (traces.Count > 0 && traces.All(trace => (string?)trace?["type"] == "histogram")) layout["bargap"] ??= HistogramGap;
    }

    public static (int Width, int Height) SizeOf(JsonObject figure) =>
        (Size(figure["layout"]!["width"], Width), Size(figure["layout"]!["height"], Height));

    private static int Size(JsonNode? size, int otherwise) =>
        size is JsonValue value && value.TryGetValue<double>(out var pixels) && pixels is >= 10 and <= 10_000 ? (int)pixels : otherwise;

    /// <summary>Long titles go on in a further line, and the margin above grows with them.</summary>
    private static void MakeRoomForTitles(JsonObject layout)
    {
        var (width, height) = (Size(layout["width"], Width), Size(layout["height"], Height));
        var (rows, columns) = (Cells(layout["grid"]?["rows"]), Cells(layout["grid"]?["columns"]));
        foreach (var (name, axis) in layout)
        {
            if (name.StartsWith("xaxis", StringComparison.Ordinal)) Wrap(axis, (width - MarginAround) / (double)columns, AxisTitleSize);
            if (name.StartsWith("yaxis", StringComparison.Ordinal)) Wrap(axis, (height - MarginAround) / (double)rows, AxisTitleSize);
        }
        var lines = Wrap(layout, width * 0.96, TitleSize);
        if (lines == 0 && layout["annotations"] is null) Object(layout, "margin")["t"] ??= MarginWithoutTitle;
        if (lines < 2) return;
        Object(layout, "margin")["t"] ??= MarginWithTitle + (int)(TitleSize * LineHeight * (lines - 1));
        var title = Object(layout, "title");
        title["y"] ??= 1 - (TitleTop / height);
        title["yanchor"] ??= "top";

        static int Cells(JsonNode? count) => count is JsonValue value && value.TryGetValue<int>(out var cells) ? Math.Max(1, cells) : 1;
    }

    /// <summary>Wraps the title of its owner, unless a font of its own makes its width unknown.</summary>
    /// <returns>How many lines it has; 0 where there is none.</returns>
    private static int Wrap(JsonNode? owner, double pixels, int size)
    {
        if (owner is not JsonObject known) return 0;
        if (known["title"] is JsonValue bare && bare.TryGetValue<string>(out var said)) known["title"] = new JsonObject { ["text"] = said };
        if (known["title"] is not JsonObject title || title["text"] is not JsonValue value) return 0;
        if (!value.TryGetValue<string>(out var text) || text.Length == 0) return 0;
        var wrapped = title["font"] is null ? ChartText.Wrap(text, pixels, size) : text;
        if (wrapped != text) title["text"] = wrapped;
        return ChartText.Lines(wrapped);
    }

    /// <summary>Fewer ticks with whole numbers: plotly.js would label every digit of every decade, one over the other.</summary>
    private static void SpareLogTicks(JsonObject axis)
    {
        if ((string?)axis["type"] != "log" || axis["dtick"] is not null || axis["tickvals"] is not null) return;
        axis["nticks"] ??= 5;
        axis["minorloglabels"] ??= "complete";
        axis["exponentformat"] ??= "e";
    }

    private static JsonObject Object(JsonObject figure, string name)
    {
        if (figure[name] is JsonObject known) return known;
        var made = new JsonObject();
        figure[name] = made;
        return made;
    }

    /// <summary>Texts such as "NaN", which some JSON writers put for numbers that JSON lacks, become gaps.</summary>
    private static void NumbersOnly(JsonNode? node)
    {
        if (node is not JsonObject known) return;
        foreach (var (name, value) in known.ToList())
        {
            if (value is not JsonArray array || !DataArrays.Contains(name)) NumbersOnly(value);
            else foreach (var row in array.OfType<JsonArray>().Prepend(array)) Clean(row);
        }

        // Only beside numbers: a category may be called NaN.
        static void Clean(JsonArray array)
        {
            if (!array.Any(item => item?.GetValueKind() == JsonValueKind.Number)) return;
            for (var i = 0; i < array.Count; i++)
            {
                var isText = array[i]?.GetValueKind() == JsonValueKind.String;
                if (isText && (string?)array[i] is "NaN" or "Infinity" or "-Infinity") array[i] = null;
            }
        }
    }

    private static JsonNode Template() => JsonNode.Parse(
        """
        {
          "layout": {
            "colorway": ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000", "#F0E442"],
            "font": { "family": "Open Sans, DejaVu Sans, Verdana, sans-serif", "size": 14, "color": "#222222" },
            "paper_bgcolor": "white",
            "plot_bgcolor": "white",
            "title": { "font": { "size": 17 }, "x": 0.02, "xanchor": "left" },
            "margin": { "l": 72, "r": 24, "t": 56, "b": 64 },
            "hovermode": "closest",
            "bargap": 0.25,
            "bargroupgap": 0.06,
            "xaxis": {
              "automargin": true, "gridcolor": "#E8E8E8", "linecolor": "#888888", "showline": true, "zeroline": false,
              "ticks": "outside", "tickcolor": "#888888", "title": { "standoff": 10, "font": { "size": 15 } },
              "exponentformat": "power", "minexponent": 6, "separatethousands": true
            },
            "yaxis": {
              "automargin": true, "gridcolor": "#E8E8E8", "linecolor": "#888888", "showline": true, "zeroline": false,
              "ticks": "outside", "tickcolor": "#888888", "title": { "standoff": 10, "font": { "size": 15 } },
              "exponentformat": "power", "minexponent": 6, "separatethousands": true
            },
            "legend": {
              "orientation": "h", "xref": "container", "x": 0.5, "xanchor": "center", "yref": "container", "y": 0.01, "yanchor": "bottom"
            },
            "annotationdefaults": { "bgcolor": "rgba(255,255,255,0.75)", "borderpad": 2 },
            "coloraxis": { "colorbar": { "outlinewidth": 0 } },
            "colorscale": { "sequential": "Cividis", "diverging": "RdBu" }
          },
          "data": {
            "scatter": [{ "line": { "width": 2.5 }, "marker": { "size": 8 } }],
            "bar": [{ "marker": { "line": { "width": 0 } }, "error_y": { "color": "#444444", "thickness": 1.5 } }],
            "histogram": [{ "marker": { "line": { "width": 0.5, "color": "white" } } }],
            "heatmap": [{
              "colorscale": "Cividis", "colorbar": { "outlinewidth": 0, "thickness": 16, "title": { "font": { "size": 14 } } }
            }]
          }
        }
        """)!;
}
