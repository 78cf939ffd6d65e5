using System.Net;

namespace Unlearn.Kernel.Jupyter.Zmtp;

/// <summary>REP that answers every message with the message itself: the heartbeat.</summary>
internal sealed class ReplySocket(IPEndPoint endpoint, ZmtpLimits limits) : IDisposable
{
    private readonly ZmtpListener listener = new(endpoint, "REP", limits with { MessageBytes = 4096 }, static (connection, message) =>
    {
        connection.Outgoing.TryAdd(ZmtpFrame.Encode(message));
        return Task.CompletedTask;
    });

    public int Port => listener.Port;

    public void Dispose() => listener.Dispose();
}
