using System.Collections.Immutable;
using System.Text.Json;
using Unlearn.Tensors;
using Unlearn.Tokenization.Reading;

namespace Unlearn.Models.Encoders;

/// <summary>The sizes of DeBERTa-v3, and of DeBERTa-v2 models without its convolution.</summary>
/// <param name="Vocabulary">V, number of tokens.</param>
/// <param name="Width">C.</param>
/// <param name="Layers">L, number of blocks.</param>
/// <param name="Heads">H, number of attention heads; divides <paramref name="Width"/>.</param>
/// <param name="FeedForward">Inner width of the feed-forward layer.</param>
/// <param name="Context">Longest sequence, in tokens.</param>
/// <param name="Furthest">N, the distance up to which buckets reach; those beyond fall into the last one.</param>
/// <param name="Buckets">k, groups of distances to each side, at least 2.</param>
/// <param name="NormEpsilon">ε of every layer norm.</param>
/// <param name="Labels">The classes, in order.</param>
public sealed record DebertaShape(
    long Vocabulary, long Width, long Layers, long Heads, long FeedForward, long Context, long Furthest, long Buckets, double NormEpsilon,
    ImmutableArray<string> Labels)
{
    internal static DebertaShape Read(JsonPart config)
    {
        config.Expect("hidden_act", "gelu");
        config.Expect("pooler_hidden_act", "gelu");
        config.Expect("norm_rel_ebd", "layer_norm");
        foreach (var needed in new[] { "relative_attention", "share_att_key" })
        {
            if (!config.Flag(needed, missing: false)) throw (config.Find(needed) ?? config).Not($"\"{needed}\": true");
        }
        if (config.Flag("position_biased_input", missing: true)) throw config.Not("\"position_biased_input\": false");
        if (config.Find("type_vocab_size")?.Number() is > 0) throw config["type_vocab_size"].Not("0");
        if (config.Find("conv_kernel_size")?.Number() is > 0) throw config["conv_kernel_size"].Not("0");
        var terms = config["pos_att_type"];
        string[] given = terms.Value.ValueKind == JsonValueKind.String ? terms.Text().Split('|')
            : [.. terms.Items().Select(term => term.Text())];
        if (!given.Order(StringComparer.Ordinal).SequenceEqual(["c2p", "p2c"])) throw terms.Not("c2p and p2c");

        var context = config.Size("max_position_embeddings");
        var furthest = config.Find("max_relative_positions") is { } set && set.Real() >= 1 ? config.Size("max_relative_positions") : context;
        var shape = new DebertaShape(
            config.Size("vocab_size"), config.Size("hidden_size"), config.Size("num_hidden_layers"), config.Size("num_attention_heads"),
            config.Size("intermediate_size"), context, furthest, config.Size("position_buckets"), config.Positive("layer_norm_eps", 1e-7), EncoderShape.LabelsOf(config));
        Require.Positive(shape.NormEpsilon, nameof(NormEpsilon));
        if (shape.Buckets < 2) throw config["position_buckets"].Not("at least 2");
        return shape.Width % shape.Heads == 0 ? shape
            : throw new ArgumentException($"Width should be a multiple of Heads but is {shape.Width} for {shape.Heads} heads.");
    }
}
