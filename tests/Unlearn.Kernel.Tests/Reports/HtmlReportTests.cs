using System.Text.Json;
using System.Text.Json.Nodes;
using Unlearn.Kernel.Notebooks;
using Unlearn.Kernel.Reports;
using Unlearn.Kernel.Tests.Notebooks;

namespace Unlearn.Kernel.Tests.Reports;

public sealed class HtmlReportTests : IDisposable
{
    private const string Hostile = "</script><script>alert(1)</script>";

    private readonly string folder = Directory.CreateTempSubdirectory("unlearn-report-").FullName;

    private string Plotly => Path.Combine(folder, "elsewhere", "plotly.js");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Index_holds_every_notebook_and_a_table_of_contents()
    {
        foreach (var name in (string[])["round-trip", "fails"]) File.Copy(Sample.PathOf(name), Path.Combine(folder, name + ".ipynb"));
        var report = HtmlReport.Write(folder, ReportScripts.None);
        var index = File.ReadAllText(report.Index);
        Assert.Contains("href=\"#fails\">Fails in its second cell</a>", index, StringComparison.Ordinal);
        Assert.Contains("<article id=\"round-trip\">", index, StringComparison.Ordinal);
        Assert.Equal(["fails.html", "round-trip.html"], report.Pages.Select(Path.GetFileName));
        Assert.All(report.Pages, p => Assert.DoesNotContain("<nav>", File.ReadAllText(p), StringComparison.Ordinal));
        Assert.Contains("KaTeX was not found", report.Warning, StringComparison.Ordinal);      // one of them has a formula
    }

