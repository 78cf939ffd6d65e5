using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Unlearn.Kernel.Reports;

namespace Unlearn.Kernel.Formatting;

/// <summary>Draws figures as PNG with headless Chromium and plotly.js, and keeps what it has drawn.</summary>
/// <remarks>
/// A picture is an extra: whatever goes wrong, the chart is shown without it and one note on the standard error says why.
/// </remarks>
/// <param name="chromium">The browser's program; null means there is none.</param>
/// <param name="plotlyJs">The file plotly.min.js, version 3; null means there is none.</param>
/// <param name="cacheFolder">Where drawn pictures are kept, under the hash of their figure.</param>
public sealed class ChartImages(string? chromium, string? plotlyJs, string cacheFolder)
{
    // Part of every key, so that pictures drawn in another way are not mistaken for current ones.
    private const string Recipe = "toImage png scale 2, palette";

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(60);
    private static readonly string[] Browsers = ["chromium", "chromium-browser", "google-chrome", "chrome"];

    private int notesWritten;

    /// <summary>Whether browser and plotly.js are there.</summary>
    public bool IsAvailable => chromium is not null && plotlyJs is not null;

    /// <summary>
    /// With the browser on the <c>PATH</c>, the plotly.js that <c>UNLEARN_PLOTLYJS</c> names or the repository around the program or
    /// the working folder holds, and the user's cache folder.
    /// </summary>
    public static ChartImages Find() => new(FindChromium(), PlotlyScript.Find(), DefaultCacheFolder());

    /// <summary>The picture of a figure, at twice its size in pixels; null, after a note, when it cannot be drawn.</summary>
    /// <param name="figureJson">An object with <c>data</c> and <c>layout</c>, every &lt; escaped.</param>
    /// <param name="width">Width of the figure in CSS pixels.</param>
    /// <param name="height">Height of the figure in CSS pixels.</param>
    public byte[]? TryRender(string figureJson, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(figureJson);
        try
        {
            var kept = Path.Combine(cacheFolder, Key(figureJson, width, height) + ".png");
            if (File.Exists(kept)) return File.ReadAllBytes(kept);
            if (chromium is null) return Note("Chromium was not found on the PATH");
            if (plotlyJs is null) return Note("plotly.js was not found; set UNLEARN_PLOTLYJS to the path of plotly.min.js");
            var png = Draw(figureJson, width, height);
            Keep(kept, png);
            return png;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Win32Exception or InvalidOperationException
            or FormatException or TimeoutException)
        {
            return Note(e.Message);
        }
    }

    private byte[] Draw(string figureJson, int width, int height)
    {
        var folder = Directory.CreateTempSubdirectory("unlearn-chart-").FullName;
        try
        {
            var page = Path.Combine(folder, "page.html");
            File.WriteAllText(page, ChartPage.Html(new Uri(plotlyJs!).AbsoluteUri, figureJson, width, height));
            return IndexedPng.From(ChartPage.PngFrom(Browse(page, Path.Combine(folder, "profile"))));
        }
        finally
        {
            Remove(folder);
        }
    }

    private string Browse(string page, string profile)
    {
        string[] arguments =
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", $"--user-data-dir={profile}", "--virtual-time-budget=10000", "--dump-dom",
            new Uri(page).AbsoluteUri,
        ];
        var start = new ProcessStartInfo(chromium!, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{chromium} did not start.");
        try
        {
            // Both pipes are drained, or a talkative browser would wait for us for ever.
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEndAsync();
            if (!Task.WaitAll([output, errors], TimeLimit) || !process.WaitForExit(TimeLimit))
                throw new TimeoutException($"Chromium did not finish within {TimeLimit.TotalSeconds} s");
            return output.Result;
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static void Keep(string path, byte[] png)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.tmp";
        File.WriteAllBytes(temporary, png);
        File.Move(temporary, path, overwrite: true);
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A browser's helper process may still be closing its files; what is left lies in the folder for temporary files.
        }
    }

    private static string Key(string figureJson, int width, int height) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Recipe} {width}x{height}\n{figureJson}")));

    private byte[]? Note(string reason)
    {
        if (Interlocked.Exchange(ref notesWritten, 1) == 0) Console.Error.WriteLine($"note: charts are shown without pictures: {reason}.");
        return null;
    }

    private static string? FindChromium() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Where(folder => folder.Length > 0)
        .SelectMany(folder => Browsers.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    private static string DefaultCacheFolder() => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
            ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "unlearn", "charts");
}
