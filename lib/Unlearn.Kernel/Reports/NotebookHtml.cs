using System.Globalization;
using System.Net;
using System.Text;
using Unlearn.Kernel.Notebooks;

namespace Unlearn.Kernel.Reports;

/// <summary>An executed notebook as an HTML fragment, with its headings.</summary>
/// <param name="Html">The fragment.</param>
/// <param name="Headings">The headings in it.</param>
internal sealed record NotebookHtml(string Html, IReadOnlyList<Heading> Headings)
{
    public static NotebookHtml Of(Notebook notebook, RunSummary summary, MarkdownHtml markdown, OutputHtml outputs)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<article id=\"{WebUtility.HtmlEncode(notebook.Name)}\">\n");
        var (hasStatus, hasError) = (false, false);
        foreach (var cell in notebook.Cells)
        {
            switch (cell.Kind)
            {
                case CellKind.Markdown:
                    html.Append("<section class=\"markdown\">").Append(markdown.Render(cell)).Append("</section>\n");
                    break;
                case CellKind.Code:
                    if (!hasStatus) html.Append(summary.Line());
                    hasStatus = true;
                    var isFailed = !hasError && !cell.Tags.Contains("raises-exception") && cell.Outputs.Any(RunSummary.IsError);
                    hasError |= isFailed;
                    Code(html, cell, outputs, isFailed ? $" id=\"{WebUtility.HtmlEncode(summary.ErrorAnchor)}\"" : "");
                    break;
            }
        }
        if (!hasStatus) html.Append(summary.Line());
        return new(html.Append("</article>\n").ToString(), markdown.Headings);
    }

    private static void Code(StringBuilder html, NotebookCell cell, OutputHtml outputs, string id)
    {
        if (cell.Source.Length == 0) return;
        var number = cell.ExecutionCount is { } count ? count.ToString(CultureInfo.InvariantCulture) : "–";
        var time = cell.Elapsed is { } elapsed ? $"<span class=\"time\">{RunSummary.Short(elapsed)}</span>" : "";
        var injected = cell.Tags.Contains(ParameterCell.InjectedTag) ? "<span class=\"time\">parameters of this run</span>" : "";
        html.Append("<section class=\"code\"").Append(id).Append("><details class=\"source\" open><summary>")
            .Append(CultureInfo.InvariantCulture, $"<span class=\"number\">[{number}]</span>{injected}{time}</summary><pre><code>")
            .Append(CodeHtml.Render(cell.Source)).Append("</code></pre></details>");
        var shown = string.Concat(cell.Outputs.Select(outputs.Render));
        if (shown.Length > 0) html.Append("<div class=\"output\">").Append(shown).Append("</div>");
        html.Append("</section>\n");
    }
}
