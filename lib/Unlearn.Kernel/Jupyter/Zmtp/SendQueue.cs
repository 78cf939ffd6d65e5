using System.Threading.Channels;

namespace Unlearn.Kernel.Jupyter.Zmtp;

/// <summary>
/// What waits for one peer to read it: bounded in bytes, written by a task of its own so that senders never block on a peer.
/// </summary>
internal sealed class SendQueue(Stream stream, ZmtpLimits limits)
{
    private readonly object gate = new();
    private readonly Channel<byte[]> waiting = Channel.CreateUnbounded<byte[]>(new() { SingleReader = true });
    private readonly TaskCompletionSource sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long bytes;
    private bool isClosed;

    /// <summary>Appends one message in wire form.</summary>
    /// <param name="wire">The message.</param>
    /// <param name="isUrgent">Whether it may go beyond the bound; for small messages without which the peer would hang.</param>
    /// <returns>False when the queue is full or the connection has ended.</returns>
    public bool TryAdd(byte[] wire, bool isUrgent = false)
    {
        lock (gate)
        {
            if (isClosed || (bytes >= limits.QueuedBytes && !(isUrgent && bytes < 2 * limits.QueuedBytes))) return false;
            if (!waiting.Writer.TryWrite(wire)) return false;
            bytes += wire.Length;
            return true;
        }
    }

    /// <summary>Blocks until there is room or the patience is over.</summary>
    /// <returns>Whether there is room.</returns>
    public bool WaitForRoom(TimeSpan patience)
    {
        var end = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        lock (gate)
        {
            while (!isClosed && bytes >= limits.QueuedBytes)
            {
                var left = end - Environment.TickCount64;
                if (left <= 0 || !Monitor.Wait(gate, (int)left)) break;
            }
            return !isClosed && bytes < limits.QueuedBytes;
        }
    }

    /// <summary>Takes no more messages; what waits is still sent.</summary>
    /// <returns>Completes when all is sent or the connection has ended.</returns>
    public Task CompleteAsync()
    {
        waiting.Writer.TryComplete();
        return sent.Task;
    }

    /// <summary>Sends what arrives, in order, until the queue is completed or the connection ends.</summary>
    public async Task SendAllAsync(CancellationToken cancellation)
    {
        try
        {
            await foreach (var wire in waiting.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                await stream.WriteAsync(wire, cancellation).ConfigureAwait(false);
                lock (gate)
                {
                    bytes -= wire.Length;
                    Monitor.PulseAll(gate);
                }
            }
        }
        finally
        {
            waiting.Writer.TryComplete();
            lock (gate)
            {
                isClosed = true;
                Monitor.PulseAll(gate);
            }
            sent.TrySetResult();
        }
    }
}
