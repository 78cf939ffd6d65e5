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
        Remember(ref reader, Root);
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
        if (origin is not null && IsUntouched(node!, origin)) written.Append(Slice(origin.Start, origin.End));
        else if (node is JsonObject or JsonArray) WriteItems(written, node, origin, depth);
        else JsonLayout.WriteScalar(written, node);
    }

    private void WriteItems(StringBuilder written, JsonNode node, Origin? origin, int depth)
    {
        var spacing = origin?.Spacing ?? layout.At(depth);
        var slots = new Dictionary<object, Slot>((origin?.Slots ?? []).Where(s => s.Identity is not null)
            .Select(s => KeyValuePair.Create(s.Identity!, s)), IdentityComparer.Instance);
        var brackets = node is JsonObject ? "{}" : "[]";
        written.Append(brackets[0]);
        var isFirst = true;
        foreach (var (key, value) in ChildrenOf(node))
        {
            // What was there keeps what stood around it; only at a new place in the row it takes the usual.
            var slot = (key ?? (object?)value) is { } identity ? slots.GetValueOrDefault(identity) : null;
            written.Append(slot is not null && slot.IsFirst == isFirst ? Slice(slot.Lead, slot.Name)
                : isFirst ? spacing.Open : spacing.Comma);
            isFirst = false;
            if (slot is not null)
            {
                written.Append(Slice(slot.Name, slot.Start));
            }
            else if (key is not null)
            {
                JsonLayout.WriteText(written, key);
                written.Append(spacing.Colon);
            }
            Write(written, value, depth + 1);
        }
        written.Append(isFirst ? "" : spacing.Close).Append(brackets[1]);
    }

    // A scalar node never changes, it can only be replaced; so a part is as it was read when it consists of the nodes that were read.
    private bool IsUntouched(JsonNode node, Origin origin)
    {
        var children = ChildrenOf(node);
        return origin.Slots.Count == children.Count && origin.Slots.Zip(children).All(pair =>
            pair.First.Key == pair.Second.Key && ReferenceEquals(pair.First.Value, pair.Second.Value)
            && (pair.Second.Value is not { } child || IsUntouched(child, origins[child])));
    }

    private static List<KeyValuePair<string?, JsonNode?>> ChildrenOf(JsonNode? node) => node switch
    {
        JsonObject members => [.. members.Select(m => KeyValuePair.Create((string?)m.Key, m.Value))],
        JsonArray items => [.. items.Select(i => KeyValuePair.Create((string?)null, i))],
        _ => [],
    };

    private void Remember(ref Utf8JsonReader reader, JsonNode? node)
    {
        var start = (int)reader.TokenStartIndex;
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            if (node is not null) origins[node] = new([], start, (int)reader.BytesConsumed, null);
            return;
        }

        var slots = new List<Slot>();
        var last = start + 1;
        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            var (name, key) = ((int)reader.TokenStartIndex, (string?)null);
            if (node is JsonObject)
            {
                key = reader.GetString()!;
                reader.Read();
            }
            var child = key is null ? node![slots.Count] : node![key];
            slots.Add(new(key, child, slots.Count == 0, last, name, (int)reader.TokenStartIndex));
            Remember(ref reader, child);
            last = (int)reader.BytesConsumed;
        }
        origins[node!] = new(slots, start, (int)reader.BytesConsumed, SpacingOf(slots, Slice(last, (int)reader.TokenStartIndex)));
    }

    private Spacing? SpacingOf(List<Slot> slots, string close)
    {
        if (slots is not [var first, ..]) return null;
        var open = Slice(first.Lead, first.Name);
        var colon = first.Key is null ? ": " : Slice(first.Name, first.Start) is var name ? name[(name.LastIndexOf('"') + 1)..] : "";
        return new(open, colon, slots.Count > 1 ? Slice(slots[1].Lead, slots[1].Name) : "," + open, close);
    }

    private string Slice(int start, int stop) => Utf8.GetString(text.AsSpan(start, stop - start));

    /// <summary>Where a node was read, what it consisted of then, and how its items usually stand.</summary>
    private sealed record Origin(List<Slot> Slots, int Start, int End, Spacing? Spacing);

    /// <summary>An item of an object or list as it was read: what precedes its name (or value), its name with the colon, its
    /// value.</summary>
    private sealed record Slot(string? Key, JsonNode? Value, bool IsFirst, int Lead, int Name, int Start)
    {
        /// <summary>What an item is found by: a member by its key, a list's item by itself.</summary>
        public object? Identity => Key ?? (object?)Value;
    }

    private sealed class IdentityComparer : IEqualityComparer<object>
    {
        public static IdentityComparer Instance { get; } = new();

        public new bool Equals(object? x, object? y) => x is string a ? y is string b && a == b : ReferenceEquals(x, y);

        public int GetHashCode(object obj) => obj is string key
            ? key.GetHashCode(StringComparison.Ordinal) : System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj);
    }
}
