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
        Assert.Contains("<a href=\"#fails\">Fails in its second cell</a>", index, StringComparison.Ordinal);
        Assert.Contains("<article id=\"round-trip\">", index, StringComparison.Ordinal);
        Assert.Equal(["fails.html", "round-trip.html"], report.Pages.Select(Path.GetFileName));
        Assert.All(report.Pages, p => Assert.DoesNotContain("<nav>", File.ReadAllText(p), StringComparison.Ordinal));
        Assert.Null(report.Warning);
    }

    [Fact]
    public void Texts_from_a_notebook_cannot_become_markup()
    {
        var page = Page(Hostile, new StreamOutput("stdout", Hostile), new ErrorOutput("E", Hostile, [Hostile]),
            new DisplayOutput(MimeBundle.Plain(Hostile), "d"), new DisplayOutput(MimeBundle.Empty.With(MimeTypes.Png, "\"><script>"), "p"));
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
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
        Assert.Contains("<img alt=\"output\" src=\"data:image/png;base64,AAAA\">", page, StringComparison.Ordinal);
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
