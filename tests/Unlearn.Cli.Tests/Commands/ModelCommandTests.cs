using System.Text.Json;
using Unlearn.Data;
using Unlearn.Models;
using static TorchSharp.torch;

namespace Unlearn.Cli.Tests.Commands;

/// <summary><c>unlearn model</c>, and adapters on the command line.</summary>
public sealed class ModelCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("unlearn-cli-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_model_is_shown_as_text_and_as_json()
    {
        var shape = Save();
        var (code, text, error) = UnlearnProcess.Run(folder, ["model", "info", "model", "--tensors"]);

        Assert.True(code == 0, error);
        Assert.Contains("LlamaForCausalLM", text, StringComparison.Ordinal);
        Assert.Contains("model.norm.weight float32 [32]", text, StringComparison.Ordinal);
        Assert.Contains($"{shape.Vocabulary} tokens", text, StringComparison.Ordinal);

        var json = JsonDocument.Parse(UnlearnProcess.Run(folder, ["model", "info", "model", "--json"]).Output).RootElement;
        Assert.Equal(shape.Parameters, json.GetProperty("parameters").GetInt64());
        Assert.Equal(16 * shape.Parameters, json.GetProperty("memory").GetProperty("float32").GetProperty("unlearning").GetInt64());
        Assert.Equal(2 * shape.Parameters, json.GetProperty("memory").GetProperty("bfloat16").GetProperty("inference").GetInt64());
    }

    [Fact]
    public void Adapters_are_trained_shown_evaluated_and_merged()
    {
        Save();
        string[] forget = ["unlearn", "model", "--method", "NPO+KL", "--batch", "2", "--steps", "3", "--lr", "1e-2", "--lora-rank", "2"];
        Good([.. forget, "--out", "adapters", "--lora-targets", "q_proj", "v_proj", "--lora-dropout", "0.1"]);
        Assert.True(File.Exists(Path.Combine(folder, "adapters", "adapter_config.json")));
        Assert.False(File.Exists(Path.Combine(folder, "adapters", "config.json")));
        Good([.. forget, "--out", "merged", "--lora-targets", "q_proj", "v_proj", "--lora-dropout", "0.1", "--merge"]);
        Good(["model", "convert", "model", "converted", "--merge", "adapters", "--dtype", "f32", "--max-shard-size", "20KB"]);
        Good(["model", "convert", "model", "half", "--dtype", "bf16"]);

        Good(["unlearn", "adapters", "--method", "GA", "--batch", "2", "--steps", "2", "--out", "again"]);
        var (code, _, error) = UnlearnProcess.Run(folder, ["unlearn", "adapters", "--lora-rank", "2", "--out", "x"]);
        Assert.Equal((1, true), (code, error.Contains("--merge", StringComparison.Ordinal)));

        using var adapters = ModelFolder.Load(Path.Combine(folder, "adapters"));
        using var merged = ModelFolder.Load(Path.Combine(folder, "merged"));
        using var converted = ModelFolder.Load(Path.Combine(folder, "converted"));
        Assert.Equal(Bits(adapters), Bits(merged));
        Assert.Equal(Bits(adapters), Bits(converted));
        using var half = ModelWeights.Open(Path.Combine(folder, "half"));
        Assert.Equal(bfloat16, half.Type);
    }

    [Theory]
    [InlineData("should be a model folder", "model", "info", "absent")]
    [InlineData("5GB or 500MiB", "model", "convert", "model", "x", "--max-shard-size", "five")]
    [InlineData("holds something", "model", "convert", "model", "model")]
    [InlineData("no adapter_config.json", "model", "convert", "model", "x", "--merge", "model")]
    [InlineData("--lora-alpha should come with --lora-rank", "unlearn", "model", "--out", "x", "--lora-alpha", "3")]
    [InlineData("down_proj, gate_proj", "unlearn", "model", "--out", "x", "--lora-rank", "3", "--lora-targets", "c_attn")]
    public void Wrong_requests_say_what_was_expected(string expected, params string[] arguments)
    {
        Save();
        var (code, _, error) = UnlearnProcess.Run(folder, arguments);

        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "x", "config.json")));
    }

    private LlamaShape Save()
    {
        var encoder = RowEncoder.Train(DataSets.Named("world"), vocabularySize: 400);
        random.manual_seed(1);
        using var model = new Llama(
            new(encoder.Tokenizer.VocabularySize, Width: 32, Layers: 2, Heads: 2, KeyValueHeads: 1, FeedForward: 48));
        ModelFolder.Save(Path.Combine(folder, "model"), model, encoder.Tokenizer);
        return model.Shape;
    }

    private void Good(string[] arguments)
    {
        var (code, _, error) = UnlearnProcess.Run(folder, arguments);
        Assert.True(code == 0, error);
    }

    private static float[] Bits(SavedModel saved) =>
        [.. saved.Model.parameters().SelectMany(parameter => parameter.data<float>().ToArray())];
}
