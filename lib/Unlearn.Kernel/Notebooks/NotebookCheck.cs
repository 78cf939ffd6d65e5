using System.Globalization;
using System.Text.Json.Nodes;

namespace Unlearn.Kernel.Notebooks;

/// <summary>
/// Whether a notebook file is fit to be committed: it keeps to the format, runs under the C# kernel, holds outputs that its own code made,
/// reads on any machine and is small.
/// </summary>
public static class NotebookCheck
{
    /// <summary>The most bytes that a committed notebook may have.</summary>
    public const int LargestFile = 1_000_000;

    /// <summary>Everything that is wrong with a file; empty when nothing is.</summary>
    /// <param name="path">The file.</param>
    public static IReadOnlyList<Finding> Run(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            var notebook = Notebook.Load(path);
            return [.. Findings(notebook, Path.GetFullPath(path)).Select(f => new Finding(path, f.Place, f.Expected, f.Found))];
        }
        catch (NotebookException e)
        {
            return [new(path, "file", "a notebook", e.Message)];
        }
    }

    private static IEnumerable<(string Place, string Expected, string Found)> Findings(Notebook notebook, string path)
    {
        var size = new FileInfo(path).Length;
        if (size > LargestFile)
            yield return ("file", Invariant($"at most {LargestFile:N0} bytes"), Invariant($"{size:N0}; make charts smaller or show less"));
        foreach (var breach in NotebookSchema.Breaches(notebook.Root)) yield return breach;
        foreach (var finding in Kernel(notebook.Root["metadata"] as JsonObject ?? [])) yield return finding;
        foreach (var finding in Outputs(notebook)) yield return finding;
        foreach (var (index, cell) in notebook.Cells.Index())
        {
            var place = $"cell {index + 1}";
            foreach (var found in NotebookPaths.Absolute(cell)) yield return (place, "paths relative to the notebook", found);
            foreach (var found in NotebookPaths.MissingPictures(cell, Path.GetDirectoryName(path)!))
                yield return (place, "pictures that are there", found);
            foreach (var found in cell.Outputs.OfType<JsonObject>().SelectMany(MissingFromChart))
                yield return (place, "every chart also as image/png and text/plain", $"none as {found}");
        }
    }

    private static IEnumerable<(string Place, string Expected, string Found)> Kernel(JsonObject metadata)
    {
        (string Object, string Key, string Value)[] wanted =
        [
            ("kernelspec", "name", ".net-csharp"), ("kernelspec", "display_name", ".NET (C#)"), ("kernelspec", "language", "C#"),
            ("language_info", "name", "C#"), ("language_info", "file_extension", ".cs"), ("language_info", "mimetype", "text/x-csharp"),
            ("language_info", "pygments_lexer", "csharp"),
        ];
        foreach (var (part, key, value) in wanted)
        {
            var found = (metadata[part] as JsonObject)?[key];
            if (NotebookJson.AsText(found) != value)
                yield return ("metadata", $"{part}.{key} \"{value}\"", found is null ? "nothing" : NotebookJson.Short(found));
        }
    }

    private static IEnumerable<(string Place, string Expected, string Found)> Outputs(Notebook notebook)
    {
        var number = 0;
        foreach (var (index, cell) in notebook.Cells.Index())
        {
            var place = $"cell {index + 1}";
            if (cell.Tags.Contains(ParameterCell.InjectedTag))
            {
                yield return (place, "the parameters in the cell of defaults only",
                    "an injected cell, which 'unlearn notebook save' leaves out");
            }
            if (cell.IsSkipped) continue;
            number++;
            if (cell.ExecutionCount != number)
            {
                var found = cell.ExecutionCount is { } other ? Invariant($"number {other}") : "a cell that did not run";
                yield return (place, Invariant($"the outputs of one run from top to bottom, this cell's number being {number}"), found);
            }
            if (!cell.Tags.Contains("raises-exception") && cell.Outputs.OfType<JsonObject>().FirstOrDefault(IsError) is { } error)
                yield return (place, "no error", NotebookJson.Short(error["ename"]));
        }
        if (number == 0) yield break;
        var stands = RunRecord.HashOf(notebook);
        if (RunRecord.Of(notebook) is not { } record)
            yield return ("metadata", "the record of the run that made the outputs", "none; execute it and use 'unlearn notebook save'");
        else if (record.CodeSha256 != stands)
            yield return ("file", $"outputs of the code and parameters that stand here ({stands[..8]})", $"others' ({Cut(record)})");
        else if (record.Status is not (null or "succeeded"))
            yield return ("metadata", "outputs of a run that succeeded", $"one that is '{record.Status}'");
    }

    private static string Cut(RunRecord record) => record.CodeSha256.Length > 8 ? record.CodeSha256[..8] : record.CodeSha256;

    private static bool IsError(JsonObject output) => NotebookJson.AsText(output["output_type"]) is "error";

    private static IEnumerable<string> MissingFromChart(JsonObject output) =>
        output["data"] is JsonObject data && data.ContainsKey(MimeTypes.Plotly)
            ? ((string[])[MimeTypes.Png, MimeTypes.Plain]).Where(mimeType => !data.ContainsKey(mimeType))
            : [];

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
