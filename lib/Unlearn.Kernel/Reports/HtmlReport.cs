using System.Collections.Immutable;
using System.Net;
using System.Reflection;
using Unlearn.Kernel.Notebooks;

namespace Unlearn.Kernel.Reports;

/// <summary>Executed notebooks as web pages: one page each, and one report of all of them with a table of contents.</summary>
/// <param name="Index">The report of all notebooks.</param>
/// <param name="Pages">One page per notebook.</param>
/// <param name="Warning">What the pages lack, if anything.</param>
public sealed record HtmlReport(string Index, ImmutableArray<string> Pages, string? Warning)
{
    private static readonly string Style = Resource("report.css");
    private static readonly string Script = Resource("report.js");

    /// <summary>Writes the pages for every executed notebook in a folder, into that folder, with the one copy of
    /// plotly.js they share.</summary>
    /// <param name="folder">The folder of executed notebooks.</param>
    /// <param name="plotly">plotly.js on this machine, or null: charts are then shown as pictures.</param>
    /// <exception cref="NotebookException">A file in the folder is not a notebook.</exception>
    public static HtmlReport Write(string folder, string? plotly)
    {
        if (plotly is not null) CopyOnce(plotly, Path.Combine(folder, PlotlyScript.FileName));

        var outputs = new OutputHtml(plotly is not null);
        var notebooks = Directory.GetFiles(folder, "*.ipynb").Order(StringComparer.Ordinal)
            .Select(Notebook.Load)
            .Select(n => (Notebook: n, Html: NotebookHtml.Render(n, outputs)))
            .ToList();

        var pages = ImmutableArray.CreateBuilder<string>();
        foreach (var (notebook, html) in notebooks)
        {
            pages.Add(Path.Combine(folder, notebook.Name + ".html"));
            WholeFile.Write(pages[^1], Page(notebook.Title, html, plotly is not null));
        }

        var entries = notebooks.Select(n => $"<li><a href=\"#{Encode(n.Notebook.Name)}\">{Encode(n.Notebook.Title)}</a> "
            + $"<a class=\"alone\" href=\"{Uri.EscapeDataString(n.Notebook.Name)}.html\">own page</a></li>");
        var contents = $"<nav><h1>Notebooks</h1><ol>{string.Concat(entries)}</ol></nav>\n";
        var index = Path.Combine(folder, "index.html");
        WholeFile.Write(index, Page("Notebooks", contents + string.Concat(notebooks.Select(n => n.Html)), plotly is not null));

        return new(index, pages.DrainToImmutable(), outputs.MissedPlotly
            ? $"{PlotlyScript.FileName} was not found, so charts are shown as pictures or text; "
                + "run .devcontainer/setup.sh, or let UNLEARN_PLOTLYJS name the file."
            : null);
    }

    private static string Page(string title, string body, bool hasPlotly) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Encode(title)}</title>
        <style>
        {Style}</style>
        {(hasPlotly ? $"<script src=\"{PlotlyScript.FileName}\"></script>" : "")}
        </head>
        <body>
        {body}{(hasPlotly ? $"<script>\n{Script}</script>" : "")}
        </body>
        </html>

        """.ReplaceLineEndings("\n");

    private static void CopyOnce(string source, string target)
    {
        if (Path.GetFullPath(source) == Path.GetFullPath(target)) return;
        if (File.Exists(target) && new FileInfo(target).Length == new FileInfo(source).Length) return;
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var temporary = $"{target}.{Environment.ProcessId}.tmp";
        File.Copy(source, temporary, overwrite: true);
        File.Move(temporary, target, overwrite: true);
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
