namespace Unlearn.Kernel.Reports;

/// <summary>plotly.js, which draws charts: in pictures, and in HTML reports from the one copy that lies beside them.</summary>
public static class PlotlyScript
{
    /// <summary>The file's name in a report's folder.</summary>
    public const string FileName = "plotly.min.js";

    /// <summary>
    /// The script on this machine: what the environment variable <c>UNLEARN_PLOTLYJS</c> names, or the copy that the set-up installed
    /// in the repository above the program's folder or the current one; null when there is none.
    /// </summary>
    public static string? Find() => NpmFiles.Find("plotly.js-dist-min/plotly.min.js", "UNLEARN_PLOTLYJS");
}
