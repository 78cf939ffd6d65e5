using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Unlearn.Kernel.Jupyter;

/// <summary>What a Jupyter client tells the kernel that it starts: where to listen, and the key that signs messages.</summary>
/// <param name="Ip">The address to bind.</param>
/// <param name="Shell">Port of requests; 0 takes a free one, as for the others.</param>
/// <param name="Control">Port of requests that may not wait: interrupt, shutdown.</param>
/// <param name="Stdin">Port of questions to the user.</param>
/// <param name="IoPub">Port of outputs and status.</param>
/// <param name="Heartbeat">Port of the heartbeat.</param>
/// <param name="Key">The key of HMAC-SHA256; empty leaves messages unsigned.</param>
public sealed record ConnectionFile(IPAddress Ip, int Shell, int Control, int Stdin, int IoPub, int Heartbeat, string Key)
{
    /// <summary>Reads a connection file.</summary>
    /// <exception cref="InvalidDataException">It is not a connection file, or asks for another transport or signature scheme.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ConnectionFile Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Reads the text of a connection file.</summary>
    /// <exception cref="InvalidDataException">It is not a connection file, or asks for another transport or signature scheme.</exception>
    public static ConnectionFile Parse(string json)
    {
        JsonObject root;
        try
        {
            root = JsonNode.Parse(json) as JsonObject ?? throw new InvalidDataException("expected a JSON object");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"expected a connection file in JSON: {e.Message}", e);
        }

        Require("transport", "tcp");
        if (Text("key").Length > 0) Require("signature_scheme", "hmac-sha256");
        var ip = Text("ip");
        if (ip == "localhost") ip = "127.0.0.1";
        if (ip == "*") ip = "0.0.0.0";
        return IPAddress.TryParse(ip, out var address)
            ? new(address, Port("shell"), Port("control"), Port("stdin"), Port("iopub"), Port("hb"), Text("key"))
            : throw new InvalidDataException($"expected an IP address under 'ip', got '{ip}'");

        string Text(string name) => root[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

        void Require(string name, string expected)
        {
            if (Text(name) is { Length: > 0 } found && found != expected)
            {
                throw new InvalidDataException($"expected '{expected}' under '{name}', got '{found}'");
            }
        }

        int Port(string channel) => root.Number(channel + "_port") is { } port and >= 0 and <= 65535
            ? port
            : throw new InvalidDataException($"expected a port from 0 to 65535 under '{channel}_port'");
    }
}
