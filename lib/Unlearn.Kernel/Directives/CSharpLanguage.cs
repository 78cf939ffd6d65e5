using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Directives;

/// <summary><c>#!csharp</c>: the language of every cell that names none.</summary>
internal sealed class CSharpLanguage : ILanguage
{
    public IReadOnlyList<string> Names { get; } = ["#!csharp", "#!c#", "#!C#"];

    public string Usage => "#!csharp";

    public string Help => "Run the following lines as C#.";

    /// <summary>Brings the packages that the lines name, all before their code, then runs the code.</summary>
    public async Task RunAsync(TextSegment text, CellContext context)
    {
        var (code, packages) = (new List<string>(Enumerable.Repeat("", text.Line - 1)), new List<PackageRequest>());
        foreach (var (index, line) in text.Text.Split('\n').Index())
        {
            var number = text.Line + index;
            if (PackageRequest.Source(line.TrimEnd(), number) is { } source)
                context.Packages.AddSource(source, number);
            else if (PackageRequest.TryParse(line.TrimEnd(), number, out var package))
                packages.Add(package);
            else
            {
                code.Add(line);
                continue;
            }
            code.Add("");       // line numbers stay the cell's
        }
        await context.Packages.InstallAsync(packages, context).ConfigureAwait(false);
        if (code.TrueForAll(string.IsNullOrWhiteSpace)) return;
        await context.Scripts.RunAsync(
            context.Text with { Text = string.Join('\n', code) }, context.Cell, context.Cancellation).ConfigureAwait(false);
    }
}
