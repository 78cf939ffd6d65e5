using System.ComponentModel;
using Microsoft.DotNet.Interactive;

namespace Unlearn.Kernel.Sessions;

/// <summary>What the loops of cells call once a round, so that interrupting them needs no abort. Not for writing by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CellLoop
{
    private static readonly TimeSpan Watch = TimeSpan.FromMinutes(10);

    private static volatile int interrupted;

    /// <summary>Returns at once, unless some cell has been interrupted; then ends the one that calls.</summary>
    /// <exception cref="OperationCanceledException">The calling cell was interrupted a moment ago.</exception>
    public static void Check()
    {
        if (interrupted != 0) (KernelInvocationContext.Current?.Host as CellRecorder)?.ThrowIfStopped();
    }

    /// <summary>Makes the loops look for a while: the cell that was interrupted, or what it has left running, is among them.</summary>
    internal static void Interrupt()
    {
        Interlocked.Increment(ref interrupted);
        _ = Task.Delay(Watch).ContinueWith(static _ => Interlocked.Decrement(ref interrupted), TaskScheduler.Default);
    }
}
