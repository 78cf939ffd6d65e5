using System.Threading.Channels;

namespace Unlearn.Kernel.Sessions;

/// <summary>
/// Hands outputs to the front on a thread of its own, in order. Interrupting a cell aborts its thread wherever it is; the front's code,
/// perhaps half-way through a message, must not be there.
/// </summary>
internal sealed class OutputPump : IDisposable
{
    // Enough to even out a burst; a cell that writes faster than the front takes waits instead of filling the memory.
    private const int Capacity = 10_000;

    private readonly Channel<Action> queue = Channel.CreateBounded<Action>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    private volatile bool isClosed;

    public OutputPump() => new Thread(Loop) { IsBackground = true, Name = "notebook outputs" }.UnsafeStart();

    /// <summary>Queues a call, which must not throw; false when the session has ended.</summary>
    public bool Post(Action call)
    {
        for (var posted = false; !posted;)
        {
            if (isClosed) return false;
            try
            {
            }
            finally
            {
                posted = queue.Writer.TryWrite(call);       // no abort strikes in a finally block
            }
            if (!posted) Thread.Sleep(1);
        }
        return true;
    }

    /// <summary>Completes when everything queued so far has been handed over.</summary>
    public Task FlushAsync()
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!Post(reached.SetResult)) reached.SetResult();
        return reached.Task;
    }

    public void Dispose()
    {
        isClosed = true;
        queue.Writer.TryComplete();
    }

    private void Loop()
    {
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (queue.Reader.TryRead(out var call)) call();
        }
    }
}
