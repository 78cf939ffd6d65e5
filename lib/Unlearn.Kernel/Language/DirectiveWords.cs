using Unlearn.Kernel.Directives;

namespace Unlearn.Kernel.Language;

/// <summary>The lines of a cell that speak to the engine or the preprocessor rather than to the compiler.</summary>
internal static class DirectiveWords
{
    /// <summary>The session's directives with what they do, in one line.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> All { get; } =
        [.. Magics.All.Select(d => (d.Names[0], d.Usage == d.Names[0] ? d.Help : $"{d.Usage}: {d.Help}"))];

    /// <summary>Preprocessor directives of scripts.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> Preprocessor { get; } =
    [
        ("#r", "References an assembly or a package: #r \"path\", #r \"nuget:Id, version\"."),
        ("#load", "Runs a script: #load \"path\"."),
        ("#i", "Adds a package source: #i \"nuget:source\"."),
        ("#nullable", "enable, disable or restore."),
        ("#pragma", "warning disable, warning restore."),
        ("#region", "Begins a region."),
        ("#endregion", "Ends a region."),
        ("#if", "Compiles what follows under a condition."),
        ("#elif", "Compiles what follows under another condition."),
        ("#else", "Compiles what follows otherwise."),
        ("#endif", "Ends #if."),
        ("#define", "Defines a symbol."),
    ];

    /// <summary>Whether the lines after a directive are C#: some select a language, the others leave it as it was.</summary>
    public static bool IsCSharpAfter(string line, bool before)
    {
        var name = DirectiveLine.Parse(line, 0).Name;
        return Magics.All.FirstOrDefault(d => d.Names.Contains(name)) is ILanguage language ? language == Magics.CSharp : before;
    }
}
