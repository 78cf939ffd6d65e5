using System.Collections.Immutable;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Directives;

/// <summary>The directives there are.</summary>
internal static class Magics
{
    // Names of the original's other kernels, whose cells cannot run here.
    private static readonly string[] OtherKernels =
    [
        "#!fsharp", "#!f#", "#!F#", "#!pwsh", "#!powershell", "#!sql", "#!kql", "#!mermaid", "#!http", "#!value", "#!connect", "#!python",
        "#!r",
    ];

    /// <summary>The language of a cell that names none.</summary>
    public static ILanguage CSharp { get; } = new CSharpLanguage();

    /// <summary>All of them, by name.</summary>
    public static ImmutableArray<IDirective> All { get; } =
    [
        new AboutMagic(), CSharp, new HtmlLanguage(), new ImportMagic(), new JavascriptLanguage(), new ListMagic(), new MarkdownLanguage(),
        new SetMagic(), new ShareMagic(), new TimeMagic(), new WhoMagic(), new WhosMagic(),
    ];

    /// <summary>What a line means.</summary>
    /// <exception cref="CellException">Nothing that is known here.</exception>
    public static IDirective Find(DirectiveLine line) => All.FirstOrDefault(d => d.Names.Contains(line.Name))
        ?? throw new CellException("UnknownDirective", $"Unknown magic command '{line.Name}'. "
            + (OtherKernels.Contains(line.Name) ? "It needs another kernel than C#, and only C# runs here. " : "")
            + $"Known here: {string.Join(", ", All.Select(d => d.Names[0]))}; also #r, #i and #load.", line.Number);
}
