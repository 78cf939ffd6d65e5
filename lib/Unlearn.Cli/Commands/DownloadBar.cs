using Unlearn.Reporting;

namespace Unlearn.Cli.Commands;

/// <summary>A download's bytes as a bar of MiB on a terminal; nothing is shown before there is something to download or to check.</summary>
/// <param name="what">What comes.</param>
/// <param name="terminal">Where the bar is written over itself; null for silence.</param>
internal sealed class DownloadBar(string what, TextWriter? terminal) : IProgress<(long Done, long Total)>, IDisposable
{
    private ProgressBar? bar;

    public void Report((long Done, long Total) value)
    {
        if (terminal is null) return;
        bar ??= new(what, Mebibytes(value.Total), "MiB", ProgressBar.Line(terminal));
        // Rounded down until the end, so that it is not called done too soon.
        bar.Report(value.Done < value.Total ? value.Done >> 20 : Mebibytes(value.Total));
    }

    /// <summary>Ends the line, so that what is said next, such as why it stopped, has one of its own.</summary>
    public void Dispose()
    {
        bar?.Dispose();
        if (bar is { State.IsComplete: false }) terminal!.WriteLine();
    }

    private static long Mebibytes(long bytes) => Math.Max(1, (bytes + (1 << 20) - 1) >> 20);
}
