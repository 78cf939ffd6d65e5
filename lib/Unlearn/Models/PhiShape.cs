using System.Text.Json.Nodes;
using Unlearn.Tensors;
using Unlearn.Tokenization.Reading;

namespace Unlearn.Models;

/// <summary>The sizes of Phi-1 and Phi-1.5.</summary>
/// <param name="Vocabulary">V, number of tokens.</param>
/// <param name="Width">C, width of the residual stream.</param>
/// <param name="Layers">L, number of blocks.</param>
/// <param name="Heads">H, number of attention heads; divides <paramref name="Width"/>.</param>
/// <param name="FeedForward">Inner width of the feed-forward layer.</param>
/// <param name="Context">Longest sequence, in tokens.</param>
/// <param name="RopeTheta">θ, base of the rotary frequencies.</param>
/// <param name="RotaryShare">The share of a head that rotary positions turn.</param>
/// <param name="NormEpsilon">ε of every layer norm.</param>
public sealed record PhiShape(
    long Vocabulary,
    long Width,
    long Layers,
    long Heads,
    long FeedForward,
    long Context,
    double RopeTheta = 10_000,
    double RotaryShare = 0.5,
    double NormEpsilon = 1e-5) : ModelShape(Vocabulary, Width, Layers, Heads, FeedForward, Context)
{
    /// <inheritdoc/>
    public override string ModelType => "phi";

    /// <inheritdoc/>
    protected override string Architecture => "PhiForCausalLM";

    internal Rope Rope => new(RopeTheta, (long)(RotaryShare * (Width / Heads)));

    /// <inheritdoc/>
    public override Phi Build() => new(this);

    /// <summary>Returns the shape when its numbers fit together.</summary>
    /// <exception cref="ArgumentException">They do not; the message says which.</exception>
    public PhiShape Validated()
    {
        RequireFit(Heads);
        Require.Positive(NormEpsilon, nameof(NormEpsilon));
        if (RotaryShare is not (> 0 and <= 1))
            throw new ArgumentException($"RotaryShare should be above 0 and at most 1 but is {RotaryShare}.");
        Rope.Validated();
        return this;
    }

    internal static PhiShape Read(JsonPart config)
    {
        config.Expect("hidden_act", "gelu_new");
        config.Expect("qk_layernorm", false);
        config.Expect("tie_word_embeddings", false);
        var heads = config.Size("num_attention_heads");
        if (config.Size("num_key_value_heads", heads) != heads) throw config["num_key_value_heads"].Not($"{heads}, one for each head,");
        var (theta, scaling) = RopeScaling.Read(config, theta: 10_000);
        if (scaling is not null) throw config["rope_scaling"].Not("null");
        return new PhiShape(
            config.Size("vocab_size"), config.Size("hidden_size"), config.Size("num_hidden_layers"), heads,
            config.Size("intermediate_size"), config.Size("max_position_embeddings"), theta,
            (config.Find("rope_parameters") ?? config).Positive("partial_rotary_factor", config.Positive("partial_rotary_factor", 0.5)),
            config.Positive("layer_norm_eps", 1e-5)).Validated();
    }

    /// <inheritdoc/>
    protected override void Write(JsonObject config)
    {
        config["hidden_act"] = "gelu_new";
        config["vocab_size"] = Vocabulary;
        config["hidden_size"] = Width;
        config["num_hidden_layers"] = Layers;
        config["num_attention_heads"] = Heads;
        config["intermediate_size"] = FeedForward;
        config["max_position_embeddings"] = Context;
        config["rope_theta"] = RopeTheta;
        config["partial_rotary_factor"] = RotaryShare;
        config["layer_norm_eps"] = NormEpsilon;
        config["tie_word_embeddings"] = false;
    }
}
