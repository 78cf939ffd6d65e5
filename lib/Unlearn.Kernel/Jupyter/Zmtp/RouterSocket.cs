using System.Net;

namespace Unlearn.Kernel.Jupyter.Zmtp;

/// <summary>ROUTER: takes messages from many peers and answers each on the connection that it came from.</summary>
/// <remarks>A peer that leaves more than <see cref="ZmtpLimits.QueuedBytes"/> of answers unread loses the further ones.</remarks>
internal sealed class RouterSocket(IPEndPoint endpoint, ZmtpLimits limits, Func<Peer, List<byte[]>, Task> receive) : IDisposable
{
    private readonly ZmtpListener listener =
        new(endpoint, "ROUTER", limits, (connection, message) => receive(new(connection), message));

    public int Port => listener.Port;

    /// <summary>The connected peer of that identity, or null. Of several, the newest: the others are what a lost client left.</summary>
    public Peer? Find(byte[] identity) =>
        listener.Connections.Where(c => c.Identity.AsSpan().SequenceEqual(identity)).MaxBy(c => c.Number) is { } found ? new(found) : null;

    public Task CloseAsync(TimeSpan linger) => listener.CloseAsync(linger);

    public void Dispose() => listener.Dispose();
}

/// <summary>A peer of a <see cref="RouterSocket"/>.</summary>
internal readonly record struct Peer(ZmtpConnection Connection)
{
    public byte[] Identity => Connection.Identity;

    /// <returns>False when the peer has gone or does not read.</returns>
    public bool Send(IReadOnlyList<byte[]> frames) => Connection.Outgoing.TryAdd(ZmtpFrame.Encode(frames));
}
