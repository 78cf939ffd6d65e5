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
        Assert.Contains("use           a language model", text, StringComparison.Ordinal);
        Assert.Contains("tie_word_embeddings true", text, StringComparison.Ordinal);

        var json = Info("model");
        Assert.Equal(shape.Parameters, json.GetProperty("parameters").GetInt64());
        Assert.Equal("language_model", json.GetProperty("use").GetString());
        Assert.Equal(32, json.GetProperty("sizes").GetProperty("hidden_size").GetInt32());
        Assert.True(json.GetProperty("sizes").GetProperty("tie_word_embeddings").GetBoolean());
    }

    // Weights, gradients and averages in float32; in bfloat16 what each way of taking updates keeps beside them.
    [Fact]
    public void The_memory_is_what_a_run_in_that_type_takes()
    {
        var parameters = Save().Parameters;
        var memory = Info("model").GetProperty("memory");
        var half = memory.GetProperty("bfloat16");

        Assert.Equal(4 * parameters, memory.GetProperty("float32").GetProperty("inference").GetInt64());
        Assert.Equal(16 * parameters, memory.GetProperty("float32").GetProperty("unlearning").GetInt64());
        Assert.Equal(2 * parameters, half.GetProperty("inference").GetInt64());
        Assert.Equal(20 * parameters, half.GetProperty("unlearning").GetInt64());
        foreach (var (way, bytes) in new[] { ("masters", 20), ("compensated", 14), ("stochastic", 12) })
            Assert.Equal(bytes * parameters, half.GetProperty("half_updates").GetProperty(way).GetInt64());
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

        var (_, text, _) = UnlearnProcess.Run(folder, ["model", "info", "adapters"]);
        Assert.Contains("rank 2, alpha 16, dropout 0.1, scale 8, beside q_proj, v_proj", text, StringComparison.Ordinal);
        Assert.Contains($"base model    {Path.Combine(folder, "model")}\n", text, StringComparison.Ordinal);
        var shown = Info("adapters").GetProperty("adapters");
        Assert.Equal((2, 16.0), (shown.GetProperty("rank").GetInt32(), shown.GetProperty("alpha").GetDouble()));

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
    [InlineData("is empty", "model", "info", "")]
    [InlineData("notes.txt is no safetensors file, or a damaged one of 18 bytes: it begins as text, \"Some not…\".",
        "model", "info", "notes.txt")]
    [InlineData("LearningRate should be a positive finite number.\n", "unlearn", "model", "--out", "x", "--lr", "-1")]
    [InlineData("5GB or 500MiB", "model", "convert", "model", "x", "--max-shard-size", "five")]
    [InlineData("holds something", "model", "convert", "model", "model")]
    [InlineData("no adapter_config.json", "model", "convert", "model", "x", "--merge", "model")]
    [InlineData("--lora-alpha should come with --lora-rank", "unlearn", "model", "--out", "x", "--lora-alpha", "3")]
    [InlineData("down_proj, gate_proj", "unlearn", "model", "--out", "x", "--lora-rank", "3", "--lora-targets", "c_attn")]
    public void Wrong_requests_say_what_was_expected(string expected, params string[] arguments)
    {
        Save();
        File.WriteAllText(Path.Combine(folder, "notes.txt"), "Some notes, no it.");
        var (code, _, error) = UnlearnProcess.Run(folder, arguments);

        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", error, StringComparison.Ordinal);
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

    private JsonElement Info(string name) =>
        JsonDocument.Parse(UnlearnProcess.Run(folder, ["model", "info", name, "--json"]).Output).RootElement;

    private void Good(string[] arguments)
    {
        var (code, _, error) = UnlearnProcess.Run(folder, arguments);
        Assert.True(code == 0, error);
    }

    private static float[] Bits(SavedModel saved) =>
        [.. saved.Model.parameters().SelectMany(parameter => parameter.data<float>().ToArray())];
}
