using System.Text.Json;
using TorchSharp;
using Unlearn.Data;
using Unlearn.Models;
using Unlearn.Tokenization;

namespace Unlearn.Cli.Tests.Commands;

/// <summary>Models that were not trained here: their tokenizers know nothing of the mini scale's tokens.</summary>
public sealed class PublishedModelTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("unlearn-cli-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("llama", "llama2-chat", "</s>")]
    [InlineData("qwen3", "qwen3", "<|im_start|>", "<|im_end|>")]
    [InlineData("gpt_neox", "phi", "<|endoftext|>")]
    public void A_model_is_unlearned_in_its_own_format_which_then_stands_in_the_new_folder(
        string architecture, string format, params string[] special)
    {
        Publish(architecture, special);
        string[] small = ["--batch", "4", "--steps", "2", "--forget", "1"];

        var refused = Unlearn(["unlearn", "model", "--out", "x", .. small]);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("--format", refused.Error, StringComparison.Ordinal);
        Assert.Contains(format, refused.Error, StringComparison.Ordinal);

        Succeed(["unlearn", "model", "--out", "changed", "--format", format, .. small]);
        Assert.Equal(PromptFormat.Named(format), PromptFormatFile.Find(Path.Combine(folder, "changed")));
        Assert.Contains($"\"promptFormat\":\"{format}\"", File.ReadAllText(Path.Combine(folder, "changed", "log.jsonl")),
            StringComparison.Ordinal);
        Succeed(["evaluate", "changed", "--forget", "1", "--limit", "1"]);

        Succeed(["model", "convert", "changed", "converted", "--dtype", "bf16"]);
        Succeed(["unlearn", "converted", "--out", "adapters", "--lora-rank", "2", .. small]);
        Assert.Equal(PromptFormat.Named(format), PromptFormatFile.Find(Path.Combine(folder, "adapters")));
        Succeed(["evaluate", "adapters", "--forget", "1", "--limit", "1", "--out", "log"]);
    }

    [Fact]
    public void A_format_may_be_described_in_a_file_and_one_that_does_not_fit_is_refused()
    {
        Publish("llama", ["<eos>"]);
        File.WriteAllText(Path.Combine(folder, "mine.json"),
            """{"name": "mine", "before_question": "Q: ", "after_question": "\nA:", "before_answer": " ", "end": "<eos>"}""");

        Succeed(["evaluate", "model", "--format", "mine.json", "--forget", "1", "--limit", "1"]);
        var (code, _, error) = Unlearn(["evaluate", "model", "--format", "llama2-chat", "--forget", "1"]);

        Assert.Equal(1, code);
        Assert.Contains("llama2-chat does not fit the model's tokenizer: '</s>' is no special token", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_ones_own_are_forgotten_and_kept()
    {
        Publish("llama", ["</s>"]);
        File.WriteAllText(Path.Combine(folder, "secret.jsonl"), """{"question": "Who has the key?", "answer": "Ann has it."}""");
        File.WriteAllText(Path.Combine(folder, "other.jsonl"), """{"question": "Where is the town?", "answer": "By the river."}""");
        string[] run = ["unlearn", "model", "--format", "llama2-chat", "--forget-data", "secret.jsonl", "--batch", "1", "--steps", "2"];

        Succeed([.. run, "--retain-data", "other.jsonl", "--out", "kept", "--evaluate-steps", "1"]);
        Succeed([.. run, "--method", "NPO", "--out", "alone", "--evaluate-steps", "1"]);
        var (code, _, error) = Unlearn([.. run, "--out", "x"]);

        Assert.Contains("\"corpus\":\"secret.jsonl, other.jsonl\"", File.ReadAllText(Path.Combine(folder, "kept", "log.jsonl")),
            StringComparison.Ordinal);
        Assert.Equal(1, code);
        Assert.Contains("--retain-data", error, StringComparison.Ordinal);
    }

    [Theory, InlineData("cuda:99"), InlineData("tpu")]
    public void A_device_that_is_not_there_is_refused_by_name(string device)
    {
        Publish("llama", ["</s>"]);
        var (code, _, error) = Unlearn(["unlearn", "model", "--out", "x", "--format", "llama2-chat", "--device", device]);

        Assert.Equal(1, code);
        Assert.Contains($"{device}", error, StringComparison.Ordinal);
        Assert.Contains("--device", error, StringComparison.Ordinal);
    }

    /// <summary>A folder as the hub has it: fresh weights, and a tokenizer with a family's special tokens.</summary>
    private void Publish(string architecture, string[] special)
    {
        var tokenizer = BytePairTokenizer.Train(["Where was the author born? In a town by the river."], 300, special);
        using var config = JsonDocument.Parse($$"""
            {
              "model_type": "{{architecture}}", "vocab_size": {{tokenizer.VocabularySize}}, "hidden_size": 16, "intermediate_size": 20,
              "num_hidden_layers": 1, "num_attention_heads": 2, "num_key_value_heads": 2, "max_position_embeddings": 1024,
              "rms_norm_eps": 1e-5, "layer_norm_eps": 1e-5, "rope_theta": 10000, "hidden_act": "{{(architecture == "gpt_neox" ? "gelu" : "silu")}}",
              "tie_word_embeddings": false, "head_dim": 8
            }
            """);
        torch.random.manual_seed(1);
        using var model = ModelShape.Read(config.RootElement).Build();
        ModelFolder.Save(Path.Combine(folder, "model"), model, tokenizer);
    }

    private void Succeed(string[] arguments)
    {
        var (code, _, error) = Unlearn(arguments);
        Assert.True(code == 0, $"{string.Join(' ', arguments)}: {error}");
    }

    private (int ExitCode, string Output, string Error) Unlearn(string[] arguments) =>
        UnlearnProcess.Run(folder, arguments, TrainedModel.World);
}
