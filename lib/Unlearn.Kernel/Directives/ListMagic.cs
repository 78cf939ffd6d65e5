using Unlearn.Kernel.Formatting;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Directives;

/// <summary><c>#!lsmagic</c>.</summary>
internal sealed class ListMagic : IMagic
{
    private static readonly (string Usage, string Help)[] Compilers =
    [
        ("#i \"nuget: SOURCE\"", "Look for packages in one more feed or folder."),
        ("#load \"FILE.csx\"", "Compile a script file as part of the cell."),
        ("#r \"FILE.dll\"", "Use a library; the path starts at the notebook's folder."),
        ("#r \"nuget: ID, VERSION\"", "Use a package, from the cache or the configured feeds."),
    ];

    public IReadOnlyList<string> Names { get; } = ["#!lsmagic"];

    public string Usage => "#!lsmagic";

    public string Help => "List the directives.";

    public Task RunAsync(DirectiveLine line, CellContext context)
    {
        Arguments.None(line, this);
        var rows = Magics.All
            .Select(d => (d.Usage, Help: d.Names.Count == 1 ? d.Help : $"{d.Help} Also: {string.Join(", ", d.Names.Skip(1))}."))
            .Concat(Compilers)
            .Select(d => new { Directive = d.Usage, Meaning = d.Help });
        if (TableFormatter.TryFormatRecords(rows, out var table)) context.Display(table);
        return Task.CompletedTask;
    }
}
