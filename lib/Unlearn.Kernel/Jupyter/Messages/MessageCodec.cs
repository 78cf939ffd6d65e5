using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Unlearn.Kernel.Jupyter;

/// <summary>Between messages and the frames <c>identities… &lt;IDS|MSG&gt; signature header parent metadata content buffers…</c>.</summary>
internal sealed class MessageCodec(MessageSigner signer)
{
    /// <summary>The version of the messaging protocol that this kernel speaks.</summary>
    public const string ProtocolVersion = "5.3";

    private const int Parts = 4;

    // Cells and outputs are full of quotes, < and non-ASCII letters; the default would write each as six characters.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private long sent;

    /// <summary>The name of this kernel's run.</summary>
    public string Session { get; } = Guid.NewGuid().ToString("N");

    private static ReadOnlySpan<byte> Delimiter => "<IDS|MSG>"u8;

    /// <summary>Reads a message whose signature is right.</summary>
    /// <param name="frames">All frames as received.</param>
    /// <param name="prefix">The frames before the delimiter, which an answer starts with.</param>
    /// <param name="message">The message.</param>
    /// <param name="fault">What is wrong with it otherwise.</param>
    public bool TryDecode(
        List<byte[]> frames, out byte[][] prefix, [NotNullWhen(true)] out JupyterMessage? message, [NotNullWhen(false)] out string? fault)
    {
        (prefix, message, fault) = ([], null, null);
        var delimiter = frames.FindIndex(f => f.AsSpan().SequenceEqual(Delimiter));
        if (delimiter < 0 || frames.Count < delimiter + 2 + Parts)
        {
            fault = "it is not a Jupyter message";
            return false;
        }

        prefix = [.. frames.Take(delimiter)];
        var parts = frames.GetRange(delimiter + 2, Parts);
        if (!signer.IsValid(frames[delimiter + 1], parts))
        {
            fault = "its signature is wrong";
            return false;
        }
        try
        {
            JsonObject[] objects = [.. parts.Select(Parse)];
            message = new(objects[0], parts[0], objects[1], objects[2], objects[3]);
            if (message.Type.Length > 0) return true;
            fault = "its header has no msg_type";
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            // ArgumentException: an object that has a name twice; InvalidOperationException: half a surrogate pair.
            fault = $"its JSON is wrong: {e.Message}";
        }
        message = null;
        return false;
    }

    /// <summary>The frames of a message of this kernel's.</summary>
    /// <param name="prefix">What the recipient's connection wants first: its identities, or a topic.</param>
    /// <param name="type">The kind of message.</param>
    /// <param name="parent">The header of the request that it belongs to, as it came, or null.</param>
    /// <param name="content">Its content.</param>
    public List<byte[]> Encode(IEnumerable<byte[]> prefix, string type, byte[]? parent, JsonObject content)
    {
        var header = new JsonObject
        {
            ["msg_id"] = string.Create(CultureInfo.InvariantCulture, $"{Session}_{Interlocked.Increment(ref sent)}"),
            ["session"] = Session,
            ["username"] = "kernel",
            ["date"] = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            ["msg_type"] = type,
            ["version"] = ProtocolVersion,
        };
        byte[][] parts = [Bytes(header), parent ?? "{}"u8.ToArray(), "{}"u8.ToArray(), Bytes(content)];
        return [.. prefix, Delimiter.ToArray(), signer.Sign(parts), .. parts];
    }

    private static byte[] Bytes(JsonObject part) => JsonSerializer.SerializeToUtf8Bytes(part, Json);

    private static JsonObject Parse(byte[] part)
    {
        var parsed = JsonNode.Parse(part) as JsonObject ?? throw new JsonException("expected an object");
        _ = parsed.Count;       // JsonNode looks at names and their doubles when first asked
        return parsed;
    }
}
