using System.Globalization;
using System.Net;
using System.Text;
using Unlearn.Kernel.Notebooks;

namespace Unlearn.Kernel.Reports;

/// <summary>An executed notebook as an HTML fragment.</summary>
internal static class NotebookHtml
{
    public static string Render(Notebook notebook, OutputHtml outputs)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<article id=\"{WebUtility.HtmlEncode(notebook.Name)}\">\n");
        foreach (var cell in notebook.Cells)
        {
            switch (cell.Kind)
            {
                case CellKind.Markdown:
                    html.Append("<section class=\"markdown\">").Append(Markdown.ToHtml(cell.Source)).Append("</section>\n");
                    break;
                case CellKind.Code:
                    Code(html, cell, outputs);
                    break;
            }
        }
        return html.Append("</article>\n").ToString();
    }

    private static void Code(StringBuilder html, NotebookCell cell, OutputHtml outputs)
    {
        if (cell.Source.Length == 0) return;
        var number = cell.ExecutionCount is { } count ? count.ToString(CultureInfo.InvariantCulture) : "";
        html.Append(CultureInfo.InvariantCulture, $"<section class=\"code\"><pre class=\"source\" data-number=\"{number}\"><code>");
        html.Append(CodeHtml.Render(cell.Source)).Append("</code></pre>");
        var shown = string.Concat(cell.Outputs.Select(outputs.Render));
        if (shown.Length > 0) html.Append("<div class=\"output\">").Append(shown).Append("</div>");
        html.Append("</section>\n");
    }
}
