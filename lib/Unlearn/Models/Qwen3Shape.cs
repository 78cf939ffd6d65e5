using System.Text.Json.Nodes;
using Unlearn.Tensors;
using Unlearn.Tokenization.Reading;

namespace Unlearn.Models;

/// <summary>The sizes of Qwen3.</summary>
/// <param name="Vocabulary">V, number of tokens.</param>
/// <param name="Width">C, width of the residual stream.</param>
/// <param name="Layers">L, number of blocks.</param>
/// <param name="Heads">H, number of query heads; divides <paramref name="Width"/> into heads of even width.</param>
/// <param name="KeyValueHeads">K, number of key-value heads, each shared by H / K query heads.</param>
/// <param name="FeedForward">Inner width of the gated feed-forward layer.</param>
/// <param name="Context">Longest sequence, in tokens.</param>
/// <param name="RopeTheta">θ, base of the rotary frequencies.</param>
/// <param name="NormEpsilon">ε of every RMSNorm.</param>
/// <param name="TiedEmbeddings">Whether the head shares the embedding's matrix.</param>
public sealed record Qwen3Shape(
    long Vocabulary,
    long Width,
    long Layers,
    long Heads,
    long KeyValueHeads,
    long FeedForward,
    long Context,
    double RopeTheta = 1_000_000,
    double NormEpsilon = 1e-6,
    bool TiedEmbeddings = false) : ModelShape(Vocabulary, Width, Layers, Heads, FeedForward, Context)
{
    private readonly long? ownHeadWidth;

    /// <summary>D; C / H unless set.</summary>
    public long HeadWidth
    {
        get => ownHeadWidth ?? Width / Heads;
        init => ownHeadWidth = value;
    }

    /// <summary>How rotary frequencies are changed; null for not at all.</summary>
    public RopeScaling? RopeScaling { get; init; }

    /// <summary>Whether the four matrices of attention have a bias.</summary>
    public bool AttentionBias { get; init; }

    /// <inheritdoc/>
    public override string ModelType => "qwen3";

    /// <inheritdoc/>
    protected override string Architecture => "Qwen3ForCausalLM";

    internal Rope Rope => new(RopeTheta, HeadWidth, RopeScaling);

    /// <inheritdoc/>
    public override Qwen3 Build() => new(this);

    /// <summary>Returns the shape when its numbers fit together.</summary>
    /// <exception cref="ArgumentException">They do not; the message says which.</exception>
    public Qwen3Shape Validated()
    {
        RequireFit(KeyValueHeads, ownHeadWidth);
        Require.Positive(NormEpsilon, nameof(NormEpsilon));
        Rope.Validated();
        return this;
    }

    internal static Qwen3Shape Read(JsonPart config)
    {
        config.Expect("hidden_act", "silu");
        config.Expect("use_sliding_window", false);
        var (width, heads) = (config.Size("hidden_size"), config.Size("num_attention_heads"));
        var (theta, scaling) = RopeScaling.Read(config, theta: 10_000);
        var shape = new Qwen3Shape(
            config.Size("vocab_size"), width, config.Size("num_hidden_layers"), heads, config.Size("num_key_value_heads", heads),
            config.Size("intermediate_size"), config.Size("max_position_embeddings"), theta, config.Positive("rms_norm_eps", 1e-6),
            config.Flag("tie_word_embeddings", missing: false))
        {
            RopeScaling = scaling,
            AttentionBias = config.Flag("attention_bias", missing: false),
        };
        return (config.HeadWidth(width, heads, missing: 128) is { } own ? shape with { HeadWidth = own } : shape).Validated();
    }

    /// <inheritdoc/>
    protected override void Write(JsonObject config)
    {
        config["hidden_act"] = "silu";
        config["vocab_size"] = Vocabulary;
        config["hidden_size"] = Width;
        config["num_hidden_layers"] = Layers;
        config["num_attention_heads"] = Heads;
        config["num_key_value_heads"] = KeyValueHeads;
        config["head_dim"] = HeadWidth;
        config["intermediate_size"] = FeedForward;
        config["max_position_embeddings"] = Context;
        config["rope_theta"] = RopeTheta;
        config["rope_scaling"] = RopeScaling?.Write();
        config["rms_norm_eps"] = NormEpsilon;
        config["tie_word_embeddings"] = TiedEmbeddings;
        config["attention_bias"] = AttentionBias;
    }
}
