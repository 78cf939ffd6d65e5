using Unlearn.Kernel.Jupyter.Zmtp;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Jupyter;

/// <summary>How a Jupyter kernel is set up.</summary>
public sealed record KernelSetup
{
    /// <summary>The session that cells run in. Its input prompts go to the client whose cell asks.</summary>
    public SessionOptions Session { get; init; } = new();

    /// <summary>Receives a line for whoever starts the kernel, e.g. about messages with a wrong signature.</summary>
    public Action<string> Log { get; init; } = static _ => { };

    internal ZmtpLimits Limits { get; init; } = new();
}
