using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime;

namespace Unlearn.Kernel.Sessions;

/// <summary>
/// The one thread on which a session's cells start. What native libraries keep per thread (LibTorch's gradient mode, dispose
/// scopes) then lasts from cell to cell, as a reader of the notebook expects; only an interrupted cell takes its thread with it.
/// </summary>
internal sealed class CellThread : IDisposable
{
    // Deep recursion in a cell (trees, parsers) should not need more than the main thread of a process offers.
    private const int StackBytes = 16 << 20;

    private readonly BlockingCollection<Action> work = [];

    // Measured: a second abort of a thread never strikes, nor does one of a thread that an aborted one has started. So an aborted
    // thread is replaced, and not by itself.
    private bool isSpent;

    public CellThread() => Start();

    /// <summary>Runs a function on this thread so that a cancellation ends it, whether it computes (aborted) or waits (woken up).</summary>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public T Controlled<T>(Func<T> function, CancellationToken cancellation)
    {
        if (!cancellation.CanBeCanceled) return function();
        T result = default!;
        var thread = Thread.CurrentThread;
        try
        {
#pragma warning disable SYSLIB0046 // aborting is what interrupting a cell's endless loop means; only a cell's own code runs inside
            ControlledExecution.Run(() => result = Wakeable(), cancellation);
#pragma warning restore SYSLIB0046
        }
        catch (ThreadInterruptedException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        finally
        {
            if (cancellation.IsCancellationRequested)
            {
                TakePendingInterrupt();
                isSpent = true;
            }
        }
        return result;

        T Wakeable()
        {
            // Registered last, so called first: the abort waits until the thread runs managed code again, and this makes it.
            using var waking = cancellation.Register(thread.Interrupt);
            return function();
        }
    }

    public Task<T> Invoke<T>(Func<T> function)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        work.Add(() =>
        {
            try
            {
                done.SetResult(function());
            }
            catch (OperationCanceledException e)
            {
                done.SetCanceled(e.CancellationToken);
            }
#pragma warning disable CA1031 // whatever it is, it belongs to the caller who waits
            catch (Exception e)
            {
                done.SetException(e);
            }
#pragma warning restore CA1031
        });
        return done.Task;
    }

    public void Dispose() => work.CompleteAdding();

    // Interrupt() waits for the thread's next blocking call; that call should be this one.
    private static void TakePendingInterrupt()
    {
        try
        {
            Thread.Sleep(1);
        }
        catch (ThreadInterruptedException)
        {
        }
    }

    private void Start() => new Thread(Loop, StackBytes) { IsBackground = true, Name = "notebook cells" }.UnsafeStart();

    private void Loop()
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        foreach (var item in work.GetConsumingEnumerable())
        {
            item();
            if (!isSpent) continue;
            isSpent = false;
            ThreadPool.UnsafeQueueUserWorkItem(static self => self.Start(), this, preferLocal: false);
            return;
        }
    }
}
