using System.Collections.Immutable;
using System.Globalization;
using Unlearn.Tensors;
using Unlearn.Tokenization.Reading;

namespace Unlearn.Models.Encoders;

/// <summary>The sizes of an encoder of BERT's family.</summary>
/// <param name="Vocabulary">V, number of tokens.</param>
/// <param name="Width">C.</param>
/// <param name="Layers">L, number of blocks.</param>
/// <param name="Heads">H, number of attention heads; divides <paramref name="Width"/>.</param>
/// <param name="FeedForward">Inner width of the feed-forward layer.</param>
/// <param name="Positions">Rows of the table of positions.</param>
/// <param name="Types">Number of token types.</param>
/// <param name="NormEpsilon">ε of every layer norm.</param>
/// <param name="Labels">The classes of a classifier, in order; none where the model is none.</param>
public sealed record EncoderShape(
    long Vocabulary, long Width, long Layers, long Heads, long FeedForward, long Positions, long Types, double NormEpsilon,
    ImmutableArray<string> Labels)
{
    /// <summary>The row of the table of positions that the first token has.</summary>
    public long FirstPosition { get; init; }

    /// <summary>Reads DistilBERT's configuration.</summary>
    internal static EncoderShape OfDistilBert(JsonPart config)
    {
        config.Expect("activation", "gelu");
        config.Expect("sinusoidal_pos_embds", false);
        return new EncoderShape(
            config.Size("vocab_size"), config.Size("dim"), config.Size("n_layers"), config.Size("n_heads"), config.Size("hidden_dim"),
            config.Size("max_position_embeddings"), Types: 1, NormEpsilon: 1e-12, LabelsOf(config)).Validated();
    }

    /// <summary>Reads BERT's configuration.</summary>
    internal static EncoderShape OfBert(JsonPart config)
    {
        config.Expect("hidden_act", "gelu");
        config.Expect("position_embedding_type", "absolute");
        config.Expect("is_decoder", false);
        return new EncoderShape(
            config.Size("vocab_size"), config.Size("hidden_size"), config.Size("num_hidden_layers"), config.Size("num_attention_heads"),
            config.Size("intermediate_size"), config.Size("max_position_embeddings"), config.Size("type_vocab_size", 2),
            config.Positive("layer_norm_eps", 1e-12), LabelsOf(config)).Validated();
    }

    /// <summary>Reads RoBERTa's configuration, whose positions begin behind the one of the padding token.</summary>
    internal static EncoderShape OfRoberta(JsonPart config) =>
        OfBert(config) with { FirstPosition = (config.Find("pad_token_id")?.Number() ?? 1) + 1 };

    /// <summary>The classes that a configuration names: two without names where it names none.</summary>
    internal static ImmutableArray<string> LabelsOf(JsonPart config)
    {
        if (config.Find("id2label") is not { } names)
            return [.. Enumerable.Range(0, (int)config.Size("num_labels", 2)).Select(label => $"LABEL_{label}")];
        var byId = names.Entries().ToDictionary(entry => entry.Name, entry => entry.Value.Text(), StringComparer.Ordinal);
        return [.. Enumerable.Range(0, byId.Count).Select(id => byId.TryGetValue(id.ToString(CultureInfo.InvariantCulture), out var name)
            ? name : throw names.Not($"the classes 0 … {byId.Count - 1}"))];
    }

    private EncoderShape Validated()
    {
        Require.Positive(NormEpsilon, nameof(NormEpsilon));
        return Width % Heads == 0 ? this
            : throw new ArgumentException($"Width should be a multiple of Heads but is {Width} for {Heads} heads.");
    }
}
