using System.Text.Encodings.Web;
using System.Text.Json;

namespace Unlearn.Tokenization;

/// <summary>The Hugging Face <c>tokenizer.json</c> form of a byte-level BPE tokenizer.</summary>
/// <remarks>
/// Written: model BPE with <c>vocab</c> and <c>merges</c> (pairs), pre-tokenizer and decoder ByteLevel without prefix space, special tokens
/// in <c>added_tokens</c>. Read: the same, and merges in the older "left right" form. Whatever would make the ids differ from ours
/// (a normalizer, another pre-tokenizer, a template that adds tokens, …) is refused instead of ignored.
/// </remarks>
internal static class TokenizerJson
{
    private static readonly string[] UnsupportedValues = ["dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix"];
    private static readonly string[] UnsupportedSwitches = ["byte_fallback", "ignore_merges"];
    private static readonly string[] UnsupportedRules = ["single_word", "lstrip", "rstrip", "normalized"];

    public static void Write(BytePairTokenizer tokenizer, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = File.Create(temporary)) Write(tokenizer, file);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static void Write(BytePairTokenizer tokenizer, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new()
        {
            Indented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
        json.WriteStartObject();
        json.WriteString("version", "1.0");
        json.WriteNull("truncation");
        json.WriteNull("padding");

        json.WriteStartArray("added_tokens");
        foreach (var token in tokenizer.SpecialTokens)
        {
            json.WriteStartObject();
            json.WriteNumber("id", tokenizer.IdOf(token));
            json.WriteString("content", token);
            foreach (var rule in UnsupportedRules) json.WriteBoolean(rule, false);
            json.WriteBoolean("special", true);
            json.WriteEndObject();
        }
        json.WriteEndArray();

        json.WriteNull("normalizer");
        WriteByteLevel("pre_tokenizer");
        json.WriteNull("post_processor");
        WriteByteLevel("decoder");

        json.WriteStartObject("model");
        json.WriteString("type", "BPE");
        foreach (var absent in UnsupportedValues) json.WriteNull(absent);
        json.WriteBoolean("fuse_unk", false);
        foreach (var off in UnsupportedSwitches) json.WriteBoolean(off, false);
        json.WriteStartObject("vocab");
        for (var id = 0; id < tokenizer.VocabularySize; id++) json.WriteNumber(tokenizer.Vocabulary[id], id);
        json.WriteEndObject();
        json.WriteStartArray("merges");
        foreach (var (left, right) in tokenizer.Merges)
        {
            json.WriteStartArray();
            json.WriteStringValue(tokenizer.Vocabulary[left]);
            json.WriteStringValue(tokenizer.Vocabulary[right]);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();

        void WriteByteLevel(string name)
        {
            json.WriteStartObject(name);
            json.WriteString("type", "ByteLevel");
            json.WriteBoolean("add_prefix_space", false);
            json.WriteBoolean("trim_offsets", true);
            json.WriteBoolean("use_regex", true);
            json.WriteEndObject();
        }
    }

    public static BytePairTokenizer Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var file = File.OpenRead(path);
            using var document = JsonDocument.Parse(file);
            return Read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(
                $"'{path}' is not complete JSON ({e.Message}); expected a tokenizer.json. Write or copy it again.", e);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new InvalidDataException($"'{path}' is not a byte-level BPE tokenizer.json: {e.Message}", e);
        }
    }

