using System.Text.Json;
using System.Text.Json.Nodes;
using Unlearn.Tokenization;
using Unlearn.Tokenization.Reading;
using Unlearn.Tokenization.Splitting;

namespace Unlearn.Tests.Tokenization;

/// <summary>Each part on its own against what Hugging Face's Rust library makes of the same texts (Fixtures/make_tokenizers.mjs).</summary>
public sealed class ComponentTests
{
    private static readonly JsonNode Fixture = JsonNode.Parse(File.ReadAllText(
        Path.Combine(AppContext.BaseDirectory, "Tokenization", "Fixtures", "components.json")))!;

    private static readonly string[] Samples = Texts(Fixture["samples"]);

    public static TheoryData<int, string> Normalizers => Rows("normalizers");

    public static TheoryData<int, string> PreTokenizers => Rows("preTokenizers");

    public static TheoryData<int, string> Decoders => Rows("decoders");

    [Theory, MemberData(nameof(Normalizers))]
    public void A_normalizer_rewrites_as_the_original_does(int index, string part)
    {
        var normalizer = NormalizerReader.Read(Part(part));
        Assert.Equal(Texts(Fixture["normalizers"]![index]!["texts"]), Samples.Select(normalizer.Normalize));
    }

    [Theory, MemberData(nameof(PreTokenizers))]
    public void A_pre_tokenizer_cuts_as_the_original_does(int index, string part)
    {
        var preTokenizer = PreTokenizerReader.Read(Part(part));
        var spelled = PreTokenizerReader.IsByteLevel(Part(part));
        foreach (var (text, expected) in Samples.Zip(Fixture["preTokenizers"]![index]!["pieces"]!.AsArray()))
        {
            var pieces = new List<Piece>();
            if (text.Length > 0) preTokenizer.Split(new(text.AsMemory(), AtStart: true), pieces);
            Assert.Equal(Texts(expected), pieces.Select(piece => spelled
                ? ByteAlphabet.Spell(System.Text.Encoding.UTF8.GetBytes(piece.Text.ToString())) : piece.Text.ToString()));
        }
    }

    [Theory, MemberData(nameof(Decoders))]
    public void A_decoder_joins_as_the_original_does(int index, string part)
    {
        var decoder = DecoderReader.Read(Part(part));
        var texts = Fixture["tokens"]!.AsArray().Select(tokens =>
        {
            var list = Texts(tokens).ToList();
            decoder.Decode(list);
            return string.Concat(list);
        });
        Assert.Equal(Texts(Fixture["decoders"]![index]!["texts"]), texts);
    }

    private static JsonPart Part(string json) => new(JsonDocument.Parse(json).RootElement, "", "part");

    private static TheoryData<int, string> Rows(string kind)
    {
        var rows = new TheoryData<int, string>();
        foreach (var (index, entry) in Fixture[kind]!.AsArray().Index()) rows.Add(index, entry!["part"]!.ToJsonString());
        return rows;
    }

    private static string[] Texts(JsonNode? list) => [.. list!.AsArray().Select(text => text!.GetValue<string>())];
}
