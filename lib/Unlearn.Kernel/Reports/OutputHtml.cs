using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Unlearn.Kernel.Notebooks;

namespace Unlearn.Kernel.Reports;

/// <summary>One stored output as an HTML fragment, in the richest representation that a page can show.</summary>
/// <param name="hasPlotly">Whether plotly.js lies beside the page; without it a chart is shown as its picture.</param>
internal sealed class OutputHtml(bool hasPlotly)
{
    public string Render(JsonNode? output)
    {
        try
        {
            return (string?)output?["output_type"] switch
            {
                "stream" => Stream(output),
                "error" => $"<pre class=\"error\">{Encode(string.Join('\n', output["traceback"]!.AsArray().Select(l => (string?)l)))}</pre>",
                "display_data" or "execute_result" => Bundle(output["data"] as JsonObject ?? []),
                _ => "",
            };
        }
        catch (Exception e) when (e is NotebookException or InvalidOperationException or FormatException)
        {
            // One output that breaks the format should not cost the reader the report.
            return $"<pre class=\"error\">an output that is not well formed: {Encode(e.Message)}</pre>";
        }
    }

    private static string Stream(JsonNode output)
    {
        var text = string.Join('\n', NotebookJson.Text(output["text"]).Split('\n').Select(AfterCarriageReturn));
        return $"<pre class=\"{((string?)output["name"] == "stderr" ? "stderr" : "stdout")}\">{Encode(text)}</pre>";
    }

    private string Bundle(JsonObject data)
    {
        if (hasPlotly && data[MimeTypes.Plotly] is JsonObject figure) return Figure(figure, data[MimeTypes.Png], data[MimeTypes.Plain]);
        if (data[MimeTypes.Html] is { } html) return $"<div class=\"html\">{NotebookJson.Text(html)}</div>";
        if (data[MimeTypes.Markdown] is { } markdown)
            return $"<div class=\"markdown\">{Markdown.ToHtml(NotebookJson.Text(markdown))}</div>";
        if (data["text/latex"] is { } latex) return $"<div class=\"math\">{Encode(NotebookJson.Text(latex).Trim().Trim('$').Trim())}</div>";
        if (data["image/svg+xml"] is { } svg)
        {
            var content = Convert.ToBase64String(Encoding.UTF8.GetBytes(NotebookJson.Text(svg)));
            return Image("image/svg+xml", content, data[MimeTypes.Plain]);
        }
        foreach (var picture in (string[])[MimeTypes.Png, "image/jpeg"])
        {
            if (data[picture] is { } content) return Image(picture, NotebookJson.Text(content), data[MimeTypes.Plain]);
        }
        if (data[MimeTypes.Plain] is { } plain) return $"<pre class=\"plain\">{Encode(NotebookJson.Text(plain))}</pre>";
        return data.FirstOrDefault() is { Value: { } other } ? $"<pre class=\"plain\">{Encode(other.ToJsonString())}</pre>" : "";
    }

    private static string Figure(JsonObject figure, JsonNode? picture, JsonNode? plain)
    {
        // The default encoder writes < as \u003C, so no text in a figure can close the script element.
        var json = figure.ToJsonString(new JsonSerializerOptions());
        var still = picture is null ? "" : $"<noscript>{Image(MimeTypes.Png, NotebookJson.Text(picture), plain)}</noscript>";
        return $"<div class=\"figure\"><script type=\"application/json\">{json}</script></div>{still}";
    }

    private static string Image(string mimeType, string base64, JsonNode? plain)
    {
        var content = base64.ReplaceLineEndings("");
        var alternative = plain is null ? "output" : NotebookJson.Text(plain).Split('\n')[0];
        return content.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '=')
            ? $"<img alt=\"{Encode(alternative)}\" src=\"data:{mimeType};base64,{content}\">"
            : "<pre class=\"error\">a picture that is not valid base64</pre>";
    }

    // Progress written over itself with \r: the last state is what a terminal would show.
    private static string AfterCarriageReturn(string line)
    {
        var text = line.TrimEnd('\r');
        return text[(text.LastIndexOf('\r') + 1)..];
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
