using Unlearn.Kernel.Notebooks;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Directives;

/// <summary><c>#!import</c>.</summary>
internal sealed class ImportMagic : IMagic
{
    public IReadOnlyList<string> Names { get; } = ["#!import"];

    public string Usage => "#!import FILE, where FILE ends in .ipynb, .dib, .csx or .cs and its path starts at the importing file";

    public string Help => "Run all cells of a notebook, or a script, here.";

    public async Task RunAsync(DirectiveLine line, CellContext context)
    {
        if (line.Rest.Length == 0) throw line.Wrong(this, "the file is missing");
        var path = Find(Arguments.Unquote(line.Rest), context) ?? throw line.Wrong(this, $"{Arguments.Unquote(line.Rest)} does not exist");
        if (context.Importing.Contains(path))
        {
            throw line.Wrong(this, $"{Path.GetFileName(path)} is being imported already: "
                + string.Join(" → ", context.Importing.Append(path).Select(Path.GetFileName)));
        }
        foreach (var text in Read(path, line)) await context.RunAsync(text, path).ConfigureAwait(false);
    }

    private static string? Find(string file, CellContext context) =>
        new[]
            {
                context.Importing is [.., var outer] ? Path.GetDirectoryName(outer)! : context.Scripts.Folder,
                Directory.GetCurrentDirectory(),
            }
            .Select(start => Path.GetFullPath(file, start))
            .FirstOrDefault(File.Exists);

    private CellText[] Read(string path, DirectiveLine line)
    {
        try
        {
            return Path.GetExtension(path) switch
            {
                ".ipynb" => Cells(path),
                ".dib" => [new(path, DibFile.ToCell(File.ReadAllText(path)))],
                ".cs" or ".csx" => [new(path, File.ReadAllText(path).ReplaceLineEndings("\n"))],
                _ => throw line.Wrong(this, $"{Path.GetFileName(path)} is of a kind that cannot be imported"),
            };
        }
        catch (Exception e) when (e is NotebookException or IOException or UnauthorizedAccessException)
        {
            throw line.Wrong(this, e.Message);
        }
    }

    private static CellText[] Cells(string path)
    {
        var (cells, code) = (new List<CellText>(), 0);
        foreach (var cell in Notebook.Load(path).Cells)
        {
            if (cell.Kind == CellKind.Markdown)
                cells.Add(new(path, "#!markdown\n" + cell.Source.ReplaceLineEndings("\n")));
            else if (cell.Kind == CellKind.Code)
                cells.Add(new($"{path} cell {++code}", Selected(cell) + cell.Source.ReplaceLineEndings("\n")));
        }
        return [.. cells];
    }

    // A cell of another kernel fails as the directive that would choose that kernel.
    private static string Selected(NotebookCell cell) =>
        cell.Subkernel is null or "csharp" or "C#" ? "" : $"#!{cell.Subkernel}\n";
}
