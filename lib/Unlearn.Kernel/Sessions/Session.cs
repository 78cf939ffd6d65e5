using System.Diagnostics;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive;
using Unlearn.Kernel.Formatting;

namespace Unlearn.Kernel.Sessions;

/// <summary>
/// A running notebook: cells of C# script, one after the other, each seeing what the earlier ones declared. The semantics are those
/// of the C# kernel of .NET Interactive, plus interruption, updatable displays and errors that name cell and line.
/// </summary>
/// <remarks>
/// One cell at a time. A cell that failed or was interrupted leaves the variables that it had assigned; those it had not reached have
/// their type's default value. An exception on a thread that a cell started is written to the cell's error stream; a stack overflow,
/// a fault in native code and <c>Environment.Exit</c> end the process.
/// </remarks>
public sealed class Session : IDisposable
{
    private readonly SessionOptions options;
    private readonly OutputPump pump = new();
    private readonly ScriptChain scripts;
    private readonly PackageStore packages;
    private int silent;

    private Session(SessionOptions options)
    {
        this.options = options;
        ConsoleRouter.Ensure();
        StrayExceptions.Ensure();
        ChartFormatter.UseHouseDefaults();
        if (options.CaptureNativeOutput) NativeOutput.Capture();
        var folder = Path.GetFullPath(options.Folder);
        scripts = new(folder, options.Grace);
        packages = new(folder);

        // The first uses of the compiler and of the formatters take a second: they are settled here.
        RunAsync("0", static _ => { }, new CellOptions { IsSilent = true }).GetAwaiter().GetResult();
    }

    /// <summary>The number of the last cell that took one; 0 before the first.</summary>
    public int ExecutionCount { get; private set; }

    /// <summary>The variables that cells declared, by name. Not while a cell runs.</summary>
    public IReadOnlyList<SessionVariable> Variables => scripts.Variables;

    /// <summary>What a cell that is being written would continue, for an editor's questions about it.</summary>
    internal (ScriptState<object> State, ScriptOptions Options, string Folder) Continuation =>
        (scripts.State, scripts.Options, scripts.Folder);

    /// <summary>Starts a session and warms the compiler up (about a second).</summary>
    public static Session Start(SessionOptions? options = null) => new(options ?? new());

    /// <summary>Runs one cell to its end.</summary>
    /// <param name="source">The cell's text: C# with <c>#r</c>, <c>#i</c>, <c>#load</c> and the magic commands that
    /// <c>#!lsmagic</c> lists.</param>
    /// <param name="emit">Receives every output as it happens, on a thread of the session's own, never two at once.</param>
    /// <param name="cancellation">Stops the cell: synchronous code is aborted or woken up, asynchronous code is asked through
    /// <see cref="KernelInvocationContext.CancellationToken"/>. What has not ended after <see cref="SessionOptions.Grace"/> (code behind an
    /// <c>await</c> that does not look, a long call into native code) is left to itself, and the notebook goes on without it.</param>
    /// <returns>How the cell ended, once all of its outputs were received. Failures of the cell are results, not exceptions.</returns>
    public Task<CellResult> RunAsync(string source, Action<CellOutput> emit, CancellationToken cancellation = default) =>
        RunAsync(source, emit, CellOptions.Default, cancellation);

    /// <inheritdoc cref="RunAsync(string, Action{CellOutput}, CancellationToken)"/>
    /// <param name="source">The cell's text.</param>
    /// <param name="emit">Receives every output as it happens.</param>
    /// <param name="cell">How this one cell is run.</param>
    /// <param name="cancellation">Stops the cell.</param>
    public async Task<CellResult> RunAsync(
        string source, Action<CellOutput> emit, CellOptions cell, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(emit);
        ArgumentNullException.ThrowIfNull(cell);
        var clock = Stopwatch.StartNew();
        var isCounted = cell.IsCounted && !cell.IsSilent;
        if (isCounted) ExecutionCount++;
        var name = isCounted ? Traceback.FileName(ExecutionCount) : $"uncounted cell {++silent}";
        if (cell.IsSilent) emit = static _ => { };
        var recorder = new CellRecorder(
            name.Replace(' ', '-'), ExecutionCount, options.Formatter, scripts.Sources, pump, emit,
            cell.Input ?? options.Input, cancellation);

        if (options.CaptureNativeOutput) NativeOutput.Attach(recorder);
        using var watching = cancellation.Register(CellLoop.Interrupt);
        var text = new CellText(name, source.ReplaceLineEndings("\n"));
        var (status, error, exception) = await AttemptAsync(text, recorder, cancellation).ConfigureAwait(false);
        if (options.CaptureNativeOutput) NativeOutput.Attach(null);
        if (error is not null) recorder.Emit(error);
        await recorder.CloseAsync().ConfigureAwait(false);
        return new(status, ExecutionCount, clock.Elapsed, error, exception);
    }

    /// <summary>Ends the session's threads. Assemblies that cells loaded stay loaded until the process ends.</summary>
    public void Dispose()
    {
        pump.Dispose();
        scripts.Dispose();
    }

    private async Task<(CellStatus, ErrorOutput?, Exception?)> AttemptAsync(
        CellText text, CellRecorder cell, CancellationToken cancellation)
    {
        try
        {
            await new CellContext(scripts, packages, cell, cancellation) { Text = text }.RunAsync().ConfigureAwait(false);
            return (CellStatus.Succeeded, null, null);
        }
        catch (Exception e) when (cancellation.IsCancellationRequested)
        {
            var where = $"{text.Name} was interrupted";
            return (CellStatus.Interrupted, new("Interrupted", where, [where]), e);
        }
        catch (CellCompilationException e)
        {
            return (CellStatus.Failed, e.Error, e);
        }
        catch (CellException e)
        {
            var where = Path.GetFileName(e.Text ?? text.Name) + (e.Line is { } line ? $", line {line}" : "");
            return (CellStatus.Failed, new(e.Name, e.Message, [$"{where}: {e.Message}"]), e);
        }
        catch (Exception e)
        {
            return (CellStatus.Failed, Traceback.Of(e, scripts.Sources), e);
        }
    }
}
