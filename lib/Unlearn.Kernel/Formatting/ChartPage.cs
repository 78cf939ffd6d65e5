using System.Globalization;
using System.Net;

namespace Unlearn.Kernel.Formatting;

/// <summary>The page in which Chromium draws a figure: plotly.js makes the picture and writes it into the document as text.</summary>
internal static class ChartPage
{
    private const string Start = "<pre id=\"image\">";
    private const string Prefix = "data:image/png;base64,";

    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The page for one figure, every &lt; of whose JSON is escaped.</summary>
    public static string Html(string plotlyJs, string figureJson, int width, int height) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        <!DOCTYPE html>
        <meta charset="utf-8">
        <script src="{{WebUtility.HtmlEncode(plotlyJs)}}"></script>
        <pre id="image"></pre>
        <script type="application/json" id="figure">{{figureJson}}</script>
        <script>
          const show = text => { document.getElementById('image').textContent = text; };
          try {
            const { data, layout } = JSON.parse(document.getElementById('figure').textContent);
            Plotly.toImage({ data, layout }, { format: 'png', width: {{width}}, height: {{height}}, scale: 2 })
              .then(show, error => show('error: ' + error));
          } catch (error) {
            show('error: ' + error);
          }
        </script>
        """);

    /// <summary>The picture that a drawn page holds.</summary>
    /// <exception cref="FormatException">It holds none; the message is the page's own where there is one.</exception>
    public static byte[] PngFrom(string document)
    {
        var start = document.IndexOf(Start, StringComparison.Ordinal);
        var end = start < 0 ? -1 : document.IndexOf("</pre>", start, StringComparison.Ordinal);
        if (end < 0) throw new FormatException("Chromium gave no document back");
        var text = document[(start + Start.Length)..end].Trim();
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
            throw new FormatException($"plotly.js drew nothing: {(text.Length == 0 ? "no answer" : WebUtility.HtmlDecode(text))}");
        var png = Convert.FromBase64String(text[Prefix.Length..]);
        return png.AsSpan().StartsWith(Signature) ? png : throw new FormatException("plotly.js drew something that is not a PNG picture");
    }
}
