using System.Net.Sockets;

namespace Unlearn.Kernel.Jupyter.Zmtp;

/// <summary>One peer after the handshake: whole messages in, whole messages out.</summary>
internal sealed class ZmtpConnection : IDisposable
{
    private static readonly byte[] Ping = [4, .. "PING"u8];
    private static readonly byte[] Pong = [4, .. "PONG"u8];

    private static long opened;

    private readonly Stream input;
    private readonly ZmtpLimits limits;

    private ZmtpConnection(Stream stream, byte[] identity, ZmtpLimits limits)
    {
        (Identity, this.limits) = (identity, limits);
        input = new BufferedStream(stream, 1 << 16);
        Outgoing = new(stream, limits);
    }

    /// <summary>The name that the peer gave itself; a Jupyter client's is the same on shell and stdin.</summary>
    public byte[] Identity { get; }

    public SendQueue Outgoing { get; }

    /// <summary>Grows with every connection of the process: the newer of two has the larger number.</summary>
    public long Number { get; } = Interlocked.Increment(ref opened);

    /// <exception cref="ZmtpException">The peer speaks another protocol.</exception>
    /// <exception cref="OperationCanceledException">The handshake took too long.</exception>
    public static async Task<ZmtpConnection> OpenAsync(
        Socket socket, string socketType, ZmtpLimits limits, CancellationToken cancellation)
    {
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        clock.CancelAfter(limits.Handshake);
        var stream = new NetworkStream(socket, ownsSocket: false);
        var identity = await ZmtpHandshake.ShakeAsync(stream, socketType, clock.Token).ConfigureAwait(false);
        return new(stream, identity, limits);
    }

    /// <summary>
    /// The next message; empty for a command. Pings are answered; subscriptions and other commands are passed over, since every
    /// subscriber of a Jupyter kernel wants everything.
    /// </summary>
    /// <exception cref="ZmtpException">The peer broke the protocol or a limit.</exception>
    /// <exception cref="EndOfStreamException">The peer has gone.</exception>
    public async Task<List<byte[]>> ReadAsync(CancellationToken cancellation)
    {
        var frames = new List<byte[]>();
        var bytes = 0;
        // Between messages a peer may be silent for as long as it likes.
        var flags = await ZmtpFrame.ReadFlagsAsync(input, cancellation).ConfigureAwait(false);
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        clock.CancelAfter(limits.Message);
        while (true)
        {
            var frame = await ZmtpFrame.ReadAsync(input, flags, limits.MessageBytes - bytes, clock.Token).ConfigureAwait(false);
            if (frame.IsCommand)
            {
                // PING has a time to live of two bytes, then up to 16 bytes that come back in PONG.
                if (frame.Body.AsSpan().StartsWith(Ping) && frame.Body.Length is >= 7 and <= 23)
                {
                    Outgoing.TryAdd(ZmtpFrame.Encode([.. Pong, .. frame.Body[7..]], isLast: true, isCommand: true));
                }
                if (frames.Count == 0) return [];
            }
            else
            {
                bytes += frame.Body.Length;
                frames.Add(frame.Body);
                if (frame.IsLast) return frames;
                if (frames.Count == limits.Frames) throw new ZmtpException($"a message has more than {limits.Frames} frames");
            }
            flags = await ZmtpFrame.ReadFlagsAsync(input, clock.Token).ConfigureAwait(false);
        }
    }

    public void Dispose() => input.Dispose();
}
