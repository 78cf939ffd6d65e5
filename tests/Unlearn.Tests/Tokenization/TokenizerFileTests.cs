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
        var loaded = BytePairTokenizer.Load(FilePath);
        Assert.Equal(tokenizer.Vocabulary.ToArray(), loaded.Vocabulary.ToArray());
        Assert.Equal(tokenizer.Merges.ToArray(), loaded.Merges.ToArray());
        Assert.Equal(tokenizer.SpecialTokens.ToArray(), loaded.SpecialTokens.ToArray());
        Assert.Equal(1, loaded.IdOf("<|pad|>"));
        Assert.All(Fixture.Encodings, e => Assert.Equal(e.Ids, loaded.Encode(e.Text)));
    }

    [Fact]
    public void Saving_twice_gives_the_same_bytes_and_leaves_no_other_file()
    {
        Fixture.Train().Save(FilePath);
        var first = File.ReadAllBytes(FilePath);
        BytePairTokenizer.Load(FilePath).Save(FilePath);
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
        Assert.Equal(Fixture.Train().Merges.ToArray(), BytePairTokenizer.Load(FilePath).Merges.ToArray());
    }

    [Fact]
    public void Every_truncation_is_refused_with_the_name_of_the_file()
    {
        BytePairTokenizer.Train(["aa aa ab ab"], 260, ["<|end|>"]).Save(FilePath);
        var whole = File.ReadAllText(FilePath).TrimEnd();
        for (var length = 0; length < whole.Length; length += 17)
        {
            File.WriteAllText(FilePath, whole[..length]);
            Assert.Contains("tokenizer.json", Assert.Throws<InvalidDataException>(() => BytePairTokenizer.Load(FilePath)).Message);
        }
    }

    [Theory]
    [InlineData("\"type\": \"BPE\"", "\"type\": \"WordPiece\"", "WordPiece")]
    [InlineData("\"normalizer\": null", "\"normalizer\": {\"type\": \"NFC\"}", "normalizer")]
    [InlineData("\"type\": \"ByteLevel\"", "\"type\": \"Metaspace\"", "pre_tokenizer")]
    [InlineData("\"add_prefix_space\": false", "\"add_prefix_space\": true", "add_prefix_space")]
    [InlineData("\"post_processor\": null", "\"post_processor\": {\"type\": \"TemplateProcessing\"}", "post_processor")]
    [InlineData("\"ignore_merges\": false", "\"ignore_merges\": true", "ignore_merges")]
    [InlineData("\"dropout\": null", "\"dropout\": 0.1", "dropout")]
    [InlineData("\"lstrip\": false", "\"lstrip\": true", "lstrip")]
    [InlineData("\"B\": 34", "\"B\": 3400", "34 is missing")]
    [InlineData("\"B\": 34", "\"B\": 35", "both")]
    [InlineData("\"B\": 34", "\"B\": -1", "-1")]
    [InlineData("\"B\": 34", "\"B\": 1e99", "1e99")]
    [InlineData("\"B\": 34", "\"BB\": 34", "byte 66")]
    [InlineData("\"B\": 34", "\"C\": 34", "two ids")]
    [InlineData("\"B\": 34", "\"日\": 34", "日")]
    [InlineData("\"vocab\":", "\"vocabulary\":", "vocab")]
    [InlineData("\"merges\": [", "\"merges\": [[\"a\"],", "1 parts")]
    [InlineData("\"merges\": [", "\"merges\": [[\"a\", \"zz\"],", "zz")]
    [InlineData("\"merges\": [", "\"merges\": [[\"z\", \"z\"],", "zz")]
    [InlineData("\"merges\": [", "\"merges\": [[\"Ġ\", \"a\"],", "repeats")]
    [InlineData("\"merges\": [", "\"merges\": [7,", "not a byte-level BPE")]
    [InlineData("\"content\":", "\"contents\":", "content")]
    public void A_foreign_file_is_refused_with_the_difference(string original, string changed, string named)
    {
        BytePairTokenizer.Train(["aa aa ab ab"], 260, ["<|end|>"]).Save(FilePath);
        var text = File.ReadAllText(FilePath);
        var at = text.IndexOf(original, StringComparison.Ordinal);
        Assert.True(at >= 0, $"The saved file has no {original}.");
        File.WriteAllText(FilePath, text[..at] + changed + text[(at + original.Length)..]);
        Assert.Contains(named, Assert.Throws<InvalidDataException>(() => BytePairTokenizer.Load(FilePath)).Message);
    }

    [Theory]
    [InlineData("[]"), InlineData("null"), InlineData("{}")]
    [InlineData("{\"model\": 3}"), InlineData("{\"model\": {}}"), InlineData("\0\0")]
    public void Other_json_is_refused(string content)
    {
        File.WriteAllText(FilePath, content);
        Assert.Throws<InvalidDataException>(() => BytePairTokenizer.Load(FilePath));
    }
}
