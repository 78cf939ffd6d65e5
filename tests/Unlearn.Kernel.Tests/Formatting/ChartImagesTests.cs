using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Plotly.NET.CSharp;
using Unlearn.Kernel.Formatting;

namespace Unlearn.Kernel.Tests.Formatting;

public sealed class ChartImagesTests : IDisposable
{
    private const string Figure = """{"data":[{"type":"scatter","x":[1,2],"y":[1,2]}],"layout":{"width":300,"height":200}}""";

    private readonly string cache = Directory.CreateTempSubdirectory("unlearn-images-").FullName;

    public void Dispose() => Directory.Delete(cache, recursive: true);

    [ChromiumFact]
    public void A_figure_becomes_a_png_of_twice_its_size_and_is_kept()
    {
        var png = ChromiumFactAttribute.Images(cache).TryRender(Figure, 300, 200)!;
        Assert.Equal(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A }, png[..8]);
        Assert.Equal(600, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.Equal(400, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
        var kept = Assert.Single(Directory.GetFiles(cache));
        Assert.Equal(png, File.ReadAllBytes(kept));

        // Without a browser only the kept picture can answer.
        Assert.Equal(png, new ChartImages(chromium: null, plotlyJs: null, cache).TryRender(Figure, 300, 200));
    }

    [ChromiumFact]
    public void A_shown_chart_carries_its_picture_with_its_size()
    {
        var chart = Chart.Line<double, double, string>([1, 2], [1, 2], UseDefaults: false);
        Assert.True(new ChartFormatter(ChromiumFactAttribute.Images(cache)).TryFormat(chart, out var bundle));
        Assert.StartsWith("iVBORw0KGgo", bundle.Text(MimeTypes.Png), StringComparison.Ordinal);
        Assert.Equal("""{"width":720,"height":420}""", bundle.Metadata[MimeTypes.Png].ToJsonString());
    }

    [ChromiumFact]
    public void A_figure_that_plotly_refuses_gives_no_picture_and_keeps_none()
    {
        Assert.Null(ChromiumFactAttribute.Images(cache).TryRender("""{"data":""", 300, 200));
        Assert.Empty(Directory.GetFiles(cache));
    }

    [Fact]
    public void Without_a_browser_there_is_no_picture_and_no_exception() =>
        Assert.Null(new ChartImages(chromium: null, plotlyJs: "/nowhere", cache).TryRender(Figure, 300, 200));

    [Fact]
    public void A_browser_that_fails_gives_no_picture_and_no_exception()
    {
        Assert.Null(new ChartImages("/bin/false", "/nowhere/plotly.min.js", cache).TryRender(Figure, 300, 200));
        Assert.Null(new ChartImages("/nowhere/chromium", "/nowhere/plotly.min.js", cache).TryRender(Figure, 300, 200));
        Assert.Empty(Directory.GetFiles(cache));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<pre id=\"image\"></pre>")]
    [InlineData("<pre id=\"image\">error: boom</pre>")]
    [InlineData("<pre id=\"image\">data:image/png;base64,!!!</pre>")]
    [InlineData("<pre id=\"image\">data:image/png;base64,AAAA</pre>")]
    public void A_page_without_a_picture_is_refused(string document) => Assert.Throws<FormatException>(() => ChartPage.PngFrom(document));
}

/// <summary>A fact that needs Chromium and plotly.js; skipped where one is absent.</summary>
internal sealed class ChromiumFactAttribute : FactAttribute
{
    private const string InRepository = "lib/artifacts/npm/node_modules/plotly.js-dist-min/plotly.min.js";

    public ChromiumFactAttribute()
    {
        if (Chromium is null) Skip = "Chromium is not on the PATH";
        else if (!File.Exists(PlotlyJs)) Skip = $"plotly.js is not at {InRepository}, nor where UNLEARN_PLOTLYJS says";
    }

    public static string? Chromium { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists);

    public static string PlotlyJs { get; } = Environment.GetEnvironmentVariable("UNLEARN_PLOTLYJS")
        ?? Path.GetFullPath(Path.Combine(SourceFolder(), "../../..", InRepository));

    public static ChartImages Images(string cache) => new(Chromium, PlotlyJs, cache);

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
