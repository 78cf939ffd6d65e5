namespace Unlearn.Kernel.Reports;

/// <summary>The one copy of plotly.js that lies beside an HTML report.</summary>
public static class PlotlyScript
{
    /// <summary>The file's name in a report's folder.</summary>
    public const string FileName = "plotly.min.js";

    private const string Installed = "lib/artifacts/npm/node_modules/plotly.js-dist-min/plotly.min.js";

    /// <summary>
    /// The script on this machine: what the environment variable <c>UNLEARN_PLOTLYJS</c> names, or the copy that the set-up installed
    /// in the repository above the program's folder or the current one; null when there is none.
    /// </summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("UNLEARN_PLOTLYJS") is { Length: > 0 } named) return File.Exists(named) ? named : null;
        return new[] { AppContext.BaseDirectory, Directory.GetCurrentDirectory() }
            .SelectMany(Upward)
            .Select(folder => Path.Combine(folder, Installed))
            .FirstOrDefault(File.Exists);
    }

    private static IEnumerable<string> Upward(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent) yield return at.FullName;
    }
}