    [Fact]
    public void Contents_list_headings_whose_ids_two_notebooks_do_not_share()
    {
        foreach (var name in (string[])["a", "b"]) Save(name, $"# {name}\n## Same\n[up](#same) [other](b.ipynb)\n## Same");
        var index = File.ReadAllText(HtmlReport.Write(folder, ReportScripts.None).Index);
        foreach (var id in (string[])["a--same", "a--same-1", "b--same", "b--same-1"])
        {
            Assert.Single(Occurrences(index, $" id=\"{id}\""));
            Assert.Contains($"<li><a href=\"#{id}\">Same</a></li>", index, StringComparison.Ordinal);
        }
        Assert.Contains("<a href=\"#a--same\">up</a> <a href=\"#b\">other</a>", index, StringComparison.Ordinal);
        Assert.Contains("<a href=\"b.html\">other</a>", File.ReadAllText(Path.Combine(folder, "a.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_beside_the_source_are_embedded_and_links_lead_from_the_report()
    {
        var source = Directory.CreateDirectory(Path.Combine(folder, "source")).FullName;
        File.WriteAllBytes(Path.Combine(source, "a b.png"), [1, 2, 3]);
        File.WriteAllText(Path.Combine(source, "x.md"), "x");
        Save("n", "![a](a%20b.png) <img src='a b.png'> [x](x.md#y) ![far](https://a.org/b.png) ![secret](x.md)");
        var sources = new Dictionary<string, string> { ["n"] = source };
        var page = File.ReadAllText(HtmlReport.Write(folder, ReportScripts.None, sources).Pages.Single());
        Assert.Equal(2, Occurrences(page, "data:image/png;base64,AQID").Length);
        Assert.Contains("href=\"source/x.md#y\"", page, StringComparison.Ordinal);
        Assert.Contains("src=\"https://a.org/b.png\"", page, StringComparison.Ordinal);
        Assert.Contains("src=\"x.md\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_time_and_parameters_of_a_run_are_told()
    {
        var notebook = Sample.Load("parameters");
        await NotebookRunner.RunAsync(notebook, new()
        {
            Parameters = new Dictionary<string, string> { ["lr"] = "0.5" },
            Output = Path.Combine(folder, "parameters.ipynb"),
        });
        var index = File.ReadAllText(HtmlReport.Write(folder, ReportScripts.None).Index);
        Assert.Contains("<span class=\"badge succeeded\">succeeded</span>", index, StringComparison.Ordinal);
        Assert.Contains("3 of 3 cells in ", index, StringComparison.Ordinal);
        Assert.Contains("<code><b>lr = 0.5</b></code>, <code>seeds = ", index, StringComparison.Ordinal);
        Assert.Equal(3, System.Text.RegularExpressions.Regex.Count(index, "<span class=\"time\">[0-9.]+ s</span></summary>"));
    }

    [Fact]
    public void Failed_notebook_leads_to_its_error()
    {
        Page("1", new ErrorOutput("E", "m", ["E: m"]));
        var index = File.ReadAllText(HtmlReport.Write(folder, ReportScripts.None).Index);
        Assert.Contains("<a class=\"badge failed\" href=\"#n--error\">failed</a>", index, StringComparison.Ordinal);
        Assert.Single(Occurrences(index, " id=\"n--error\""));
    }

    [Fact]
    public void Formula_scripts_are_copied_once_and_named_as_missing_where_formulas_need_them()
    {
        var katex = Directory.CreateDirectory(Path.Combine(folder, "elsewhere", "fonts")).Parent!.FullName;
        foreach (var file in (string[])["katex.min.js", "katex.min.css", "fonts/a.woff2", "fonts/a.ttf"])
            File.WriteAllText(Path.Combine(katex, file), "x");
        Save("n", "so $a^2$");
        Assert.Contains("KaTeX was not found", HtmlReport.Write(folder, ReportScripts.None).Warning, StringComparison.Ordinal);
        var report = HtmlReport.Write(folder, new(null, katex));
        Assert.Null(report.Warning);
        Assert.Contains("<script src=\"katex/katex.min.js\"></script>", File.ReadAllText(report.Index), StringComparison.Ordinal);
        Assert.Equal(["a.woff2"], Directory.GetFiles(Path.Combine(folder, "katex", "fonts")).Select(Path.GetFileName));
    }

    [Fact]
    public void Output_that_breaks_the_format_does_not_cost_the_report()
    {
        const string Wrong = """
            {"cells":[{"cell_type":"code","id":"a","metadata":{},"execution_count":1,"source":"1","outputs":[
             {"output_type":"stream","text":{}}, {"output_type":3}, {"output_type":"error","traceback":"x"},
             {"output_type":"display_data","data":{"text/plain":[1]}}]}],"metadata":{},"nbformat":4,"nbformat_minor":5}
            """;
        File.WriteAllText(Path.Combine(folder, "n.ipynb"), Wrong);
        var page = File.ReadAllText(HtmlReport.Write(folder, ReportScripts.None).Pages.Single());
        Assert.Equal(4, Occurrences(page, "an output that is not well formed").Length);
    }

    [Fact]
    public void Texts_from_a_notebook_cannot_become_markup()
    {
        var page = Page(Hostile, new StreamOutput("stdout", Hostile), new ErrorOutput("E", Hostile, [Hostile]),
            new DisplayOutput(MimeBundle.Plain(Hostile), "d"), new DisplayOutput(MimeBundle.Empty.With(MimeTypes.Png, "\"><script>"), "p"));
        Assert.Single(Occurrences(page, "<script>"));           // the page's own
        Assert.Equal(3, page.Split("&lt;/script&gt;&lt;script&gt;alert(1)").Length - 1);   // stream, error, plain text
    }

    [Fact]
    public void Figure_text_cannot_close_its_script_element_and_arrives_unchanged()
    {
        var figure = new JsonObject { ["data"] = new JsonArray(), ["layout"] = new JsonObject { ["title"] = Hostile + "<!--" } };
        var page = Page("1", plotly: true, new DisplayOutput(MimeBundle.Plain("c").With(MimeTypes.Plotly, figure), "d"));
        var start = page.IndexOf("application/json\">", StringComparison.Ordinal) + "application/json\">".Length;
        var json = page[start..page.IndexOf("</script>", start, StringComparison.Ordinal)];
        Assert.Equal(Hostile + "<!--", JsonDocument.Parse(json).RootElement.GetProperty("layout").GetProperty("title").GetString());
        Assert.Contains("<script src=\"plotly.min.js\"></script>", page, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, PlotlyScript.FileName)));
    }

    [Fact]
    public void Chart_without_plotly_is_its_picture_and_the_report_warns_once()
    {
        var bundle = MimeBundle.Plain("c").With(MimeTypes.Plotly, new JsonObject()).With(MimeTypes.Png, "AAAA");
        var page = Page("1", new DisplayOutput(bundle, "d"));
        Assert.Contains("<img alt=\"c\" src=\"data:image/png;base64,AAAA\">", page, StringComparison.Ordinal);
        Assert.Contains("plotly.min.js was not found", HtmlReport.Write(folder, ReportScripts.None).Warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MimeTypes.Html, "<div class=\"html\"><b>x</b></div>")]
    [InlineData(MimeTypes.Markdown, "<div class=\"markdown\"><p><b>x</b></p>\n</div>")]
    [InlineData(MimeTypes.Plain, "<pre class=\"plain\">&lt;b&gt;x&lt;/b&gt;</pre>")]
    public void Richest_representation_is_shown(string richest, string expected)
    {
        string[] order = [MimeTypes.Plain, MimeTypes.Markdown, MimeTypes.Html];
        var bundle = order.Take(Array.IndexOf(order, richest) + 1).Aggregate(MimeBundle.Empty, (b, m) => b.With(m, "<b>x</b>"));
        Assert.Contains(expected, Page("1", new DisplayOutput(bundle, "d")), StringComparison.Ordinal);
    }

    [Fact]
    public void Line_written_over_itself_shows_its_last_state() =>
        Assert.Contains("<pre class=\"stdout\">100 %\n</pre>",
            Page("1", new StreamOutput("stdout", "1 %\r50 %\r100 %\n")), StringComparison.Ordinal);

    [Fact]
    public void Code_is_coloured_without_changing_its_text()
    {
        const string Code = "var s = $\"a<{1}\"; // \"no\" text\nreturn '\\'';";
        var html = CodeHtml.Render(Code);
        Assert.Contains("<span class=\"comment\">// &quot;no&quot; text</span>", html, StringComparison.Ordinal);
        Assert.Contains("<span class=\"keyword\">var</span>", html, StringComparison.Ordinal);
        Assert.Equal(Code, System.Net.WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Replace(html, "<[^>]*>", "")));
    }

    [Fact]
    public void Formulas_are_marked() =>
        Assert.Contains("<span class=\"math\">\\(a^2\\)</span>", Markdown.ToHtml("so $a^2$"), StringComparison.Ordinal);

    private void Save(string name, string markdown)
    {
        var notebook = Notebook.Parse("""
            {"cells":[{"cell_type":"markdown","id":"a","metadata":{},"source":""}],"metadata":{},"nbformat":4,"nbformat_minor":5}
            """, name);
        notebook.Cells[0].Rewrite(markdown);
        notebook.Save(Path.Combine(folder, name + ".ipynb"));
    }

    private static int[] Occurrences(string text, string part) =>
        [.. Enumerable.Range(0, text.Length - part.Length).Where(i => string.CompareOrdinal(text, i, part, 0, part.Length) == 0)];

    private string Page(string source, params CellOutput[] outputs) => Page(source, plotly: false, outputs);

    private string Page(string source, bool plotly, params CellOutput[] outputs)
    {
        var notebook = Notebook.Parse("""{"cells":[],"metadata":{},"nbformat":4,"nbformat_minor":5}""", "n");
        notebook.InsertCode(0, "c", source, "t").Store(outputs, 1);
        notebook.Save(Path.Combine(folder, "n.ipynb"));
        if (plotly)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Plotly)!);
            File.WriteAllText(Plotly, "/* plotly */");
        }
        return File.ReadAllText(HtmlReport.Write(folder, new(plotly ? Plotly : null, null)).Pages.Single());
    }
}
