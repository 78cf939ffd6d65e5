using System.Text.Json.Nodes;
using Unlearn.Tensors;
using Unlearn.Tokenization.Reading;

namespace Unlearn.Models;

/// <summary>The sizes of OPT.</summary>
/// <param name="Vocabulary">V, number of tokens.</param>
/// <param name="Width">C, width of the residual stream.</param>
/// <param name="Layers">L, number of blocks.</param>
/// <param name="Heads">H, number of attention heads; divides <paramref name="Width"/>.</param>
/// <param name="FeedForward">Inner width of the feed-forward layer.</param>
/// <param name="Context">Longest sequence, in tokens.</param>
/// <param name="EmbeddingWidth">Width of the embeddings, which a matrix leads to and from the residual stream where it is another.</param>
/// <param name="NormsFirst">Whether layer norms stand before the halves of a block; behind them in OPT-350m.</param>
/// <param name="TiedEmbeddings">Whether the head shares the embedding's matrix.</param>
public sealed record OptShape(
    long Vocabulary,
    long Width,
    long Layers,
    long Heads,
    long FeedForward,
    long Context,
    long EmbeddingWidth,
    bool NormsFirst = true,
    bool TiedEmbeddings = true) : ModelShape(Vocabulary, Width, Layers, Heads, FeedForward, Context)
{
    /// <inheritdoc/>
    public override string ModelType => "opt";

    /// <inheritdoc/>
    protected override string Architecture => "OPTForCausalLM";

    /// <inheritdoc/>
    public override Opt Build() => new(this);

    /// <summary>Returns the shape when its numbers fit together.</summary>
    /// <exception cref="ArgumentException">They do not; the message says which.</exception>
    public OptShape Validated()
    {
        RequireFit(Heads);
        Require.Positive(EmbeddingWidth, nameof(EmbeddingWidth));
        return this;
    }

    internal static OptShape Read(JsonPart config)
    {
        config.Expect("activation_function", "relu");
        config.Expect("_remove_final_layer_norm", false);
        config.Expect("enable_bias", true);
        config.Expect("layer_norm_elementwise_affine", true);
        var width = config.Size("hidden_size");
        return new OptShape(
            config.Size("vocab_size"), width, config.Size("num_hidden_layers"), config.Size("num_attention_heads"), config.Size("ffn_dim"),
            config.Size("max_position_embeddings"), config.Size("word_embed_proj_dim", width),
            config.Flag("do_layer_norm_before", missing: true), config.Flag("tie_word_embeddings", missing: true)).Validated();
    }

    /// <inheritdoc/>
    protected override void Write(JsonObject config)
    {
        config["activation_function"] = "relu";
        config["vocab_size"] = Vocabulary;
        config["hidden_size"] = Width;
        config["num_hidden_layers"] = Layers;
        config["num_attention_heads"] = Heads;
        config["ffn_dim"] = FeedForward;
        config["max_position_embeddings"] = Context;
        config["word_embed_proj_dim"] = EmbeddingWidth;
        config["do_layer_norm_before"] = NormsFirst;
        config["tie_word_embeddings"] = TiedEmbeddings;
    }
}
