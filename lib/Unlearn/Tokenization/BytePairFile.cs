using System.Text.Encodings.Web;
using System.Text.Json;
using Unlearn.Data;

namespace Unlearn.Tokenization;

/// <summary>Writes a trained tokenizer as Hugging Face's <c>tokenizer.json</c>; equal tokenizers give equal bytes.</summary>
/// <remarks>
/// Model BPE with <c>vocab</c> and <c>merges</c> (pairs), pre-tokenizer and decoder ByteLevel without prefix space, special tokens in
/// <c>added_tokens</c>.
/// </remarks>
internal static class BytePairFile
{
    private static readonly string[] AddedRules = ["single_word", "lstrip", "rstrip", "normalized"];
    private static readonly string[] AbsentOptions = ["dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix"];

    public static void Write(BytePairTokenizer tokenizer, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        WholeFile.Write(path, stream => Write(tokenizer, stream));
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
            foreach (var rule in AddedRules) json.WriteBoolean(rule, false);
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
        foreach (var absent in AbsentOptions) json.WriteNull(absent);
        foreach (var off in (string[])["fuse_unk", "byte_fallback", "ignore_merges"]) json.WriteBoolean(off, false);
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
}
