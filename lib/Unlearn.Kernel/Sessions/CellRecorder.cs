using System.Collections;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Microsoft.DotNet.Interactive;

namespace Unlearn.Kernel.Sessions;

/// <summary>Receives everything a cell writes and displays while it runs, and passes it on in order.</summary>
internal sealed class CellRecorder(
    string name, int number, IOutputFormatter formatter, SourceTexts sources, OutputPump pump, Action<CellOutput> emit,
    Func<string, bool, CancellationToken, Task<string>>? input, CancellationToken cancellation) : IDisplayHost
{
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(150);

    private readonly Lock gate = new();
    private Stopwatch? stopping;
    private int displays;
    private Exception? failure;

    public int Number => number;

    /// <summary>The texts of the session, for tracebacks.</summary>
    public SourceTexts Sources => sources;

    public CancellationToken CancellationToken => cancellation;

    /// <summary>False once the cell has ended: what its left-over threads write then belongs to no cell.</summary>
    public bool IsOpen { get; private set; } = true;

    public void Write(string stream, string text) => Emit(new StreamOutput(stream, text));

    /// <summary>Called before the cell's code puts something out: an interrupted cell may say a last word, and then ends there.</summary>
    /// <exception cref="OperationCanceledException">The cell was interrupted a while ago.</exception>
    public void ThrowIfStopped()
    {
        if (!cancellation.IsCancellationRequested) return;
        stopping ??= Stopwatch.StartNew();
        if (stopping.Elapsed > LastWords) cancellation.ThrowIfCancellationRequested();
    }

    public string Display(object? value, IReadOnlyList<string> mimeTypes)
    {
        ThrowIfStopped();
        var bundle = Format(value, mimeTypes);
        lock (gate)
        {
            var id = $"{name}-display-{++displays}";
            Emit(new DisplayOutput(bundle, id));
            return id;
        }
    }

    public string DisplayTable(IEnumerable rows) =>
        Display(RecordTableFormatter.TryFormatAny(rows, out var table) ? table : rows, []);

    public void Update(string displayId, object? value, IReadOnlyList<string> mimeTypes)
    {
        ThrowIfStopped();
        Emit(new UpdateOutput(Format(value, mimeTypes), displayId));
    }

    public void Result(object? value)
    {
        // A displayed value that happens to be the last expression is on the page already.
        if (value is DisplayedValue) return;
        var bundle = formatter.Format(value);

        // A formatter takes the wake-up of an interrupted getter for the getter's failure and goes on.
        cancellation.ThrowIfCancellationRequested();
        Emit(new ResultOutput(bundle, number));
    }

    public Task<string> ReadAsync(string prompt, bool isHidden) => input is null
        ? throw new InvalidOperationException($"The cell asked for input ({(prompt.Length > 0 ? prompt : "without a prompt")}), but nobody "
            + "can be asked here: run the notebook in an editor, or set the value as a parameter.")
        : input(prompt, isHidden, cancellation);

    public void Emit(CellOutput output)
    {
        lock (gate)
        {
            if (IsOpen) pump.Post(() => Take(output), OutputSize.Of(output));
        }
    }

    /// <summary>Writes a message and gives the front a moment to take it: the process is about to end.</summary>
    public void SayLast(string text)
    {
        if (!IsOpen) return;
        Write("stderr", text);
        pump.FlushAsync().Wait(TimeSpan.FromSeconds(1), CancellationToken.None);
    }

    /// <summary>Ends the cell; completes when the front has taken all of its outputs.</summary>
    /// <exception cref="Exception">Whatever the front threw when it took one.</exception>
    public async Task CloseAsync()
    {
        lock (gate) IsOpen = false;
        await pump.FlushAsync().ConfigureAwait(false);
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
    }

    // Whoever asks for one rich form still gets text: terminals, diffs and screen readers have nothing else.
    private MimeBundle Format(object? value, IReadOnlyList<string> mimeTypes) => formatter.Format(
        value, mimeTypes is [] || mimeTypes.Contains(MimeTypes.Plain) ? mimeTypes : [.. mimeTypes, MimeTypes.Plain]);

    private void Take(CellOutput output)
    {
        try
        {
            if (failure is null) emit(output);
        }
#pragma warning disable CA1031 // the front's own failure; it gets it back when the cell has ended
        catch (Exception e)
        {
            failure = e;
        }
#pragma warning restore CA1031
    }
}
