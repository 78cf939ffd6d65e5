using System.Text.Json.Nodes;
using Unlearn.Tokenization;

namespace Unlearn.Tests.Tokenization;

public sealed class TokenizerFileTests : IDisposable
{
    private static readonly BpeFixture Fixture = BpeFixture.Load();
    private readonly string folder = Directory.CreateTempSubdirectory("tokenizer").FullName;

    private string FilePath => Path.Combine(folder, "tokenizer.json");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_saved_tokenizer_comes_back_equal()
    {
        var tokenizer = Fixture.Train();
        tokenizer.Save(FilePath);
        var loaded = TokenizerJson.Load(FilePath);
        Assert.Equal(tokenizer.VocabularySize, loaded.VocabularySize);
        Assert.All(Enumerable.Range(0, tokenizer.VocabularySize), id => Assert.Equal(tokenizer.Decode([id]), loaded.Decode([id])));
        Assert.Equal(tokenizer.SpecialTokens.ToArray(), loaded.SpecialTokens.ToArray());
        Assert.Equal(1, loaded.IdOf("<|pad|>"));
        Assert.All(Fixture.Encodings, e => Assert.Equal(e.Ids, loaded.Encode(e.Text)));
        Assert.All(RandomTexts.Draw(5, 500), text => Assert.Equal(tokenizer.Encode(text, true), loaded.Encode(text, true)));
    }

    [Fact]
    public void Saving_twice_gives_the_same_bytes_and_leaves_no_other_file()
    {
        Fixture.Train().Save(FilePath);
        var first = File.ReadAllBytes(FilePath);
        TokenizerJson.Load(FilePath).Save(FilePath);
        Assert.Equal(first, File.ReadAllBytes(FilePath));
        Assert.Equal([FilePath], Directory.GetFiles(folder));
    }

    [Fact]
    public void A_failed_save_leaves_the_old_file_alone()
    {
        Directory.CreateDirectory(FilePath);
        Assert.ThrowsAny<Exception>(() => Fixture.Train().Save(FilePath));
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void The_older_form_of_merges_is_read_too()
    {
        Fixture.Train().Save(FilePath);
        var json = JsonNode.Parse(File.ReadAllText(FilePath))!;
        var merges = json["model"]!["merges"]!.AsArray().Select(m => $"{m![0]} {m[1]}").ToArray();
        json["model"]!["merges"] = new JsonArray([.. merges.Select(m => JsonValue.Create(m))]);
        File.WriteAllText(FilePath, json.ToJsonString());
        var loaded = TokenizerJson.Load(FilePath);
        Assert.All(Fixture.Encodings, e => Assert.Equal(e.Ids, loaded.Encode(e.Text)));
    }

    [Fact]
    public void Every_truncation_is_refused_with_the_name_of_the_file()
    {
        BytePairTokenizer.Train(["aa aa ab ab"], 260, ["<|end|>"]).Save(FilePath);
        var whole = File.ReadAllText(FilePath).TrimEnd();
        for (var length = 0; length < whole.Length; length += 17)
        {
            File.WriteAllText(FilePath, whole[..length]);
            Assert.Contains("tokenizer.json", Assert.Throws<InvalidDataException>(() => TokenizerJson.Load(FilePath)).Message);
        }
    }

    [Theory]
    [InlineData("\"type\": \"BPE\"", "\"type\": \"WordLevel\"", "model is a WordLevel")]
    [InlineData("\"normalizer\": null", "\"normalizer\": {\"type\": \"NFQ\"}", "normalizer is the normalizer 'NFQ'")]
    [InlineData("\"normalizer\": null", "\"normalizer\": {\"type\": \"Sequence\", \"normalizers\": [{}]}", "normalizer.normalizers[0]")]
    [InlineData("\"type\": \"ByteLevel\"", "\"type\": \"UnicodeScripts\"", "pre_tokenizer is the pre_tokenizer 'UnicodeScripts'")]
    [InlineData("\"add_prefix_space\": false", "\"add_prefix_space\": 0", "add_prefix_space should be true or false")]
    [InlineData("\"post_processor\": null", "\"post_processor\": {\"type\": \"TemplateProcessing\"}", "special_tokens")]
    [InlineData("\"post_processor\": null",
        "\"post_processor\": {\"type\": \"BertProcessing\", \"cls\": [\"\", 1], \"sep\": [\"\", 900]}", "900")]
    [InlineData("\"decoder\": {", "\"decoder\": {\"type\": \"CTC\"}, \"other\": {", "decoder is the decoder 'CTC'")]
    [InlineData("\"dropout\": null", "\"dropout\": 0.1", "dropout")]
    [InlineData("\"unk_token\": null", "\"unk_token\": \"<unk>\"", "<unk>")]
    [InlineData("\"B\": 34", "\"B\": 3400000", "3400000")]
    [InlineData("\"B\": 34", "\"B\": -1", "-1")]
    [InlineData("\"B\": 34", "\"B\": 1e99", "1e99")]
    [InlineData("\"vocab\":", "\"vocabulary\":", "vocab")]
    [InlineData("\"merges\": [", "\"merges\": [[\"a\"],", "merges[0] should be two tokens")]
    [InlineData("\"merges\": [", "\"merges\": [[\"a\", \"zz\"],", "zz")]
    [InlineData("\"merges\": [", "\"merges\": [[\"z\", \"z\"],", "zz")]
    [InlineData("\"merges\": [", "\"merges\": [7,", "merges[0]")]
    [InlineData("\"content\":", "\"contents\":", "content")]
    public void A_foreign_file_is_refused_with_the_difference(string original, string changed, string named)
    {
        BytePairTokenizer.Train(["aa aa ab ab"], 260, ["<|end|>"]).Save(FilePath);
        var text = File.ReadAllText(FilePath);
        var at = text.IndexOf(original, StringComparison.Ordinal);
        Assert.True(at >= 0, $"The saved file has no {original}.");
        File.WriteAllText(FilePath, text[..at] + changed + text[(at + original.Length)..]);
        Assert.Contains(named, Assert.Throws<InvalidDataException>(() => TokenizerJson.Load(FilePath)).Message);
    }

    [Theory]
    [InlineData("[]"), InlineData("null"), InlineData("{}")]
    [InlineData("{\"model\": 3}"), InlineData("{\"model\": {}}"), InlineData("\0\0")]
    public void Other_json_is_refused(string content)
    {
        File.WriteAllText(FilePath, content);
        Assert.Throws<InvalidDataException>(() => TokenizerJson.Load(FilePath));
    }
}
