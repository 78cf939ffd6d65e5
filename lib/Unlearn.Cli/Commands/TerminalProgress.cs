using System.Globalization;
using Unlearn.Kernel;
using Unlearn.Kernel.Notebooks;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Cli.Commands;

/// <summary>A run on the terminal: each cell with its time, and the notebook's own lines as it writes them.</summary>
/// <param name="console">Where to write.</param>
/// <param name="isTerminal">Whether a line can be written over; otherwise only whole lines are written.</param>
internal sealed class TerminalProgress(TextWriter console, bool isTerminal) : IRunProgress
{
    private const int Width = 100;
    private bool isMidLine;

    public void Started(int number, int total, string source)
    {
        var headline = source.Split('\n').FirstOrDefault(l => !string.IsNullOrWhiteSpace(l))?.Trim() ?? "";
        console.WriteLine($"  [{number}/{total}] {Short(headline)}");
    }

    public void Output(CellOutput output)
    {
        switch (output)
        {
            case StreamOutput stream:
                console.Write(stream.Text);
                isMidLine = !stream.Text.EndsWith('\n');
                break;
            case UpdateOutput update when isTerminal && FirstLine(update.Bundle) is { } line:
                console.Write("\r" + line + "\u001b[K");
                isMidLine = true;
                break;
            case ErrorOutput error:
                EndLine();
                foreach (var text in error.Traceback) console.WriteLine("      " + text);
                break;
        }
        console.Flush();
    }

    public void Ended(int total, CellRun cell)
    {
        EndLine();
        var seconds = cell.Elapsed.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture);
        var status = cell.Status == CellStatus.Succeeded ? "" : $" {cell.Status.ToString().ToLowerInvariant()}";
        if (status.Length > 0 || cell.Elapsed > TimeSpan.FromSeconds(0.5))
            console.WriteLine($"  [{cell.Number}/{total}]{status} {seconds} s");
    }

    private void EndLine()
    {
        if (isMidLine) console.WriteLine();
        isMidLine = false;
    }

    private static string? FirstLine(MimeBundle bundle) => bundle.Text(MimeTypes.Plain)?.Split('\n')[0] is { } line ? Short(line) : null;

    private static string Short(string text) => text.Length <= Width ? text : text[..(Width - 1)] + "…";
}
