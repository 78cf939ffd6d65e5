using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Plotly.NET;

namespace Unlearn.Kernel.Formatting;

/// <summary>
/// Shows a chart as a Plotly figure (interactive in VS Code and JupyterLab), as a PNG picture where Chromium can draw one (GitHub,
/// nbconvert, PDF) and as a line of text.
/// </summary>
/// <param name="images">Draws the pictures; null shows charts without.</param>
public sealed class ChartFormatter(ChartImages? images = null) : IRichFormatter
{
    // < and > are escaped, so that a figure can stand inside a script element of HTML.
    internal static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Makes new charts start from this project's size and from an empty template, which the house style then fills.</summary>
    /// <remarks>The settings are the chart package's own and hold for the process; call it before the first chart is made.</remarks>
    public static void UseHouseDefaults()
    {
        Defaults.DefaultWidth = ChartStyle.Width;
        Defaults.DefaultHeight = ChartStyle.Height;
        Defaults.DefaultTemplate = new Template();
    }

    /// <inheritdoc/>
    public bool TryFormat(object value, [NotNullWhen(true)] out MimeBundle? bundle)
    {
        bundle = value is GenericChart chart ? Format(JsonNode.Parse(GenericChart.toJson(chart))!.AsObject()) : null;
        return bundle is not null;
    }

    private MimeBundle Format(JsonObject figure)
    {
        ChartStyle.Apply(figure);
        var bundle = MimeBundle.Plain(ChartSummary.Of(figure)).With(MimeTypes.Plotly, figure);
        var (width, height) = ChartStyle.SizeOf(figure);
        return images?.TryRender(figure.ToJsonString(Json), width, height) is { } png
            ? bundle.With(
                MimeTypes.Png, JsonValue.Create(Convert.ToBase64String(png)), new JsonObject { ["width"] = width, ["height"] = height })
            : bundle;
    }
}
