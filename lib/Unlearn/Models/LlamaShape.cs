using System.Text.Json.Nodes;
using Unlearn.Tensors;
using Unlearn.Tokenization.Reading;

namespace Unlearn.Models;

/// <summary>The sizes of a Llama-shaped decoder.</summary>
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
public sealed record LlamaShape(
    long Vocabulary,
    long Width = 128,
    long Layers = 4,
    long Heads = 4,
    long KeyValueHeads = 2,
    long FeedForward = 352,
    long Context = 256,
    double RopeTheta = 10_000,
    double NormEpsilon = 1e-5,
    bool TiedEmbeddings = true) : ModelShape(Vocabulary, Width, Layers, Heads, FeedForward, Context)
{
    private readonly long? ownHeadWidth;

    /// <summary>The mini scale: under a million parameters, trained from scratch in a minute or two on two cores.</summary>
    /// <param name="vocabulary">The tokenizer's size.</param>
    public static LlamaShape Mini(long vocabulary) => new(vocabulary);

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

    /// <summary>Whether the three matrices of the feed-forward layer have a bias.</summary>
    public bool FeedForwardBias { get; init; }

    /// <inheritdoc/>
    public override string ModelType => "llama";

    /// <inheritdoc/>
    protected override string Architecture => "LlamaForCausalLM";

    internal Rope Rope => new(RopeTheta, HeadWidth, RopeScaling);

    /// <inheritdoc/>
    public override Llama Build() => new(this);

    /// <summary>Returns the shape when its numbers fit together.</summary>
    /// <exception cref="ArgumentException">They do not; the message says which.</exception>
    public LlamaShape Validated()
    {
        RequireFit(KeyValueHeads, ownHeadWidth);
        Require.Positive(NormEpsilon, nameof(NormEpsilon));
        Rope.Validated();
        return this;
    }

    internal static LlamaShape Read(JsonPart config)
    {
        config.Expect("hidden_act", "silu");
        var (width, heads) = (config.Size("hidden_size"), config.Size("num_attention_heads"));
        var (theta, scaling) = RopeScaling.Read(config, theta: 10_000);
        var shape = new LlamaShape(
            config.Size("vocab_size"), width, config.Size("num_hidden_layers"), heads, config.Size("num_key_value_heads", heads),
            config.Size("intermediate_size"), config.Size("max_position_embeddings"), theta, config.Positive("rms_norm_eps", 1e-6),
            config.Flag("tie_word_embeddings", missing: false))
        {
            RopeScaling = scaling,
            AttentionBias = config.Flag("attention_bias", missing: false),
            FeedForwardBias = config.Flag("mlp_bias", missing: false),
        };
        return (config.HeadWidth(width, heads) is { } own ? shape with { HeadWidth = own } : shape).Validated();
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
        config["mlp_bias"] = FeedForwardBias;
    }
}
