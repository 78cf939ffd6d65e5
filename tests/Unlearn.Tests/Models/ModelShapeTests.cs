using System.Text.Json;
using Unlearn.Models;

namespace Unlearn.Tests.Models;

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

    private static ModelShape Read(string config) => ModelShape.Read(JsonDocument.Parse(config).RootElement);

    private static string Refusal(string config) => Assert.ThrowsAny<Exception>(() => Read(config)) is FormatException or ArgumentException
        ? Record.Exception(() => Read(config))!.Message : throw new InvalidOperationException("It was refused by accident.");
}
