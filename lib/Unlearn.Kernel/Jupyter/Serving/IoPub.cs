using System.Text;
using System.Text.Json.Nodes;
using Unlearn.Kernel.Jupyter.Zmtp;

namespace Unlearn.Kernel.Jupyter;

/// <summary>What all clients hear: status and outputs, one message at a time, in one order for all.</summary>
internal sealed class IoPub(PublishSocket socket, MessageCodec codec)
{
    private readonly Lock gate = new();

    /// <summary>A name that no other kernel has, before a restart or after it.</summary>
    public string Kernel => codec.Session;

    /// <param name="type">The kind of message.</param>
    /// <param name="parent">The header of the request that it belongs to, as it came, or null.</param>
    /// <param name="content">Its content.</param>
    public void Publish(string type, byte[]? parent, JsonObject content)
    {
        var frames = Frames(type, parent, content);
        lock (gate)
        {
            socket.Publish(frames, isUrgent: type == "status", missed => Frames("stream", parent, new()
            {
                ["name"] = "stderr",
                ["text"] = $"\n[{missed} outputs were left out because this client read them too slowly]\n",
            }));
        }
    }

    /// <param name="state"><c>starting</c>, <c>busy</c> or <c>idle</c>.</param>
    /// <param name="parent">The header of the request that the kernel begins or has ended.</param>
    public void Status(string state, byte[]? parent) => Publish("status", parent, new() { ["execution_state"] = state });

    private List<byte[]> Frames(string type, byte[]? parent, JsonObject content) =>
        codec.Encode([Encoding.UTF8.GetBytes(type)], type, parent, content);
}
