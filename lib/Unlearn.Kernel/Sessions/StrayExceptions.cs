using System.Runtime.ExceptionServices;
using Microsoft.DotNet.Interactive;

namespace Unlearn.Kernel.Sessions;

/// <summary>
/// Keeps the process alive when an exception leaves a thread that a cell has started (its own thread, a timer, an <c>async void</c>
/// method), which ends any other .NET program. The exception is written to the cell's error stream.
/// </summary>
/// <remarks>
/// What cannot be survived: a stack overflow, <c>Environment.FailFast</c>, <c>Environment.Exit</c>, a fault in native code.
/// </remarks>
internal static class StrayExceptions
{
    private static readonly Lazy<bool> Installed = new(Install);

    /// <summary>Puts the handler in place, once per process.</summary>
    public static void Ensure() => _ = Installed.Value;

    private static bool Install()
    {
        AppDomain.CurrentDomain.UnhandledException += static (_, _) => NativeOutput.Restore();
        AppDomain.CurrentDomain.ProcessExit += static (_, _) =>
        {
            // Raised on the thread that asked for the end: a cell, when there is one.
            (KernelInvocationContext.Current?.Host as CellRecorder)?.SayLast("The cell ends the process (Environment.Exit).\n");
            NativeOutput.Restore();
        };
        try
        {
            ExceptionHandling.SetUnhandledExceptionHandler(Handle);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;       // the process has a handler of its own, which decides
        }
    }

    private static bool Handle(Exception exception)
    {
        if (KernelInvocationContext.Current?.Host is not CellRecorder cell) return false;
        var error = Traceback.Of(exception, cell.Sources);
        var text = $"An exception left a thread of {Traceback.FileName(cell.Number)}; the thread has ended, the notebook goes on.\n"
            + string.Join('\n', error.Traceback) + "\n";
        if (cell.IsOpen) cell.Write("stderr", text);
        else ConsoleRouter.Error.Write(text);
        return true;
    }
}
