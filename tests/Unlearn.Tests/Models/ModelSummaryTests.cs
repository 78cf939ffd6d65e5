using System.Text.Json;
using System.Text.Json.Nodes;
using Unlearn.Models;
using Unlearn.Models.Adapters;
using Unlearn.Tests.Data;
using Unlearn.Tests.Models.Adapters;
using Unlearn.Tests.Training;
using static TorchSharp.torch;

namespace Unlearn.Tests.Models;

[NoTensorLeaks]
public sealed class ModelSummaryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_language_model_is_known_with_its_sizes_in_their_own_types()
    {
        using var model = Birthplaces.Untrained();
        ModelFolder.Save(folder.Path, model, Birthplaces.Encoder.Tokenizer, bfloat16);
        var summary = ModelSummary.Of(folder.Path);

        Assert.Equal((ModelUse.LanguageModel, null, "LlamaForCausalLM"), (summary.Use, summary.Unsupported, summary.Architecture));
        Assert.Equal((model.Shape.Parameters, bfloat16, 340), (summary.Parameters, Assert.Single(summary.Types), summary.Tokens));
        var sizes = summary.Sizes.ToDictionary();
        Assert.Equal((32, JsonValueKind.True, "llama"), (sizes["hidden_size"].GetInt32(), sizes["tie_word_embeddings"].ValueKind,
            sizes["model_type"].GetString()));
    }

    [Theory]
    [InlineData("minilm", ModelUse.SentenceEncoder, 0)]
    [InlineData("roberta", ModelUse.Classifier, 3)]
    [InlineData("distilbert", ModelUse.Classifier, 4)]
    [InlineData("deberta", ModelUse.Classifier, 3)]
    public void A_judge_is_known_with_its_classes_and_its_file_of_words_is_a_tokenizer(string name, ModelUse use, int classes)
    {
        var summary = ModelSummary.Of(Words(name));

        Assert.Equal((use, null, classes), (summary.Use, summary.Unsupported, summary.Labels.Length));
        Assert.Equal(6, summary.Tokens);
    }

    [Theory]
    [InlineData("roberta", "model_type", "\"mamba\"", "deberta-v2, distilbert, gpt_neox")]
    [InlineData("roberta", "model_type", "\"bert\"", "missing: embeddings.word_embeddings.weight")]
    [InlineData("roberta", "id2label", """{"0": "a", "1": "b"}""", "of another shape: classifier.out_proj.weight [3, 16], not [2, 16]")]
    [InlineData("llama3", "hidden_act", "\"relu\"", "hidden_act")]
    [InlineData("llama3", "num_hidden_layers", "1", "unexpected: model.layers.1")]
    [InlineData("llama3", "num_hidden_layers", "0", "num_hidden_layers should be")]
    [InlineData("minilm", "num_hidden_layers", "1000", "tensors for 1000 layers")]
    public void A_folder_that_cannot_be_loaded_says_why(string name, string key, string value, string part)
    {
        var place = Words(name);
        var path = Path.Combine(place, "config.json");
        var config = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        config[key] = JsonNode.Parse(value);
        File.WriteAllText(path, config.ToJsonString());
        var summary = ModelSummary.Of(place);

        Assert.Equal(ModelUse.Unknown, summary.Use);
        Assert.Contains(part, summary.Unsupported, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", summary.Unsupported, StringComparison.Ordinal);
    }

    [Theory, InlineData("vocab.txt", "neither tokenizer.json nor vocab.txt"), InlineData("config.json", "no config.json")]
    public void A_folder_without_a_part_says_so(string file, string part)
    {
        File.Delete(Path.Combine(Words("roberta"), file));
        var summary = ModelSummary.Of(folder.Path);

        Assert.Equal(ModelUse.Unknown, summary.Use);
        Assert.Contains(part, summary.Unsupported, StringComparison.Ordinal);
    }

    [Fact]
    public void Adapters_are_known_with_their_sizes_places_and_model()
    {
        using var model = Birthplaces.Untrained();
        var options = new LoraOptions(3, 7.5, 0.05, RankStabilized: true) { Targets = ["q_proj", "up_proj"] };
        using (var adapted = AdapterFolderTests.Drawn(model, options)) AdapterFolder.Save(folder.Path, adapted, "org/name");
        var summary = ModelSummary.Of(folder.Path);

        Assert.Equal((ModelUse.Adapters, "org/name", null), (summary.Use, summary.BaseModel, summary.Unsupported));
        Assert.Equal(options, summary.Adapters! with { Targets = options.Targets });
        Assert.Equal(["q_proj", "up_proj"], summary.Adapters!.Targets.AsEnumerable());
        Assert.Equal(2 * 3 * (32 + 32 + 32 + 48), summary.Parameters);

        var path = Path.Combine(folder.Path, AdapterFolder.ConfigName);
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"LORA\"", "\"IA3\"", StringComparison.Ordinal));
        Assert.Equal(ModelUse.Unknown, ModelSummary.Of(folder.Path).Use);
        Assert.Contains("IA3", ModelSummary.Of(folder.Path).Unsupported, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_alone_is_shown_without_a_use()
    {
        var summary = ModelSummary.Of(Path.Combine(new TinyCheckpoint("llama3").Folder, "model.safetensors"));

        Assert.Equal((ModelUse.Unknown, 1, null), (summary.Use, summary.Files, summary.Tokens));
        Assert.Contains("a file alone", summary.Unsupported, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("# Notes\nof no use\n", "begins as text, \"# Notes …\"")]
    [InlineData("version https://git-lfs.github.com/spec/v1\n", "git lfs pull")]
    [InlineData("PK\u0003\u0004\0\0\0\0\0\0\0\0", "zip archive")]
    [InlineData("\u0001\u0001\u0001\0\0\0\0\0{}", "2 to 100000000 bytes, which the file holds, but has 65793")]
    public void A_file_of_another_kind_is_called_by_what_it_looks_like(string content, string part)
    {
        var path = Path.Combine(folder.Path, "model.safetensors");
        File.WriteAllText(path, content);

        var message = Assert.Throws<InvalidDataException>(() => ModelSummary.Of(path)).Message;
        Assert.Contains("model.safetensors is no safetensors file, or a damaged one", message, StringComparison.Ordinal);
        Assert.Contains(part, message, StringComparison.Ordinal);
    }

    // Combined with a file's name, an empty path would mean the folder in which the program runs.
    [Theory, InlineData(""), InlineData("  ")]
    public void An_empty_path_is_no_model(string path)
    {
        Assert.Contains("is empty", Assert.Throws<FileNotFoundException>(() => ModelSummary.Of(path)).Message, StringComparison.Ordinal);
        Assert.Contains("is empty", Assert.Throws<FileNotFoundException>(() => ModelFolder.Load(path)).Message, StringComparison.Ordinal);
        Assert.Contains("is empty", Assert.Throws<FileNotFoundException>(() => ModelWeights.Open(path)).Message, StringComparison.Ordinal);
    }

    /// <summary>A tiny checkpoint with six words.</summary>
    private string Words(string name)
    {
        foreach (var file in (string[])["config.json", "model.safetensors"])
            File.Copy(Path.Combine(new TinyCheckpoint(name).Folder, file), Path.Combine(folder.Path, file));
        File.WriteAllText(Path.Combine(folder.Path, "vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nada\n");
        return folder.Path;
    }
}
