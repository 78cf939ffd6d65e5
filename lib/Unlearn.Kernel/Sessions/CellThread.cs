using System.Collections.Concurrent;
using System.Globalization;

namespace Unlearn.Kernel.Sessions;

/// <summary>
/// The one thread on which a session's cells start. What native libraries keep per thread (LibTorch's gradient mode, dispose
/// scopes) then lasts from cell to cell, as a reader of the notebook expects.
/// </summary>
internal sealed class CellThread : IDisposable
{
    // Deep recursion in a cell (trees, parsers) should not need more than the main thread of a process offers.
    private const int StackBytes = 16 << 20;

    private readonly BlockingCollection<Action> work = [];

    public CellThread()
    {
        var thread = new Thread(Loop, StackBytes) { IsBackground = true, Name = "notebook cells" };
        thread.UnsafeStart();
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

    private void Loop()
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        foreach (var item in work.GetConsumingEnumerable()) item();
    }
}
