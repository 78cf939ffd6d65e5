using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Unlearn.Tokenization.Reading;

namespace Unlearn.Tokenization;

/// <summary>
/// Reads BERT's <c>vocab.txt</c>, one token a line, id = line: what older checkpoints have instead of <c>tokenizer.json</c>.
/// </summary>
/// <remarks>
/// It is read as the <c>tokenizer.json</c> that Hugging Face's library makes of it. Whether letters are lowered stands in
/// <c>tokenizer_config.json</c> beside it, <c>do_lower_case</c>; they are where it does not say.
/// </remarks>
public static class WordPieceFile
{
    private static readonly string[] Special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">A <c>vocab.txt</c>.</param>
    /// <exception cref="InvalidDataException">It lacks one of [UNK], [CLS] and [SEP], or is not UTF-8.</exception>
    public static PipelineTokenizer Load(string path)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path));
            var lines = text.Split('\n');
            foreach (var (id, line) in lines.Index().Take(lines[^1].Length == 0 ? lines.Length - 1 : lines.Length))
            {
                ids[line.TrimEnd('\r')] = id;               // of two equal lines the later counts, as in the original
            }
        }
        catch (DecoderFallbackException error)
        {
            throw new InvalidDataException($"{path} should be a list of tokens in UTF-8 but is not: {error.Message}", error);
        }
        foreach (var needed in new[] { "[UNK]", "[CLS]", "[SEP]" })
        {
            if (!ids.ContainsKey(needed)) throw new InvalidDataException($"{path} should be BERT's list of tokens but lacks {needed}.");
        }
        return TokenizerJson.Read(path, JsonSerializer.SerializeToUtf8Bytes(Converted(ids, Lowers(path))));
    }

    private static JsonObject Converted(Dictionary<string, int> ids, bool lowers) => new()
    {
        ["version"] = "1.0",
        ["added_tokens"] = new JsonArray([.. Special.Where(ids.ContainsKey).OrderBy(token => ids[token]).Select(token => new JsonObject
        {
            ["id"] = ids[token],
            ["content"] = token,
            ["special"] = true,
            ["normalized"] = false,
        })]),
        ["normalizer"] = new JsonObject
        {
            ["type"] = "BertNormalizer",
            ["clean_text"] = true,
            ["handle_chinese_chars"] = true,
            ["strip_accents"] = null,
            ["lowercase"] = lowers,
        },
        ["pre_tokenizer"] = new JsonObject { ["type"] = "BertPreTokenizer" },
        ["post_processor"] = new JsonObject
        {
            ["type"] = "BertProcessing",
            ["cls"] = new JsonArray("[CLS]", ids["[CLS]"]),
            ["sep"] = new JsonArray("[SEP]", ids["[SEP]"]),
        },
        ["decoder"] = new JsonObject { ["type"] = "WordPiece", ["prefix"] = "##", ["cleanup"] = true },
        ["model"] = new JsonObject
        {
            ["type"] = "WordPiece",
            ["unk_token"] = "[UNK]",
            ["continuing_subword_prefix"] = "##",
            ["max_input_chars_per_word"] = 100,
            ["vocab"] = new JsonObject(ids.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value))),
        },
    };

    private static bool Lowers(string path)
    {
        var settings = Path.Combine(Path.GetDirectoryName(path) ?? "", "tokenizer_config.json");
        if (!File.Exists(settings)) return true;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(settings));
            return new JsonPart(document.RootElement, "").Flag("do_lower_case", missing: true);
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            throw new InvalidDataException($"{settings} should be a tokenizer's settings but is not: {error.Message}", error);
        }
    }
}
