using System.Text.Json;
using System.Text.Json.Nodes;
using Unlearn.Tensors;
using Unlearn.Tokenization.Reading;
using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>The sizes of a decoder, as <c>config.json</c> has them; each architecture has a record of its own.</summary>
/// <param name="Vocabulary">V, number of tokens.</param>
/// <param name="Width">C, width of the residual stream.</param>
/// <param name="Layers">L, number of blocks.</param>
/// <param name="Heads">H, number of query heads.</param>
/// <param name="FeedForward">Inner width of the feed-forward layer.</param>
/// <param name="Context">Longest sequence, in tokens.</param>
public abstract record ModelShape(long Vocabulary, long Width, long Layers, long Heads, long FeedForward, long Context)
{
    private static readonly SortedDictionary<string, Func<JsonPart, ModelShape>> Readers = new(StringComparer.Ordinal)
    {
        ["gpt_neox"] = GptNeoXShape.Read,
        ["llama"] = LlamaShape.Read,
        ["opt"] = OptShape.Read,
        ["phi"] = PhiShape.Read,
        ["qwen2"] = Qwen2Shape.Read,
        ["qwen3"] = Qwen3Shape.Read,
    };

    /// <summary>The architectures that the library has, by their names in <c>config.json</c>.</summary>
    internal static IReadOnlyCollection<string> Types => Readers.Keys;

    /// <summary>The architecture's name in <c>config.json</c>, <c>model_type</c>.</summary>
    public abstract string ModelType { get; }

    /// <summary>Number of trained numbers; a tied head counts once.</summary>
    public long Parameters
    {
        get
        {
            using var scope = NewDisposeScope();
            using var structure = Layer.Unfilled(META, float32, Build);
            return structure.parameters().Sum(parameter => parameter.numel());
        }
    }

    /// <summary>The class of Hugging Face's library that opens such a checkpoint.</summary>
    protected abstract string Architecture { get; }

    /// <summary>A model of this shape with fresh weights, drawn from LibTorch's default generator; it is the caller's.</summary>
    /// <exception cref="ArgumentException">The sizes do not fit together.</exception>
    public abstract LanguageModel Build();

    /// <summary>Reads a configuration.</summary>
    /// <param name="config">The contents of a <c>config.json</c>.</param>
    /// <exception cref="FormatException">
    /// It is of an architecture that the library does not have, or names something that would be computed otherwise.
    /// </exception>
    /// <exception cref="ArgumentException">The sizes do not fit together.</exception>
    public static ModelShape Read(JsonElement config)
    {
        var part = new JsonPart(config, "");
        var type = part["model_type"];
        return Readers.TryGetValue(type.Text(), out var read) ? read(part)
            : throw type.Not($"a model that the library has: {string.Join(", ", Readers.Keys)};");
    }

    /// <summary>The configuration that <see cref="Read"/> reads back equal, and Hugging Face's library opens.</summary>
    public JsonObject ToConfig()
    {
        var config = new JsonObject { ["architectures"] = new JsonArray(Architecture), ["model_type"] = ModelType };
        Write(config);
        return config;
    }

    /// <summary>Adds everything that the architecture reads.</summary>
    protected abstract void Write(JsonObject config);

    /// <summary>Checks what all architectures ask of their sizes.</summary>
    /// <param name="keyValueHeads">K.</param>
    /// <param name="headWidth">D where it is set; C / H when null.</param>
    protected void RequireFit(long keyValueHeads, long? headWidth = null)
    {
        foreach (var (size, name) in new[]
        {
            (Vocabulary, nameof(Vocabulary)), (Width, nameof(Width)), (Layers, nameof(Layers)), (Heads, nameof(Heads)),
            (keyValueHeads, "KeyValueHeads"), (FeedForward, nameof(FeedForward)), (Context, nameof(Context)),
        })
        {
            Require.Positive(size, name);
        }
        if (headWidth is { } own) Require.Positive(own, "HeadWidth");
        else if (Width % Heads != 0)
            throw new ArgumentException($"Width should be a multiple of Heads but is {Width} for {Heads} heads.");
        if (Heads % keyValueHeads != 0)
            throw new ArgumentException($"Heads should be a multiple of KeyValueHeads but they are {Heads} and {keyValueHeads}.");
    }
}
