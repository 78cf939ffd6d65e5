using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Unlearn.Kernel.Jupyter.Zmtp;

/// <summary>
/// Accepts the peers of one socket. A peer that only probes the port, breaks the protocol or stops half-way costs its own connection
/// and nothing else.
/// </summary>
internal sealed class ZmtpListener : IDisposable
{
    private readonly TcpListener listener;
    private readonly string socketType;
    private readonly ZmtpLimits limits;
    private readonly Func<ZmtpConnection, List<byte[]>, Task> receive;
    private readonly ConcurrentDictionary<ZmtpConnection, byte> connections = new();
    private readonly CancellationTokenSource end = new();
    private int peers;

    /// <summary>Binds and starts listening.</summary>
    /// <param name="endpoint">Where; port 0 takes a free one.</param>
    /// <param name="socketType">ROUTER, PUB or REP.</param>
    /// <param name="limits">What a peer is granted.</param>
    /// <param name="receive">Takes every message; a connection's next message is read when this has returned.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    public ZmtpListener(IPEndPoint endpoint, string socketType, ZmtpLimits limits, Func<ZmtpConnection, List<byte[]>, Task> receive)
    {
        (this.socketType, this.limits, this.receive) = (socketType, limits, receive);
        listener = new(endpoint);
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The peers that have shaken hands.</summary>
    public ICollection<ZmtpConnection> Connections => connections.Keys;

    /// <summary>Sends what waits, as far as the time allows, and ends all connections.</summary>
    public async Task CloseAsync(TimeSpan linger)
    {
        listener.Stop();
        var sent = Task.WhenAll(Connections.Select(c => c.Outgoing.CompleteAsync()));
        await Task.WhenAny(sent, Task.Delay(linger)).ConfigureAwait(false);
        await end.CancelAsync().ConfigureAwait(false);
    }

    public void Dispose()
    {
        listener.Dispose();
        end.Cancel();
    }

    private async Task AcceptAsync()
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                var socket = await listener.AcceptSocketAsync(end.Token).ConfigureAwait(false);
                if (Interlocked.Increment(ref peers) <= limits.Connections) _ = ServeAsync(socket);
                else Drop(socket);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
            catch (SocketException)
            {
                // The peer left before it was accepted, or the process is short of handles: both pass.
                await Task.Delay(50).ConfigureAwait(false);
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            socket.NoDelay = true;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            using var connection = await ZmtpConnection.OpenAsync(socket, socketType, limits, end.Token).ConfigureAwait(false);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
            connections[connection] = 0;
            try
            {
                // When one direction ends so does the other.
                await await Task.WhenAny(connection.Outgoing.SendAllAsync(both.Token), ReceiveAllAsync(connection, both.Token))
                    .ConfigureAwait(false);
            }
            finally
            {
                connections.TryRemove(connection, out _);
                await both.CancelAsync().ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is ZmtpException or IOException or SocketException
            or OperationCanceledException or ObjectDisposedException)
        {
        }
        finally
        {
            Drop(socket);
        }
    }

    private async Task ReceiveAllAsync(ZmtpConnection connection, CancellationToken cancellation)
    {
        while (true)
        {
            var message = await connection.ReadAsync(cancellation).ConfigureAwait(false);
            if (message.Count > 0) await receive(connection, message).ConfigureAwait(false);
        }
    }

    private void Drop(Socket socket)
    {
        Interlocked.Decrement(ref peers);
        try
        {
            if (socket.Connected) socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
        }
        socket.Dispose();
    }
}
