using System.Text.Json;
using Unlearn.Models;
using Unlearn.Tests.Data;
using Unlearn.Tests.Training;

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
}
