using System.Globalization;
using Unlearn.Kernel;
using Unlearn.Kernel.Notebooks;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Cli.Commands;

/// <summary>
/// A run on the terminal: each cell with its time, and the notebook's own lines as it writes them. A terminal also has a last line
/// that tells notebook, cell, elapsed time and the latest progress; elsewhere only whole lines are written, progress now and then.
/// </summary>
/// <param name="console">Where to write.</param>
/// <param name="notebook">The notebook's name.</param>
/// <param name="isTerminal">Whether a line can be written over.</param>
/// <param name="time">Tells how long a cell takes; null means the machine's clock.</param>
internal sealed class TerminalProgress(TextWriter console, string notebook, bool isTerminal, TimeProvider? time = null)
    : IRunProgress, IDisposable
{
    private const int Width = 100;
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10), Tick = TimeSpan.FromSeconds(1);

    private readonly TimeProvider clock = time ?? TimeProvider.System;
    private readonly Lock gate = new();
    private ITimer? ticking;
    private string cell = "", latest = "";
    private long begun, told;
    private bool isMidLine, hasStatus;

    public void Started(int number, int total, string source)
    {
        var headline = source.Split('\n').FirstOrDefault(l => !string.IsNullOrWhiteSpace(l))?.Trim() ?? "";
        lock (gate)
        {
            (cell, latest, begun, told) = ($"[{number}/{total}]", "", clock.GetTimestamp(), clock.GetTimestamp());
            console.WriteLine($"  {cell} {Short(headline)}");
            if (isTerminal) ticking ??= clock.CreateTimer(_ => Refresh(), null, Tick, Tick);
        }
    }

    public void Output(CellOutput output)
    {
        lock (gate)
        {
            switch (output)
            {
                case StreamOutput stream:
                    Erase();
                    console.Write(stream.Text);
                    isMidLine = !stream.Text.EndsWith('\n');
                    break;
                case UpdateOutput update when FirstLine(update.Bundle) is { } line:
                    latest = line;
                    if (isTerminal) Show();
                    else if (clock.GetElapsedTime(told) >= BetweenLines) TellLatest();
                    break;
                case ErrorOutput error:
                    EndLine();
                    foreach (var text in error.Traceback) console.WriteLine("      " + text);
                    break;
            }
            console.Flush();
        }
    }

    public void Ended(int total, CellRun run)
    {
        lock (gate)
        {
            if (latest.Length > 0) TellLatest();
            EndLine();
            var status = run switch
            {
                { WasAllowedToFail: true } => " failed, as it may,",
                { Status: not CellStatus.Succeeded } => $" {run.Status.ToString().ToLowerInvariant()}",
                _ => "",
            };
            if (status.Length > 0 || run.Elapsed > TimeSpan.FromSeconds(0.5))
                console.WriteLine($"  [{run.Number}/{total}]{status} {Seconds(run.Elapsed)}");
            cell = "";
        }
    }

    public void Dispose()
    {
        ticking?.Dispose();
        lock (gate) Erase();
    }

    private void Refresh()
    {
        lock (gate)
        {
            if (cell.Length > 0) Show();
        }
    }

    // The notebook's own unfinished line must not be written over.
    private void Show()
    {
        if (isMidLine) return;
        var parts = new[] { $"  {notebook} {cell}", Seconds(clock.GetElapsedTime(begun), "F0"), latest }.Where(p => p.Length > 0);
        console.Write("\r" + Short(string.Join(" · ", parts)) + "\u001b[K");
        console.Flush();
        hasStatus = true;
    }

    private void TellLatest()
    {
        EndLine();
        console.WriteLine("        " + latest);
        (latest, told) = ("", clock.GetTimestamp());
    }

    private void EndLine()
    {
        Erase();
        if (isMidLine) console.WriteLine();
        isMidLine = false;
    }

    private void Erase()
    {
        if (hasStatus) console.Write("\r\u001b[K");
        hasStatus = false;
    }

    private static string Seconds(TimeSpan elapsed, string format = "F1") =>
        elapsed.TotalSeconds.ToString(format, CultureInfo.InvariantCulture) + " s";

    private static string? FirstLine(MimeBundle bundle) => bundle.Text(MimeTypes.Plain)?.Split('\n')[0] is { } line ? Short(line) : null;

    private static string Short(string text) => text.Length <= Width ? text : text[..(Width - 1)] + "…";
}
