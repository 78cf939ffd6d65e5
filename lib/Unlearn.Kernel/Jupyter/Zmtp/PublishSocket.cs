using System.Net;
using System.Runtime.CompilerServices;

namespace Unlearn.Kernel.Jupyter.Zmtp;

/// <summary>PUB: sends every message to every subscriber.</summary>
/// <remarks>
/// What a slow subscriber has not read waits in its queue, up to <see cref="ZmtpLimits.QueuedBytes"/>. When that is full the sender waits
/// for it, so that a busy client receives everything, but only for <see cref="ZmtpLimits.Patience"/>: a subscriber that frees no room
/// in that time misses messages until it reads again. Urgent messages (the kernel's status) still reach it,
/// and it is told how many others it missed.
/// </remarks>
internal sealed class PublishSocket(IPEndPoint endpoint, ZmtpLimits limits) : IDisposable
{
    // Subscriptions are read and passed over: every client of a kernel subscribes to everything.
    private readonly ZmtpListener listener =
        new(endpoint, "PUB", limits with { MessageBytes = 4096 }, static (_, _) => Task.CompletedTask);

    private readonly ConditionalWeakTable<ZmtpConnection, StrongBox<int>> missed = [];

    public int Port => listener.Port;

    /// <summary>Sends one message. Callers send one at a time.</summary>
    /// <param name="frames">The message.</param>
    /// <param name="isUrgent">Whether it also goes to subscribers that miss messages.</param>
    /// <param name="notice">Makes the message that tells a subscriber how many it missed.</param>
    public void Publish(IReadOnlyList<byte[]> frames, bool isUrgent, Func<int, IReadOnlyList<byte[]>> notice)
    {
        var wire = ZmtpFrame.Encode(frames);
        foreach (var connection in listener.Connections)
        {
            var behind = missed.GetOrCreateValue(connection);
            if (behind.Value > 0 && connection.Outgoing.TryAdd(ZmtpFrame.Encode(notice(behind.Value)))) behind.Value = 0;
            if (connection.Outgoing.TryAdd(wire, isUrgent)) continue;
            var hasRoom = behind.Value == 0 && connection.Outgoing.WaitForRoom(limits.Patience);
            if (!hasRoom || !connection.Outgoing.TryAdd(wire)) behind.Value++;
        }
    }

    public Task CloseAsync(TimeSpan linger) => listener.CloseAsync(linger);

    public void Dispose() => listener.Dispose();
}