    private static BytePairTokenizer Read(JsonElement root)
    {
        var model = Required(root, "model");
        Expect(Type(model) is null or "BPE", $"model type is '{Type(model)}', expected 'BPE'.");
        foreach (var name in UnsupportedValues)
        {
            Expect(Optional(model, name) is not { } value || value is { ValueKind: JsonValueKind.String } && value.GetString() == "",
                $"model.{name} is set, which is not supported.");
        }
        foreach (var name in UnsupportedSwitches)
        {
            Expect(Optional(model, name) is not { ValueKind: JsonValueKind.True }, $"model.{name} is on, which is not supported.");
        }
        Expect(Optional(root, "normalizer") is null, "it has a normalizer, which is not supported.");
        var words = Optional(root, "pre_tokenizer");
        Expect(words is { } w && Type(w) == "ByteLevel" && Optional(w, "use_regex") is not { ValueKind: JsonValueKind.False },
            "expected the pre_tokenizer 'ByteLevel' with GPT-2's pattern.");
        Expect(Optional(words!.Value, "add_prefix_space") is { ValueKind: JsonValueKind.False },
            "pre_tokenizer.add_prefix_space should be false.");
        Expect(Optional(root, "post_processor") is not { } post || Type(post) == "ByteLevel",
            "it has a post_processor that may add tokens; expected none or 'ByteLevel'.");

        var (vocab, mergeList) = (Required(model, "vocab"), Required(model, "merges"));
        Expect(vocab.ValueKind == JsonValueKind.Object, $"model.vocab should be an object from token to id, found {vocab.ValueKind}.");
        Expect(mergeList.ValueKind == JsonValueKind.Array, $"model.merges should be an array, found {mergeList.ValueKind}.");
        var tokens = new SortedDictionary<int, string>();
        foreach (var entry in vocab.EnumerateObject()) AddToken(tokens, entry.Name, Id(entry.Value));

        var specials = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var added in Optional(root, "added_tokens")?.EnumerateArray() ?? default)
        {
            var (content, id) = (Text(Required(added, "content")), Id(Required(added, "id")));
            Expect(content.Length > 0, $"added token {id} is empty.");
            foreach (var rule in UnsupportedRules)
            {
                Expect(Optional(added, rule) is not { ValueKind: JsonValueKind.True },
                    $"added token '{content}' has {rule}, which is not supported.");
            }
            if (!tokens.TryGetValue(id, out var token) || token != content) AddToken(tokens, content, id);
            Expect(specials.TryAdd(content, id), $"added token '{content}' is listed twice.");
        }

        foreach (var (order, (id, token)) in tokens.Index())
        {
            Expect(id == order, $"ids should run from 0 without a gap; id {order} is missing before '{token}' ({id}).");
        }
        var idOf = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (id, token) in tokens) Expect(idOf.TryAdd(token, id), $"token '{token}' has two ids.");

        var merges = mergeList.EnumerateArray().Select((merge, rank) =>
        {
            var parts = merge.ValueKind == JsonValueKind.String ? Text(merge).Split(' ') : [.. merge.EnumerateArray().Select(Text)];
            Expect(parts.Length == 2, $"merge {rank} has {parts.Length} parts, expected 2.");
            return (IdOf(parts[0], rank), IdOf(parts[1], rank));
        }).ToList();
        return new([.. tokens.Values], merges, specials);

        int IdOf(string token, int rank) => idOf.TryGetValue(token, out var id) ? id
            : throw new FormatException($"merge {rank} uses '{token}', which is not in the vocabulary.");
    }

    private static void AddToken(SortedDictionary<int, string> tokens, string token, int id) =>
        Expect(tokens.TryAdd(id, token), $"id {id} belongs to both '{tokens.GetValueOrDefault(id)}' and '{token}'.");

    private static int Id(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var id) && id >= 0 ? id
        : throw new FormatException($"an id is {value.GetRawText()}, expected an integer from 0.");

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()!
        : throw new FormatException($"expected text, found {value.ValueKind}.");

    private static string? Type(JsonElement value) => Optional(value, "type") is { } type ? Text(type) : null;

    private static JsonElement Required(JsonElement parent, string name) =>
        Optional(parent, name) ?? throw new FormatException($"'{name}' is missing.");

    private static JsonElement? Optional(JsonElement parent, string name)
    {
        Expect(parent.ValueKind == JsonValueKind.Object, $"expected an object with '{name}', found {parent.ValueKind}.");
        return parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private static void Expect(bool holds, string otherwise)
    {
        if (!holds) throw new FormatException(otherwise);
    }
}
