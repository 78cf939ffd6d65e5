using System.Collections.Concurrent;
using System.Diagnostics;
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
        var stop = new Stop(Thread.CurrentThread);
        using (cancellation.Register(stop.Begin))
        {
            try
            {
#pragma warning disable SYSLIB0046 // aborting is what interrupting a cell's endless loop means; only a cell's own code runs inside
                ControlledExecution.Run(() => result = function(), stop.Abort);
#pragma warning restore SYSLIB0046
            }
            catch (ThreadInterruptedException) when (cancellation.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellation);
            }
            finally
            {
                stop.End();
                if (cancellation.IsCancellationRequested) TakePendingInterrupt();
                isSpent |= stop.Abort.IsCancellationRequested;
            }
        }
        return result;
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

    /// <summary>
    /// Ends what runs on a thread: wakes it, and aborts it when that was not enough. The runtime survives an abort of plain computing, but
    /// not always one that strikes amid exceptions, so code that can end by itself is given the time.
    /// </summary>
#pragma warning disable CA1001 // the source of the abort has no handle, and another thread may still cancel it
    private sealed class Stop(Thread thread)
#pragma warning restore CA1001
    {
        private const int Running = 0, Waking = 1, Ended = 2;

        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

        private readonly CancellationTokenSource abort = new();
        private int phase;

        public CancellationToken Abort => abort.Token;

        // On a thread of its own: an abort waits as long as the thread resists, and who cancels must not.
        public void Begin() => new Thread(Carry) { IsBackground = true, Name = "interrupt" }.UnsafeStart();

        public void End()
        {
            while (Interlocked.CompareExchange(ref phase, Ended, Running) == Waking) Thread.SpinWait(20);
        }

        private void Carry()
        {
            for (var clock = Stopwatch.StartNew(); clock.Elapsed < Patience; Thread.Sleep(5))
            {
                if (Volatile.Read(ref phase) == Ended) return;
                Wake();
            }
            abort.Cancel();
        }

        // Only a waiting thread: an interrupt that a computing one has not yet noticed gets in the way of the abort.
        private void Wake()
        {
            if (Interlocked.CompareExchange(ref phase, Waking, Running) == Ended) return;
            if ((thread.ThreadState & System.Threading.ThreadState.WaitSleepJoin) != 0) thread.Interrupt();
            Volatile.Write(ref phase, Running);
        }
    }
}
