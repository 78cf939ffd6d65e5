using System.Diagnostics;
using System.Globalization;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Directives;

/// <summary><c>#!time</c>.</summary>
internal sealed class TimeMagic : IMagic
{
    public IReadOnlyList<string> Names { get; } = ["#!time"];

    public string Usage => "#!time";

    public string Help => "Tell, when the cell has run, how long it took from here on.";

    public Task RunAsync(DirectiveLine line, CellContext context)
    {
        Arguments.None(line, this);
        var clock = Stopwatch.StartNew();
        context.AtEnd.Add(() => context.Display(
            string.Create(CultureInfo.InvariantCulture, $"Wall time: {clock.Elapsed.TotalMilliseconds}ms"), MimeTypes.Plain));
        return Task.CompletedTask;
    }
}
