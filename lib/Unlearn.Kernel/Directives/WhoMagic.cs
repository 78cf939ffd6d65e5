using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Directives;

/// <summary><c>#!who</c>.</summary>
internal sealed class WhoMagic : IMagic
{
    public IReadOnlyList<string> Names { get; } = ["#!who"];

    public string Usage => "#!who";

    public string Help => "List the names of the variables.";

    public Task RunAsync(DirectiveLine line, CellContext context)
    {
        Arguments.None(line, this);
        string[] names = [.. context.Scripts.Variables.Select(v => v.Name)];
        context.Display(names is [] ? "(no variables)" : string.Join(", ", names), MimeTypes.Plain);
        return Task.CompletedTask;
    }
}
