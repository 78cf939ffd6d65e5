using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Unlearn.Kernel.Notebooks;

/// <summary>
/// A JSON document together with the text it was read from. What was not changed since is written back byte for byte: spelling of numbers,
/// escapes, spaces. What was changed is laid out as its surroundings are.
/// </summary>
internal sealed class JsonSource
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // A key that occurs twice would leave it to chance which of the two a tool sees.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly byte[] text;
    private readonly Dictionary<JsonNode, Origin> origins = new(ReferenceEqualityComparer.Instance);
    private readonly JsonLayout layout;
    private readonly int end;

    private JsonSource(byte[] text)
    {
        this.text = text;
        Root = JsonNode.Parse(text, documentOptions: Strict);
        var reader = new Utf8JsonReader(text);
        reader.Read();
        Remember(ref reader, Root, JsonNode.Parse(text, documentOptions: Strict));
        end = (int)reader.BytesConsumed;
        layout = JsonLayout.Like(Root is not null && origins[Root].Spacing is { } spacing ? spacing : Spacing.None);
    }

    /// <summary>The document, to be read and changed; null for the JSON text <c>null</c>.</summary>
    public JsonNode? Root { get; }

    /// <summary>Reads a document.</summary>
    /// <exception cref="JsonException">The text is not JSON, nests too deeply or repeats a key.</exception>
    /// <exception cref="ArgumentException">The bytes are not UTF-8.</exception>
    public static JsonSource Parse(ReadOnlySpan<byte> json)
    {
        if (json.StartsWith(Encoding.UTF8.Preamble)) json = json[Encoding.UTF8.Preamble.Length..];
        Utf8.GetCharCount(json);
        return new(json.ToArray());
    }

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    public static JsonSource Parse(string json) => Parse(Utf8.GetBytes(json));

    /// <summary>The document as it is now.</summary>
    public override string ToString()
    {
        var written = new StringBuilder(text.Length);
        Write(written, Root, 0);
        return written.Append(Utf8.GetString(text.AsSpan(end))).ToString();
    }

    private void Write(StringBuilder written, JsonNode? node, int depth)
    {
        var origin = node is null ? null : origins.GetValueOrDefault(node);
        if (origin is not null && JsonNode.DeepEquals(node, origin.Pristine)) written.Append(Slice(origin.Start, origin.End));
        else if (node is JsonObject or JsonArray) WriteItems(written, node, origin, depth);
        else JsonLayout.WriteScalar(written, node);
    }

    private void WriteItems(StringBuilder written, JsonNode node, Origin? origin, int depth)
    {
        var spacing = origin?.Spacing ?? layout.At(depth);
        var (items, brackets) = node is JsonObject members
            ? (members.Select(m => ((string?)m.Key, m.Value)), "{}")
            : (node.AsArray().Select(i => ((string?)null, i)), "[]");
        written.Append(brackets[0]);
        var isFirst = true;
        foreach (var (key, value) in items)
        {
            written.Append(isFirst ? spacing.Open : spacing.Comma);
            isFirst = false;
            if (key is not null)
            {
                if (origin?.Keys is { } keys && keys.TryGetValue(key, out var raw)) written.Append(raw);
                else JsonLayout.WriteText(written, key);
                written.Append(spacing.Colon);
            }
            Write(written, value, depth + 1);
        }
        written.Append(isFirst ? "" : spacing.Close).Append(brackets[1]);
    }

    private void Remember(ref Utf8JsonReader reader, JsonNode? node, JsonNode? pristine)
    {
        var start = (int)reader.TokenStartIndex;
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            if (node is not null) origins[node] = new(pristine!, start, (int)reader.BytesConsumed);
            return;
        }

        var keys = node is JsonObject ? new Dictionary<string, string>(StringComparer.Ordinal) : null;
        var spacing = new List<string>(2);
        string? colon = null;
        var (last, index) = (start + 1, 0);
        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            if (index < 2) spacing.Add(Slice(last, (int)reader.TokenStartIndex));
            if (keys is null)
            {
                Remember(ref reader, node![index], pristine![index]);
            }
            else
            {
                var key = reader.GetString()!;
                var (keyStart, keyEnd) = ((int)reader.TokenStartIndex, (int)reader.TokenStartIndex + reader.ValueSpan.Length + 2);
                keys[key] = Slice(keyStart, keyEnd);
                reader.Read();
                colon ??= Slice(keyEnd, (int)reader.TokenStartIndex);
                Remember(ref reader, node![key], pristine![key]);
            }
            last = (int)reader.BytesConsumed;
            index++;
        }
        var seen = index == 0 ? null : new Spacing(
            spacing[0], colon ?? ": ", spacing.Count > 1 ? spacing[1] : "," + spacing[0], Slice(last, (int)reader.TokenStartIndex));
        origins[node!] = new(pristine!, start, (int)reader.BytesConsumed, seen, keys);
    }

    private string Slice(int start, int stop) => Utf8.GetString(text.AsSpan(start, stop - start));

    /// <summary>Where a node was read, what it held then, and how its items stood.</summary>
    private sealed record Origin(
        JsonNode Pristine, int Start, int End, Spacing? Spacing = null, Dictionary<string, string>? Keys = null);
}
