using Unlearn.Tensors;

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
    bool TiedEmbeddings = true)
{
    /// <summary>The mini scale: under a million parameters, trained from scratch in a minute or two on two cores.</summary>
    /// <param name="vocabulary">The tokenizer's size.</param>
    public static LlamaShape Mini(long vocabulary) => new(vocabulary);

    /// <summary>D = C / H.</summary>
    public long HeadWidth => Width / Heads;

    /// <summary>Number of trained numbers; a tied head counts once.</summary>
    public long Parameters =>
        Vocabulary * Width * (TiedEmbeddings ? 1 : 2) + Width
        + Layers * (2 * Width * Width + 2 * Width * KeyValueHeads * HeadWidth + 3 * Width * FeedForward + 2 * Width);

    /// <summary>Returns the shape when its numbers fit together.</summary>
    /// <exception cref="ArgumentException">They do not; the message says which.</exception>
    public LlamaShape Validated()
    {
        foreach (var (size, name) in new[]
        {
            (Vocabulary, nameof(Vocabulary)), (Width, nameof(Width)), (Layers, nameof(Layers)), (Heads, nameof(Heads)),
            (KeyValueHeads, nameof(KeyValueHeads)), (FeedForward, nameof(FeedForward)), (Context, nameof(Context)),
        })
        {
            Require.Positive(size, name);
        }
        Require.Positive(RopeTheta, nameof(RopeTheta));
        Require.Positive(NormEpsilon, nameof(NormEpsilon));
        if (Width % Heads != 0 || HeadWidth % 2 != 0)
            throw new ArgumentException($"Width should be a multiple of Heads with an even quotient but is {Width} for {Heads} heads.");
        if (Heads % KeyValueHeads != 0)
            throw new ArgumentException($"Heads should be a multiple of KeyValueHeads but they are {Heads} and {KeyValueHeads}.");
        return this;
    }
}
