using Microsoft.DotNet.Interactive.Formatting;
using Unlearn.Kernel.Formatting;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Directives;

/// <summary><c>#!whos</c>.</summary>
internal sealed class WhosMagic : IMagic
{
    private const int ValueWidth = 100;

    public IReadOnlyList<string> Names { get; } = ["#!whos"];

    public string Usage => "#!whos";

    public string Help => "List the variables with their types and values.";

    // Values are written by code of the notebook's own types, so on its thread.
    public Task RunAsync(DirectiveLine line, CellContext context)
    {
        Arguments.None(line, this);
        return context.Scripts.ComputeAsync(() =>
        {
            var rows = context.Scripts.Variables.Select(v => new { Variable = v.Name, Type = TypeName.Of(v.Type), Value = Short(v.Value) });
            if (TableFormatter.TryFormatRecords(rows, out var table)) context.Display(table);
            else context.Display("(no variables)", MimeTypes.Plain);
        }, context.Cell, context.Cancellation);
    }

    private static string Short(object? value)
    {
        try
        {
            var text = value.ToDisplayString(MimeTypes.Plain).ReplaceLineEndings(" ");
            return text.Length <= ValueWidth ? text : text[..(ValueWidth - 1)] + "…";
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return $"({e.GetType().Name}: {e.Message})";
        }
    }
}
