using System.Collections.Immutable;
using System.Text.Json;
using Unlearn.Data;
using Unlearn.Models;
using Unlearn.Tests.Data;
using Unlearn.Tests.Training;
using Unlearn.Tokenization;

namespace Unlearn.Tests.Models;

[NoTensorLeaks]
public sealed class ModelFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory, InlineData(false), InlineData(true)]
    public void A_saved_model_comes_back_bit_for_bit_with_its_tokenizer(bool tied)
    {
        using var like = Birthplaces.Untrained();
        using var model = new Llama(like.Shape with { TiedEmbeddings = tied, RopeTheta = 500, NormEpsilon = 1e-4 });
        ModelFolder.Save(folder.Path, model, Birthplaces.Encoder.Tokenizer);
        using var saved = ModelFolder.Load(folder.Path);

        Assert.Equal(model.Shape, saved.Model.Shape);
        Assert.Equal(Birthplaces.Bits(model), Birthplaces.Bits(saved.Model));
        Assert.Equal(Birthplaces.Encoder.Tokenizer.Encode("Where was Ada born?"), saved.Tokenizer.Encode("Where was Ada born?"));
    }

    [Fact]
    public void Saving_again_replaces_the_model()
    {
        using var first = Birthplaces.Untrained(1);
        using var second = Birthplaces.Untrained(2);
        foreach (var model in new[] { first, second }) ModelFolder.Save(folder.Path, model, Birthplaces.Encoder.Tokenizer);
        using var saved = ModelFolder.Load(folder.Path);

        Assert.Equal(Birthplaces.Bits(second), Birthplaces.Bits(saved.Model));
        Assert.Equal(["config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"],
            Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_model_saved_into_the_folder_that_it_came_from_keeps_what_others_wrote_there()
    {
        Save();
        var config = Path.Combine(folder.Path, "config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace("{", """{"note": "kept",""", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(folder.Path, "chat_template.jinja"), "{{ kept }}");
        using var model = Birthplaces.Untrained(2);
        ModelFolder.Save(folder.Path, model, Birthplaces.Encoder.Tokenizer, origin: folder.Path);
        using var saved = ModelFolder.Load(folder.Path);

        Assert.Equal(Birthplaces.Bits(model), Birthplaces.Bits(saved.Model));
        Assert.Contains("\"note\": \"kept\"", File.ReadAllText(config), StringComparison.Ordinal);
        Assert.Equal("{{ kept }}", File.ReadAllText(Path.Combine(folder.Path, "chat_template.jinja")));
    }

    public static TheoryData<long?, string> Interruptions
    {
        get
        {
            var data = new TheoryData<long?, string>();
            foreach (var shard in (long?[])[null, 20_000])
                foreach (var at in (string[])["model.embed_tokens.weight", "model.norm.weight", "tokenizer"]) data.Add(shard, at);
            return data;
        }
    }

    [Theory, MemberData(nameof(Interruptions))]
    public void A_save_that_is_interrupted_leaves_the_older_model_bit_for_bit(long? shard, string at)
    {
        using (var old = Birthplaces.Untrained(1)) ModelFolder.Save(folder.Path, old, Birthplaces.Encoder.Tokenizer, maxShardSize: 30_000);
        var before = Contents();
        using var model = Birthplaces.Untrained(2);
        SafeTensors.Source[] weights = [.. model.state_dict().Select(entry => new SafeTensors.Source(
            entry.Key, entry.Value.dtype, entry.Value.shape, null, () => entry.Key == at ? throw new TimeoutException() : entry.Value))];

        Assert.Throws<TimeoutException>(() => ModelFolder.Save(folder.Path, model.Shape, weights, new Interrupted(), shard));
        Assert.Equal(before, Contents());
        ModelFolder.Load(folder.Path).Dispose();
    }

    // A folder where a file should go: the renaming fails between its first and its last step.
    [Fact]
    public void Files_of_two_saves_are_no_model_and_what_was_written_stays_to_be_rescued()
    {
        Save();
        var settings = Path.Combine(folder.Path, "tokenizer_config.json");
        File.Delete(settings);
        Directory.CreateDirectory(settings);

        Assert.ThrowsAny<IOException>(Save);
        Assert.Contains("config.json", Assert.Throws<FileNotFoundException>(() => ModelFolder.Load(folder.Path)).Message,
            StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder.Path, ".partial", "config.json")));

        Directory.Delete(settings);
        Save();
        ModelFolder.Load(folder.Path).Dispose();
        Assert.False(Directory.Exists(Path.Combine(folder.Path, ".partial")));
    }

    [Fact]
    public void What_a_killed_program_left_is_taken_away_and_no_part_of_the_model()
    {
        var partial = Directory.CreateDirectory(Path.Combine(folder.Path, ".partial")).FullName;
        foreach (var name in (string[])["lock", "model.safetensors.77.tmp", "vocab.txt"]) File.WriteAllText(Path.Combine(partial, name), "x");
        Save();

        Assert.Equal(["config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"], Contents().Select(file => file.Name));
    }

    [Fact]
    public void A_tokenizer_of_words_counts_where_there_is_no_whole_one()
    {
        Save();
        File.Delete(Path.Combine(folder.Path, "tokenizer.json"));
        var config = Path.Combine(folder.Path, "config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace("tokenizer_sha256", "older_digest", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(folder.Path, "vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nada\n");
        using var saved = ModelFolder.Load(folder.Path);

        Assert.Equal([5], saved.Tokenizer.Encode("Ada"));
    }

    // transformers would put Llama's BOS before every text and stop at Llama's EOS.
    [Fact]
    public void A_new_model_says_how_its_texts_begin_and_end()
    {
        Save();
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder.Path, "config.json")));
        using var settings = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder.Path, "tokenizer_config.json")));

        Assert.Equal(JsonValueKind.Null, config.RootElement.GetProperty("bos_token_id").ValueKind);
        Assert.Equal(Birthplaces.Encoder.End, config.RootElement.GetProperty("eos_token_id").GetInt32());
        Assert.Equal("<|end|>", settings.RootElement.GetProperty("eos_token").GetString());
        Assert.Equal("PreTrainedTokenizerFast", settings.RootElement.GetProperty("tokenizer_class").GetString());
        Assert.Contains("'<|question|>' + message['content']", settings.RootElement.GetProperty("chat_template").GetString(),
            StringComparison.Ordinal);
    }

    [Theory, InlineData("config.json"), InlineData("model.safetensors"), InlineData("tokenizer.json")]
    public void A_folder_with_a_file_missing_is_refused_by_that_name(string name)
    {
        Save();
        File.Delete(Path.Combine(folder.Path, name));

        Assert.Contains(name, Assert.Throws<FileNotFoundException>(() => ModelFolder.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("config.json"), InlineData("model.safetensors"), InlineData("tokenizer.json")]
    public void A_truncated_file_is_refused(string name)
    {
        Save();
        var path = Path.Combine(folder.Path, name);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^40]);

        Assert.Contains(name, Assert.Throws<InvalidDataException>(() => ModelFolder.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_another_architecture_is_refused()
    {
        Save();
        var path = Path.Combine(folder.Path, "config.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"llama\"", "\"mamba\"", StringComparison.Ordinal));

        var message = Assert.Throws<InvalidDataException>(() => ModelFolder.Load(folder.Path)).Message;
        Assert.Contains("mamba", message, StringComparison.Ordinal);
        Assert.Contains("config.json", message, StringComparison.Ordinal);
    }

    private void Save()
    {
        using var model = Birthplaces.Untrained();
        ModelFolder.Save(folder.Path, model, Birthplaces.Encoder.Tokenizer);
    }

    private (string Name, string Digest)[] Contents() =>
        [.. Directory.EnumerateFileSystemEntries(folder.Path).Order(StringComparer.Ordinal)
            .Select(path => (Path.GetFileName(path), Directory.Exists(path) ? "a folder" : DataHash.OfFile(path)))];

    /// <summary>A tokenizer that cannot be written.</summary>
    private sealed class Interrupted : ITokenizer
    {
        public int VocabularySize => Birthplaces.Encoder.Tokenizer.VocabularySize;

        public ImmutableArray<string> SpecialTokens => Birthplaces.Encoder.Tokenizer.SpecialTokens;

        public int[] Encode(string text, bool parseSpecialTokens = false, bool addSpecialTokens = false) => throw new NotSupportedException();

        public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = false) => throw new NotSupportedException();

        public int IdOf(string special) => Birthplaces.Encoder.Tokenizer.IdOf(special);

        public bool IsSpecial(int id) => Birthplaces.Encoder.Tokenizer.IsSpecial(id);

        public void Save(string path) => throw new TimeoutException();
    }
}
