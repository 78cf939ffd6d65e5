namespace Unlearn.Kernel.Reports;

/// <summary>The browser scripts that lie beside a report, each once; where one is missing the report says the same in less.</summary>
/// <param name="Plotly">plotly.min.js on this machine, or null: charts are then shown as pictures.</param>
/// <param name="KatexFolder">The folder with katex.min.js, katex.min.css and fonts, or null: formulas are then shown as LaTeX.</param>
public sealed record ReportScripts(string? Plotly, string? KatexFolder)
{
    /// <summary>The folder's name in a report's folder.</summary>
    public const string KatexName = "katex";

    /// <summary>No scripts.</summary>
    public static ReportScripts None { get; } = new(null, null);

    /// <summary>What the set-up installed, or what <c>UNLEARN_PLOTLYJS</c> and <c>UNLEARN_KATEX</c> (katex.min.js) name.</summary>
    public static ReportScripts Find() =>
        new(PlotlyScript.Find(), Path.GetDirectoryName(NpmFiles.Find("katex/dist/katex.min.js", "UNLEARN_KATEX")));

    /// <summary>Puts the scripts beside a report, where they are not yet.</summary>
    internal void CopyTo(string folder)
    {
        if (Plotly is not null) CopyOnce(Plotly, Path.Combine(folder, PlotlyScript.FileName));
        if (KatexFolder is null) return;
        string[] files = ["katex.min.js", "katex.min.css", .. Directory.GetFiles(Path.Combine(KatexFolder, "fonts"), "*.woff2")
            .Select(f => Path.Combine("fonts", Path.GetFileName(f)))];
        foreach (var file in files) CopyOnce(Path.Combine(KatexFolder, file), Path.Combine(folder, KatexName, file));
    }

    private static void CopyOnce(string source, string target)
    {
        if (Path.GetFullPath(source) == Path.GetFullPath(target)) return;
        if (File.Exists(target) && new FileInfo(target).Length == new FileInfo(source).Length) return;
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var temporary = $"{target}.{Environment.ProcessId}.tmp";
        File.Copy(source, temporary, overwrite: true);
        File.Move(temporary, target, overwrite: true);
    }
}
