using System.Buffers.Binary;

namespace Unlearn.Kernel.Jupyter.Zmtp;

/// <summary>One frame: a flag byte, a length of one or eight bytes, a body.</summary>
internal readonly record struct ZmtpFrame(byte[] Body, bool IsLast, bool IsCommand)
{
    private const byte More = 1;
    private const byte Long = 2;
    private const byte Command = 4;
    private const int Step = 1 << 20;

    /// <summary>The first byte of a frame.</summary>
    public static async Task<byte> ReadFlagsAsync(Stream stream, CancellationToken cancellation)
    {
        var flags = new byte[1];
        await stream.ReadExactlyAsync(flags, cancellation).ConfigureAwait(false);
        return flags[0];
    }

    /// <summary>What follows the first byte; memory grows with the bytes that arrive, not with the length that is announced.</summary>
    /// <exception cref="ZmtpException">The frame is malformed or longer than allowed.</exception>
    public static async Task<ZmtpFrame> ReadAsync(Stream stream, byte flags, int longest, CancellationToken cancellation)
    {
        var head = new byte[8];
        if ((flags & ~(More | Long | Command)) != 0 || (flags & (More | Command)) == (More | Command))
        {
            throw new ZmtpException($"a frame cannot have the flags {flags:x2}");
        }

        var sizeBytes = (flags & Long) != 0 ? 8 : 1;
        await stream.ReadExactlyAsync(head.AsMemory(0, sizeBytes), cancellation).ConfigureAwait(false);
        var length = sizeBytes == 8 ? BinaryPrimitives.ReadUInt64BigEndian(head) : head[0];
        if (length > (ulong)longest) throw new ZmtpException($"a frame of {length} bytes is longer than the {longest} allowed");

        var body = new byte[Math.Min((int)length, Step)];
        for (var filled = 0; filled < (int)length;)
        {
            if (filled == body.Length) Array.Resize(ref body, (int)Math.Min((long)length, 2L * body.Length));
            await stream.ReadExactlyAsync(body.AsMemory(filled), cancellation).ConfigureAwait(false);
            filled = body.Length;
        }
        return new(body, (flags & More) == 0, (flags & Command) != 0);
    }

    /// <summary>A message as it goes over the wire.</summary>
    public static byte[] Encode(IReadOnlyList<byte[]> frames)
    {
        var wire = new byte[frames.Sum(f => Size(f.Length))];
        var at = 0;
        for (var i = 0; i < frames.Count; i++) at += Write(wire.AsSpan(at), frames[i], i == frames.Count - 1, isCommand: false);
        return wire;
    }

    /// <summary>One frame as it goes over the wire.</summary>
    public static byte[] Encode(byte[] body, bool isLast, bool isCommand)
    {
        var wire = new byte[Size(body.Length)];
        Write(wire, body, isLast, isCommand);
        return wire;
    }

    private static int Size(int length) => length + (length > byte.MaxValue ? 9 : 2);

    private static int Write(Span<byte> wire, byte[] body, bool isLast, bool isCommand)
    {
        var isLong = body.Length > byte.MaxValue;
        wire[0] = (byte)((isLast ? 0 : More) | (isLong ? Long : 0) | (isCommand ? Command : 0));
        if (isLong) BinaryPrimitives.WriteInt64BigEndian(wire[1..], body.Length);
        else wire[1] = (byte)body.Length;
        body.CopyTo(wire[(Size(body.Length) - body.Length)..]);
        return Size(body.Length);
    }
}
