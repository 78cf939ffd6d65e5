using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis.CSharp;
using Unlearn.Kernel.Formatting;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Directives;

/// <summary><c>#!about</c>.</summary>
internal sealed class AboutMagic : IMagic
{
    public IReadOnlyList<string> Names { get; } = ["#!about"];

    public string Usage => "#!about";

    public string Help => "Say what runs the notebook.";

    public Task RunAsync(DirectiveLine line, CellContext context)
    {
        Arguments.None(line, this);
        (string Name, string Value)[] facts =
        [
            ("Engine", $"Unlearn.Kernel {typeof(Session).Assembly.GetName().Version}"),
            ("Language", $"C# {LanguageVersion.CSharp14.ToDisplayString()}"),
            ("Compiler", $"Roslyn {typeof(LanguageVersion).Assembly.GetName().Version}"),
            ("Runtime", RuntimeInformation.FrameworkDescription),
            ("System", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}"),
            ("Folder", context.Scripts.Folder),
        ];
        var rows = facts.Select(f => new { About = f.Name, f.Value });
        if (TableFormatter.TryFormatRecords(rows, out var table)) context.Display(table);
        return Task.CompletedTask;
    }
}
