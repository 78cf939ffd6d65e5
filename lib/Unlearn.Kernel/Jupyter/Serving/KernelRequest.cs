using System.Text.Json.Nodes;
using Unlearn.Kernel.Jupyter.Zmtp;

namespace Unlearn.Kernel.Jupyter;

/// <summary>A client's request and the way back to it.</summary>
/// <param name="Message">What it asks.</param>
/// <param name="Peer">The connection that it came on.</param>
/// <param name="Prefix">What answers start with.</param>
/// <param name="Number">Grows with every request of the kernel.</param>
internal sealed record KernelRequest(JupyterMessage Message, Peer Peer, byte[][] Prefix, long Number)
{
    /// <summary>The header that belongs into answers and outputs as their parent.</summary>
    public byte[] Header => Message.HeaderBytes;

    public JsonObject Content => Message.Content;
}
