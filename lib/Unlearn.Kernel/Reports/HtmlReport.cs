using System.Collections.Immutable;
using System.Net;
using System.Reflection;
using System.Text;
using Unlearn.Data;
using Unlearn.Kernel.Notebooks;

namespace Unlearn.Kernel.Reports;

/// <summary>Executed notebooks as web pages: one page each, and one report of all of them with a table of contents.</summary>
/// <param name="Index">The report of all notebooks.</param>
/// <param name="Pages">One page per notebook.</param>
/// <param name="Warning">What the pages lack, if anything.</param>
public sealed record HtmlReport(string Index, ImmutableArray<string> Pages, string? Warning)
{
    private const int DeepestHeading = 2;

    private static readonly string Style = Resource("report.css");
    private static readonly string Script = Resource("report.js");

    /// <summary>Writes the pages for every executed notebook in a folder, into that folder, with the one copy of each script they
    /// share. The pages need no network and no server.</summary>
    /// <param name="folder">The folder of executed notebooks.</param>
    /// <param name="scripts">The scripts on this machine.</param>
    /// <param name="sources">Notebook name → the folder it was run from, in which its relative pictures are. Default: the report's folder
    /// and the one above.</param>
    /// <exception cref="NotebookException">A file in the folder is not a notebook.</exception>
    public static HtmlReport Write(string folder, ReportScripts scripts, IReadOnlyDictionary<string, string>? sources = null)
    {
        ArgumentNullException.ThrowIfNull(scripts);
        scripts.CopyTo(folder);
        var head = Head(scripts);
        Notebook[] notebooks = [.. Directory.GetFiles(folder, "*.ipynb").Order(StringComparer.Ordinal).Select(Notebook.Load)];
        var names = notebooks.Select(n => n.Name).ToHashSet(StringComparer.Ordinal);
        var summaries = Array.ConvertAll(notebooks, RunSummary.Of);

        var pages = ImmutableArray.CreateBuilder<string>();
        foreach (var (notebook, summary) in notebooks.Zip(summaries))
        {
            var html = Render(notebook, summary, name => names.Contains(name) ? Uri.EscapeDataString(name) + ".html" : null);
            pages.Add(Path.Combine(folder, notebook.Name + ".html"));
            var back = "<p class=\"back\"><a href=\"index.html\">All notebooks</a></p>\n";
            Write(pages[^1], Page(notebook.Title, head, back + html.Html));
        }

        var all = notebooks.Zip(summaries)
            .Select(n => (n.First, n.Second, Html: Render(n.First, n.Second, name => names.Contains(name) ? "#" + name : null))).ToList();
        var index = Path.Combine(folder, "index.html");
        Write(index, Page("Notebooks", head, Contents(all) + string.Concat(all.Select(n => n.Html.Html))));

        var hasCharts = notebooks.SelectMany(n => n.Cells).SelectMany(c => c.Outputs)
            .Any(o => o is System.Text.Json.Nodes.JsonObject json && json["data"] is System.Text.Json.Nodes.JsonObject data
                && data.ContainsKey(MimeTypes.Plotly));
        return new(index, pages.DrainToImmutable(), Missing(scripts, hasCharts, all.Any(n => HasFormulas(n.Html.Html))));

        NotebookHtml Render(Notebook notebook, RunSummary summary, Func<string, string?> pageOf)
        {
            string[] places = sources?.GetValueOrDefault(notebook.Name) is { } source
                ? [source] : [folder, Path.GetDirectoryName(Path.GetFullPath(folder)) ?? folder];
            return NotebookHtml.Of(notebook, summary, new(notebook.Name, places, folder, pageOf), new(scripts.Plotly is not null));
        }
    }

    private static string Contents(IReadOnlyList<(Notebook Notebook, RunSummary Summary, NotebookHtml Html)> all)
    {
        var html = new StringBuilder("<nav>\n<h1>Notebooks</h1>\n<ol class=\"contents\">\n");
        foreach (var (notebook, summary, content) in all)
        {
            var time = summary.Elapsed is { } elapsed ? $" <span class=\"time\">{RunSummary.Short(elapsed)}</span>" : "";
            html.Append($"<li><a class=\"title\" href=\"#{Encode(notebook.Name)}\">{Encode(notebook.Title)}</a> {summary.Badge()}{time} "
                + $"<a class=\"alone\" href=\"{Uri.EscapeDataString(notebook.Name)}.html\">own page</a>");
            if (summary.Parameters.Length > 0) html.Append($"<div class=\"parameters\">{summary.ParametersHtml()}</div>");
            Heading[] headings = [.. content.Headings.Where(h => h.Level is > 1 and <= DeepestHeading)];
            if (headings.Length > 0)
            {
                var entries = headings.Select(h => $"<li><a href=\"#{Encode(h.Anchor)}\">{h.Html}</a></li>");
                html.Append("<ul>").AppendJoin("", entries).Append("</ul>");
            }
            html.Append("</li>\n");
        }
        return html.Append("</ol>\n</nav>\n").ToString();
    }

    private static string? Missing(ReportScripts scripts, bool hasCharts, bool hasFormulas)
    {
        string[] lacking =
        [
            .. hasCharts && scripts.Plotly is null
                ? [$"{PlotlyScript.FileName} was not found, so charts are shown as pictures or text (UNLEARN_PLOTLYJS may name the file)"]
                : Array.Empty<string>(),
            .. hasFormulas && scripts.KatexFolder is null
                ? ["KaTeX was not found, so formulas are shown as LaTeX (UNLEARN_KATEX may name its katex.min.js)"]
                : Array.Empty<string>(),
        ];
        return lacking.Length == 0 ? null : $"{string.Join("; ", lacking)}; .devcontainer/setup.sh installs what is missing.";
    }

    private static bool HasFormulas(string html) => html.Contains(" class=\"math\"", StringComparison.Ordinal);

    private static string Head(ReportScripts scripts) => string.Concat(
        scripts.KatexFolder is null ? ""
            : $"<link rel=\"stylesheet\" href=\"{ReportScripts.KatexName}/katex.min.css\">\n"
                + $"<script src=\"{ReportScripts.KatexName}/katex.min.js\"></script>\n",
        scripts.Plotly is null ? "" : $"<script src=\"{PlotlyScript.FileName}\"></script>\n");

    // Half a surrogate pair, which a cell may print, becomes the replacement character instead of an error.
    private static void Write(string path, string page) => WholeFile.Write(path, Encoding.UTF8.GetBytes(page));

    private static string Page(string title, string head, string body) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{Encode(title)}</title>
        {head}<style>
        {Style}</style>
        </head>
        <body>
        <div class="tools"><button type="button" id="code">Hide code</button></div>
        {body}<script>
        {Script}</script>
        </body>
        </html>

        """.ReplaceLineEndings("\n");

    private static string Resource(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
