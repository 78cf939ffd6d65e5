using System.Threading.Channels;

namespace Unlearn.Kernel.Sessions;

/// <summary>
/// Hands outputs to the front on a thread of its own, in order. Interrupting a cell aborts its thread wherever it is; the front's code,
/// perhaps half-way through a message, must not be there.
/// </summary>
internal sealed class OutputPump : IDisposable
{
    // Enough to even out a burst; a cell that writes faster than the front takes waits instead of filling the memory.
    private const int MostCalls = 10_000;
    private const long MostBytes = 64 << 20;

    private readonly Channel<(Action Call, long Bytes)> queue =
        Channel.CreateBounded<(Action Call, long Bytes)>(new BoundedChannelOptions(MostCalls) { SingleReader = true });

    private long waiting;
    private volatile bool isClosed;

    public OutputPump() => new Thread(Loop) { IsBackground = true, Name = "notebook outputs" }.UnsafeStart();

    /// <summary>The size of what waits, in bytes.</summary>
    public long WaitingBytes => Interlocked.Read(ref waiting);

    /// <summary>Queues a call, waiting for room first. One that is larger than all the room goes in alone.</summary>
    /// <param name="call">Must not throw.</param>
    /// <param name="bytes">The memory that it holds until it is made.</param>
    /// <returns>False when the session has ended.</returns>
    public bool Post(Action call, long bytes = 0)
    {
        for (var posted = false; !posted;)
        {
            if (isClosed) return false;
            try
            {
            }
            finally
            {
                posted = TryAdd(call, bytes);       // no abort strikes in a finally block
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
            while (queue.Reader.TryRead(out var next))
            {
                next.Call();
                Interlocked.Add(ref waiting, -next.Bytes);
            }
        }
    }

    private bool TryAdd(Action call, long bytes)
    {
        var all = Interlocked.Add(ref waiting, bytes);
        if ((all <= MostBytes || all == bytes) && queue.Writer.TryWrite((call, bytes))) return true;
        Interlocked.Add(ref waiting, -bytes);
        return false;
    }
}
