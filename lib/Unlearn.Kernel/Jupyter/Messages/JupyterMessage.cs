using System.Text.Json.Nodes;

namespace Unlearn.Kernel.Jupyter;

/// <summary>A message of the Jupyter protocol.</summary>
/// <param name="Header">Who says what kind of thing, and when.</param>
/// <param name="HeaderBytes">The header as it came. Answers carry it back as their parent, byte for byte: what the sender wrote there,
/// down to its numbers and the order of its fields, is its own to recognise.</param>
/// <param name="Parent">The header of the message that this one answers or belongs to; empty when there is none.</param>
/// <param name="Metadata">Often empty.</param>
/// <param name="Content">What the kind of message defines.</param>
internal sealed record JupyterMessage(JsonObject Header, byte[] HeaderBytes, JsonObject Parent, JsonObject Metadata, JsonObject Content)
{
    /// <summary>The kind of message, e.g. <c>execute_request</c>.</summary>
    public string Type { get; } = Header.Text("msg_type");

    /// <summary>The sender's name for it.</summary>
    public string Id { get; } = Header.Text("msg_id");
}
