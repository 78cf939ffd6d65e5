namespace Unlearn.Kernel.Jupyter.Zmtp;

/// <summary>What a socket grants its peers, so that a hostile or a broken one costs little.</summary>
internal sealed record ZmtpLimits
{
    /// <summary>Peers of a socket at one time, those that are still shaking hands included.</summary>
    public int Connections { get; init; } = 128;

    /// <summary>Bytes of one received message, over all of its frames.</summary>
    public int MessageBytes { get; init; } = 32 << 20;

    /// <summary>Frames of one received message.</summary>
    public int Frames { get; init; } = 64;

    /// <summary>From the connection to the end of the handshake.</summary>
    public TimeSpan Handshake { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From a message's first byte to its last.</summary>
    public TimeSpan Message { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes that may wait for a peer to read them. One message may go beyond, however long it is.</summary>
    public long QueuedBytes { get; init; } = 64 << 20;

    /// <summary>How long a publisher waits for a subscriber whose queue is full.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2);
}
