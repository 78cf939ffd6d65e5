using System.Buffers.Binary;
using System.Text;

namespace Unlearn.Kernel.Jupyter.Zmtp;

/// <summary>
/// The first bytes of a connection: a greeting of 64 bytes and a READY command, both ways at once. Written by hand, as is the
/// whole transport, because no package of a managed ZeroMQ is available; the protocol is RFC 23 (ZMTP 3.0), mechanism NULL.
/// </summary>
internal static class ZmtpHandshake
{
    private const int GreetingBytes = 64;
    private const string Ready = "READY";

    /// <summary>Shakes hands as a socket of the given type.</summary>
    /// <returns>The peer's identity; empty when it has none.</returns>
    /// <exception cref="ZmtpException">The peer speaks another protocol, or its socket type does not go with ours.</exception>
    public static async Task<byte[]> ShakeAsync(Stream stream, string socketType, CancellationToken cancellation)
    {
        await stream.WriteAsync(Greeting(), cancellation).ConfigureAwait(false);
        var greeting = new byte[GreetingBytes];
        await stream.ReadExactlyAsync(greeting, cancellation).ConfigureAwait(false);
        Check(greeting);

        await stream.WriteAsync(ReadyCommand(socketType), cancellation).ConfigureAwait(false);
        var flags = await ZmtpFrame.ReadFlagsAsync(stream, cancellation).ConfigureAwait(false);
        var frame = await ZmtpFrame.ReadAsync(stream, flags, longest: 4096, cancellation).ConfigureAwait(false);
        if (!frame.IsCommand) throw new ZmtpException("expected the command READY, got a message");
        var properties = Properties(frame.Body);
        var type = properties.TryGetValue("socket-type", out var bytes) ? Encoding.ASCII.GetString(bytes) : "none";
        if (!Partners(socketType).Contains(type, StringComparer.Ordinal))
        {
            throw new ZmtpException($"expected a peer of type {string.Join(" or ", Partners(socketType))}, got {type}");
        }
        return properties.GetValueOrDefault("identity", []);
    }

    /// <summary>The greeting of this side: version 3.0, so that peers send neither pings nor subscriptions as commands.</summary>
    internal static byte[] Greeting()
    {
        var greeting = new byte[GreetingBytes];
        (greeting[0], greeting[9], greeting[10]) = (0xFF, 0x7F, 3);
        Encoding.ASCII.GetBytes("NULL").CopyTo(greeting, 12);
        return greeting;
    }

    /// <summary>READY with a socket type and, where the peer should know one, an identity.</summary>
    internal static byte[] ReadyCommand(string socketType, byte[]? identity = null)
    {
        using var body = new MemoryStream();
        body.WriteByte((byte)Ready.Length);
        body.Write(Encoding.ASCII.GetBytes(Ready));
        Property("Socket-Type", Encoding.ASCII.GetBytes(socketType));
        if (identity is not null) Property("Identity", identity);
        return ZmtpFrame.Encode(body.ToArray(), isLast: true, isCommand: true);

        void Property(string name, byte[] value)
        {
            body.WriteByte((byte)name.Length);
            body.Write(Encoding.ASCII.GetBytes(name));
            Span<byte> length = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
            body.Write(length);
            body.Write(value);
        }
    }

    private static void Check(byte[] greeting)
    {
        if (greeting[0] != 0xFF || greeting[9] != 0x7F) throw new ZmtpException("the peer does not begin with a ZMTP signature");
        if (greeting[10] < 3) throw new ZmtpException($"expected ZMTP 3, got version {greeting[10]}");
        var mechanism = Encoding.ASCII.GetString(greeting, 12, 20).TrimEnd('\0');
        if (mechanism != "NULL") throw new ZmtpException($"expected the security mechanism NULL, got '{mechanism}'");
    }

    private static Dictionary<string, byte[]> Properties(byte[] body)
    {
        var rest = body.AsSpan();
        if (Take(ref rest, 1)[0] != Ready.Length || Encoding.ASCII.GetString(Take(ref rest, Ready.Length)) != Ready)
        {
            throw new ZmtpException("expected the command READY, got another");
        }
        var properties = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        while (!rest.IsEmpty)
        {
            var name = Encoding.ASCII.GetString(Take(ref rest, Take(ref rest, 1)[0]));
            var length = BinaryPrimitives.ReadUInt32BigEndian(Take(ref rest, 4));
            properties[name.ToLowerInvariant()] = Take(ref rest, (int)Math.Min(length, int.MaxValue)).ToArray();
        }
        return properties;

        static ReadOnlySpan<byte> Take(ref Span<byte> rest, int length)
        {
            if (length > rest.Length) throw new ZmtpException("the command READY ends early");
            var taken = rest[..length];
            rest = rest[length..];
            return taken;
        }
    }

    private static string[] Partners(string socketType) => socketType switch
    {
        "ROUTER" => ["DEALER", "REQ", "ROUTER"],
        "PUB" => ["SUB", "XSUB"],
        "REP" => ["REQ", "DEALER"],
        _ => throw new ArgumentException($"expected ROUTER, PUB or REP, got {socketType}", nameof(socketType)),
    };
}
