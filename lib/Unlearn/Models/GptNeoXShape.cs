using System.Text.Json.Nodes;
using Unlearn.Tensors;
using Unlearn.Tokenization.Reading;

namespace Unlearn.Models;

/// <summary>The sizes of GPT-NeoX, which Pythia has.</summary>
/// <param name="Vocabulary">V, number of tokens.</param>
/// <param name="Width">C, width of the residual stream.</param>
/// <param name="Layers">L, number of blocks.</param>
/// <param name="Heads">H, number of attention heads; divides <paramref name="Width"/>.</param>
/// <param name="FeedForward">Inner width of the feed-forward layer.</param>
/// <param name="Context">Longest sequence, in tokens.</param>
/// <param name="RopeTheta">θ, base of the rotary frequencies.</param>
/// <param name="RotaryShare">The share of a head that rotary positions turn.</param>
/// <param name="NormEpsilon">ε of every layer norm.</param>
/// <param name="ParallelResidual">Whether attention and feed-forward layer read the same input.</param>
public sealed record GptNeoXShape(
    long Vocabulary,
    long Width,
    long Layers,
    long Heads,
    long FeedForward,
    long Context,
    double RopeTheta = 10_000,
    double RotaryShare = 0.25,
    double NormEpsilon = 1e-5,
    bool ParallelResidual = true) : ModelShape(Vocabulary, Width, Layers, Heads, FeedForward, Context)
{
    /// <inheritdoc/>
    public override string ModelType => "gpt_neox";

    /// <inheritdoc/>
    protected override string Architecture => "GPTNeoXForCausalLM";

    internal Rope Rope => new(RopeTheta, (long)(RotaryShare * (Width / Heads)));

    /// <inheritdoc/>
    public override GptNeoX Build() => new(this);

    /// <summary>Returns the shape when its numbers fit together.</summary>
    /// <exception cref="ArgumentException">They do not; the message says which.</exception>
    public GptNeoXShape Validated()
    {
        RequireFit(Heads);
        Require.Positive(NormEpsilon, nameof(NormEpsilon));
        if (RotaryShare is not (> 0 and <= 1))
            throw new ArgumentException($"RotaryShare should be above 0 and at most 1 but is {RotaryShare}.");
        Rope.Validated();
        return this;
    }

    internal static GptNeoXShape Read(JsonPart config)
    {
        config.Expect("hidden_act", "gelu");
        config.Expect("attention_bias", true);
        config.Expect("tie_word_embeddings", false);
        var (theta, scaling) = RopeScaling.Read(config, config.Positive("rotary_emb_base", 10_000));
        if (scaling is not null) throw config["rope_scaling"].Not("null");
        return new GptNeoXShape(
            config.Size("vocab_size"), config.Size("hidden_size"), config.Size("num_hidden_layers"), config.Size("num_attention_heads"),
            config.Size("intermediate_size"), config.Size("max_position_embeddings"), theta,
            (config.Find("rope_parameters") ?? config).Positive("partial_rotary_factor", config.Positive("rotary_pct", 0.25)),
            config.Positive("layer_norm_eps", 1e-5), config.Flag("use_parallel_residual", missing: true)).Validated();
    }

    /// <inheritdoc/>
    protected override void Write(JsonObject config)
    {
        config["hidden_act"] = "gelu";
        config["vocab_size"] = Vocabulary;
        config["hidden_size"] = Width;
        config["num_hidden_layers"] = Layers;
        config["num_attention_heads"] = Heads;
        config["intermediate_size"] = FeedForward;
        config["max_position_embeddings"] = Context;
        config["rotary_emb_base"] = RopeTheta;
        config["rotary_pct"] = RotaryShare;
        config["layer_norm_eps"] = NormEpsilon;
        config["use_parallel_residual"] = ParallelResidual;
        config["attention_bias"] = true;
        config["tie_word_embeddings"] = false;
    }
}
