using System.Security.Cryptography;
using Unlearn.Tests.Data;
using Unlearn.Tokenization;
using Unlearn.Tokenization.Normalization;

namespace Unlearn.Tests.Tokenization;

/// <summary>Whole tokenizer files: ids and decoded texts are those of Hugging Face's Rust library.</summary>
public sealed class FamilyTests
{
    public static TheoryData<string> Ours => Names(family => family.Package is null);

    public static TheoryData<string> Real => Names(family => family.Package is not null);

    [Theory, MemberData(nameof(Ours))]
    public void A_small_file_of_every_kind_gives_the_originals_ids(string name) => CheckSamplesAndRandomTexts(name);

    [FamilyTheory, MemberData(nameof(Real))]
    public void A_checkpoints_file_gives_the_originals_ids(string name) => CheckSamplesAndRandomTexts(name);

    [TofuTheory, MemberData(nameof(Ours))]
    public void A_small_file_of_every_kind_gives_the_originals_ids_on_all_of_tofu(string name) => CheckTofu(name);

    [FamilyTofuTheory, MemberData(nameof(Real))]
    public void A_checkpoints_file_gives_the_originals_ids_on_all_of_tofu(string name) => CheckTofu(name);

    // Byte-level files keep every text, Qwen's as it normalizes it; SentencePiece's and BERT's drop white space.
    [FamilyTheory, InlineData("gpt2"), InlineData("llama3_2")]
    public void Decoding_undoes_encoding_where_the_original_guarantees_it(string name)
    {
        var tokenizer = TokenizerJson.Load(FamilyFixture.Of(name).Path!);
        Assert.All(RandomTexts.Draw(3, 2000), text => Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text))));
    }

    [FamilyTheory, InlineData("qwen3")]
    public void Decoding_undoes_encoding_of_normalized_texts_where_the_file_normalizes(string name)
    {
        var tokenizer = TokenizerJson.Load(FamilyFixture.Of(name).Path!);
        var texts = RandomTexts.Draw(5, 10_000);
        var form = new UnicodeForm(compatible: false, composed: true);      // ComponentTests hold it against the Rust library
        Assert.Contains(texts, text => text != form.Normalize(text));
        Assert.All(texts, text =>
        {
            var normalized = form.Normalize(text);
            Assert.Equal(normalized, tokenizer.Decode(tokenizer.Encode(normalized)));
            Assert.Equal(normalized, tokenizer.Decode(tokenizer.Encode(text)));
        });
    }

    [FamilyTheory, InlineData("llama2")]
    public void Decoding_undoes_sentencepiece_but_for_its_frame(string name)
    {
        var tokenizer = TokenizerJson.Load(FamilyFixture.Of(name).Path!);
        foreach (var text in RandomTexts.Draw(4, 2000))
        {
            // ▁ in the text itself is taken for a space, as in the original.
            Assert.Equal(text.Replace('▁', ' '), tokenizer.Decode(tokenizer.Encode(text)));
        }
    }

    private static void CheckSamplesAndRandomTexts(string name)
    {
        var family = FamilyFixture.Of(name);
        var tokenizer = Load(family);
        Assert.True(tokenizer.VocabularySize >= family.Size);
        foreach (var sample in family.Samples)
        {
            Assert.Equal(sample.Ids, tokenizer.Encode(sample.Text, parseSpecialTokens: true, addSpecialTokens: true));
            Assert.Equal(sample.Decoded, tokenizer.Decode(sample.Ids));
            Assert.Equal(sample.Skipped, tokenizer.Decode(sample.Ids, skipSpecialTokens: true));
        }
        foreach (var pair in family.Pairs)
        {
            var encoded = tokenizer.EncodePair(pair.First, pair.Second);
            Assert.Equal(pair.Ids, encoded.Ids);
            Assert.Equal(pair.Types, encoded.TypeIds);
        }
        Assert.Equal(family.Random, FamilyFixture.DigestsOf(tokenizer, family.RandomStrings()));
    }

    private static void CheckTofu(string name)
    {
        var family = FamilyFixture.Of(name);
        var rows = Unlearn.Data.Corpus.Load(TestData.Tofu!, "tofu").Full;
        Assert.Equal(4000, rows.Count);
        Assert.Equal(family.Tofu, FamilyFixture.DigestsOf(Load(family), rows.SelectMany(row => new[] { row.Question, row.Answer })));
    }

    private static TheoryData<string> Names(Func<FamilyFixture, bool> which) =>
        [.. FamilyFixture.All.Where(which).Select(family => family.Name)];

    private static PipelineTokenizer Load(FamilyFixture family)
    {
        Assert.Equal(family.Sha256, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(family.Path!))));
        return TokenizerJson.Load(family.Path!);
    }
}
