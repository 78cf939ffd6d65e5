using System.Text.Json;
using Unlearn.Models;
using Unlearn.Models.Encoders;
using Unlearn.Tests.Data;
using static TorchSharp.torch;

namespace Unlearn.Tests.Models;

[NoTensorLeaks]
public sealed class ModelShapeTests
{
    private const string Sizes = """
        "vocab_size": 50, "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 24,
        "max_position_embeddings": 32
        """;

    [Fact]
    public void An_unknown_architecture_is_refused_with_a_list_of_those_that_exist()
    {
        var message = Refusal($$"""{"model_type": "mamba", {{Sizes}}}""");

        Assert.Contains("\"mamba\"", message, StringComparison.Ordinal);
        Assert.Contains("gpt_neox, llama, opt, phi, qwen2, qwen3", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("llama", "\"hidden_act\": \"gelu\"", "hidden_act")]
    [InlineData("llama", "\"rope_scaling\": {\"rope_type\": \"yarn\", \"factor\": 2}", "yarn")]
    [InlineData("llama", "\"rope_scaling\": {\"type\": \"linear\", \"factor\": 0}", "rope_scaling.factor")]
    [InlineData("llama", "\"num_key_value_heads\": 0", "num_key_value_heads")]
    [InlineData("qwen2", "\"use_sliding_window\": true", "use_sliding_window")]
    [InlineData("phi", "\"qk_layernorm\": true", "qk_layernorm")]
    [InlineData("phi", "\"num_key_value_heads\": 1", "num_key_value_heads")]
    [InlineData("gpt_neox", "\"attention_bias\": false", "attention_bias")]
    [InlineData("gpt_neox", "\"hidden_act\": \"gelu_fast\"", "gelu_fast")]
    [InlineData("opt", "\"ffn_dim\": 24, \"activation_function\": \"gelu\"", "activation_function")]
    [InlineData("opt", "\"ffn_dim\": \"many\"", "ffn_dim")]
    public void What_would_be_computed_otherwise_is_refused_by_its_name(string type, string setting, string named) =>
        Assert.Contains(named, Refusal($$"""{"model_type": "{{type}}", {{Sizes}}, {{setting}}}"""), StringComparison.Ordinal);

    [Fact]
    public void Rotary_settings_are_read_in_their_newer_form_too()
    {
        var older = Read($$"""
            {"model_type": "llama", {{Sizes}}, "rope_theta": 5e5, "rope_scaling": {"rope_type": "llama3", "factor": 32.0,
             "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 8192} }
            """);
        var newer = Read($$"""
            {"model_type": "llama", {{Sizes}}, "rope_parameters": {"rope_type": "llama3", "rope_theta": 5e5, "factor": 32.0,
             "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 8192} }
            """);

        Assert.Equal(older, newer);
        Assert.Equal(new Llama3Rope(32, 1, 4, 8192), ((LlamaShape)newer).RopeScaling);
    }

    [Fact]
    public void A_head_width_that_follows_from_the_others_is_as_good_as_none()
    {
        Assert.Equal(Read($$"""{"model_type": "llama", {{Sizes}}}"""), Read($$"""{"model_type": "llama", {{Sizes}}, "head_dim": 8}"""));
        Assert.Equal(6, ((LlamaShape)Read($$"""{"model_type": "llama", {{Sizes}}, "head_dim": 6}""")).HeadWidth);
    }

    [Theory]
    [InlineData("opt", "decoder.embed_tokens.weight", "model.decoder.embed_tokens.weight")]
    [InlineData("opt", "model.decoder.layers.0.fc1.bias", "model.decoder.layers.0.fc1.bias")]
    [InlineData("opt", "lm_head.weight", null)]
    [InlineData("llama3", "lm_head.weight", null)]
    [InlineData("llama-linear", "lm_head.weight", "lm_head.weight")]
    [InlineData("llama3", "model.layers.0.self_attn.rotary_emb.inv_freq", null)]
    [InlineData("gpt-neox", "gpt_neox.layers.3.attention.bias", null)]
    [InlineData("gpt-neox", "gpt_neox.layers.3.attention.dense.bias", "gpt_neox.layers.3.attention.dense.bias")]
    public void Keys_of_older_files_and_copies_of_tied_heads_are_known(string name, string key, string? own)
    {
        using var model = Layer.Unfilled(META, float32, new TinyCheckpoint(name).Shape.Build);

        Assert.Equal(own, model.KeyOf(key));
    }

    [Fact]
    public void Fresh_weights_are_normal_and_norms_and_biases_the_identity()
    {
        random.manual_seed(1);
        foreach (var name in TinyCheckpoint.Decoders)
        {
            using var scope = NewDisposeScope();
            using var model = new TinyCheckpoint(name).Shape.Build();
            foreach (var (key, parameter) in model.named_parameters())
            {
                if (parameter.ndim == 2) Assert.InRange(parameter.std().item<float>(), 0.01, 0.03);
                else Assert.Equal(Enumerable.Repeat(key.EndsWith(".bias", StringComparison.Ordinal) ? 0f : 1f, (int)parameter.numel()),
                    parameter.data<float>().ToArray());
            }
        }
    }

    // Only the configuration is damaged: what it says must not be believed before the weights agree.
    [Fact]
    public void A_damaged_setting_of_any_architecture_is_refused_or_of_no_consequence()
    {
        var refused = 0;
        foreach (var name in (string[])[.. TinyCheckpoint.Decoders, "distilbert", "roberta", "deberta", "minilm"])
        {
            using var folder = new TemporaryFolder();
            foreach (var file in Directory.EnumerateFiles(new TinyCheckpoint(name).Folder))
                File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
            var path = Path.Combine(folder.Path, "config.json");
            var whole = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(File.ReadAllBytes(path))!;
            foreach (var key in whole.Keys)
            {
                foreach (var value in (string[])["-1", "0", "3", "0.3", "2147483647", "9223372036854775807", "1e400", "\"4\"", "[]", "true"])
                {
                    var damaged = new Dictionary<string, JsonElement>(whole) { [key] = JsonDocument.Parse(value).RootElement };
                    File.WriteAllText(path, JsonSerializer.Serialize(damaged));
                    try
                    {
                        Load(name, folder.Path, path).Dispose();
                    }
                    catch (InvalidDataException error)
                    {
                        Assert.InRange(error.Message.Length, 20, 2000);
                        refused++;
                    }
                }
            }
        }
        Assert.InRange(refused, 500, 5000);

        static IDisposable Load(string name, string folder, string path)
        {
            if (name == "minilm") return SentenceEncoder.Load(folder);
            if (!TinyCheckpoint.Decoders.Contains(name)) return TextClassifier.Load(folder);
            using var config = ConfigFile.Read(path);
            var shape = ConfigFile.Understood(path, () => ModelShape.Read(config.RootElement));
            return CheckpointWeights.Load(folder, shape.Build, layers: shape.Layers);
        }
    }

    private static ModelShape Read(string config) => ModelShape.Read(JsonDocument.Parse(config).RootElement);

    private static string Refusal(string config) => Assert.ThrowsAny<Exception>(() => Read(config)) is FormatException or ArgumentException
        ? Record.Exception(() => Read(config))!.Message : throw new InvalidOperationException("It was refused by accident.");
}
