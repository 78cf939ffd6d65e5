using System.Text;
using System.Text.Json.Nodes;
using Unlearn.Tokenization;

namespace Unlearn.Tests.Tokenization;

/// <summary>A thousand damaged tokenizer files: each is refused with a clear message or works.</summary>
public sealed class MutatedFileTests : IDisposable
{
    private const int BytesAFileByte = 40, Constant = 4 << 20;

    private static readonly string[] Texts = ["Hello, world! <s>it's</s> 12345", "日本語 ☃ 𝔘\u0301", "   ", "[MASK] wombat <END> "];

    private static readonly string[] Types = ["Sequence", "ByteLevel", "Split", "Metaspace", "Strip", "BPE", "Unigram", "WordPiece"];

    private readonly string path = Path.Combine(Directory.CreateTempSubdirectory("tokenizer").FullName, "tokenizer.json");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

    [Theory, InlineData("wordpiece"), InlineData("unigram"), InlineData("trained"), InlineData("everything")]
    public void A_damaged_file_is_refused_or_works(string name)
    {
        var whole = Whole(name);
        File.WriteAllText(path, whole);
        var before = TokenizerJson.Load(path).Encode(Texts[0]);          // the undamaged file works, and everything is loaded and compiled
        Assert.NotEmpty(before);

        var random = new Random(name.Length);
        var refused = 0;
        for (var round = 0; round < 250; round++)
        {
            var bytes = round % 2 == 0 ? BytesChanged(Encoding.UTF8.GetBytes(whole), random) : StructureChanged(whole, random);
            File.WriteAllBytes(path, bytes);
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                var tokenizer = TokenizerJson.Load(path);
                foreach (var text in Texts) _ = tokenizer.Decode(tokenizer.Encode(text, parseSpecialTokens: true, addSpecialTokens: true));
            }
            catch (InvalidDataException error)
            {
                refused++;
                Assert.InRange(error.Message.Length, 20, 1000);
            }
            var used = GC.GetAllocatedBytesForCurrentThread() - allocated;
            Assert.True(used <= (long)BytesAFileByte * bytes.Length + Constant,
                $"Round {round} of {name} allocated {used} for {bytes.Length} bytes.");
        }
        Assert.InRange(refused, 25, 249);
    }

    private string Whole(string name)
    {
        if (name is "wordpiece" or "unigram")
        {
            return File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Tokenization", "Fixtures", $"{name}.json"));
        }
        BpeFixture.Load().Train().Save(path);
        return name == "trained" ? File.ReadAllText(path) : Everything;
    }

    private static byte[] BytesChanged(byte[] bytes, Random random)
    {
        // Near the start, where the structure is, as often as anywhere.
        var at = random.Next(random.Next(2) == 0 ? bytes.Length : Math.Min(bytes.Length, 2000));
        switch (random.Next(4))
        {
            case 0: return bytes[..at];
            case 1: return [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]];
            case 2: return [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 20))..]];
            default:
                bytes[at] = (byte)random.Next(256);
                return bytes;
        }
    }

    private static byte[] StructureChanged(string whole, Random random)
    {
        var root = JsonNode.Parse(whole)!;
        var node = root;
        while (Children(node) is { Count: > 0 } children && random.Next(6) > 0) node = children[random.Next(children.Count)];
        if (node == root) node = Children(root)[random.Next(Children(root).Count)];
        JsonNode? other = random.Next(10) switch
        {
            0 => null,
            1 => JsonValue.Create(random.Next()),
            2 => JsonValue.Create(-1.5e300),
            3 => JsonValue.Create(""),
            4 => JsonValue.Create(new string('(', random.Next(1, 2000))),
            5 => new JsonArray(),
            6 => new JsonObject(),
            7 => JsonValue.Create(random.Next(2) == 0),
            8 => JsonValue.Create(Types[random.Next(Types.Length)]),
            _ => Children(root)[random.Next(Children(root).Count)].DeepClone(),
        };
        node.ReplaceWith(other);
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    private static List<JsonNode> Children(JsonNode node) => node switch
    {
        JsonObject o => [.. o.Select(entry => entry.Value).OfType<JsonNode>()],
        JsonArray a => [.. a.OfType<JsonNode>()],
        _ => [],
    };

    /// <summary>A byte-pair file with one of nearly every part.</summary>
    private const string Everything = """
        {
          "version": "1.0", "truncation": {"max_length": 2}, "padding": {"strategy": "BatchLongest"},
          "added_tokens": [
            {"id": 0, "content": "<unk>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true},
            {"id": 1, "content": "<s>", "single_word": false, "lstrip": true, "rstrip": true, "normalized": false, "special": true},
            {"id": 9, "content": "it", "single_word": true, "lstrip": false, "rstrip": false, "normalized": true, "special": false}
          ],
          "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "NFKC"}, {"type": "Lowercase"}, {"type": "StripAccents"}, {"type": "Nmt"},
            {"type": "Strip", "strip_left": true, "strip_right": false},
            {"type": "Replace", "pattern": {"Regex": "\\s{2,}"}, "content": " "}, {"type": "Prepend", "prepend": "▁"},
            {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]},
          "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
            {"type": "Split", "pattern": {"Regex": "(?i:'s)|\\p{N}{1,3}|[^\\p{N}']+"}, "behavior": "Isolated", "invert": false},
            {"type": "Punctuation", "behavior": "MergedWithPrevious"}, {"type": "Digits", "individual_digits": true},
            {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": true}]},
          "post_processor": {"type": "TemplateProcessing",
            "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
            "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
            "special_tokens": {"<s>": {"id": "<s>", "ids": [1], "tokens": ["<s>"]}}},
          "decoder": {"type": "Sequence", "decoders": [
            {"type": "Replace", "pattern": {"String": "▁"}, "content": " "}, {"type": "ByteFallback"}, {"type": "Fuse"},
            {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
          "model": {"type": "BPE", "dropout": null, "unk_token": "<unk>", "continuing_subword_prefix": null, "end_of_word_suffix": null,
            "fuse_unk": true, "byte_fallback": true, "ignore_merges": false,
            "vocab": {"<unk>": 0, "<s>": 1, "▁": 2, "h": 3, "e": 4, "l": 5, "o": 6, "he": 7, "ll": 8, "it": 9, "<0xE2>": 10, "▁he": 11},
            "merges": [["h", "e"], "l l", ["▁", "he"]]}
        }
        """;
}
