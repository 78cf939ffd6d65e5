using Unlearn.Data.Hub;
using Unlearn.Metrics.Meaning;
using Unlearn.Models.Encoders;
using static TorchSharp.torch;

namespace Unlearn.Evaluation.Meaning;

/// <summary>The sentence transformer that A Closer Look compares answers with: MiniLM, from a local checkpoint.</summary>
public sealed class MiniLmEmbedder : ISentenceEmbedder, IDisposable
{
    /// <summary>The checkpoint's name on the Hugging Face hub.</summary>
    public const string Checkpoint = "sentence-transformers/paraphrase-MiniLM-L6-v2";

    private readonly SentenceEncoder encoder;

    private MiniLmEmbedder(SentenceEncoder encoder) => this.encoder = encoder;

    /// <inheritdoc/>
    public string Name => "paraphrase-MiniLM-L6-v2";

    /// <inheritdoc/>
    public bool IsSurrogate => false;

    /// <summary>Loads the model; it is the caller's.</summary>
    /// <param name="folder">A checkpoint as the hub has it; the one on this machine (<see cref="LocalModels"/>) where null.</param>
    /// <param name="device">Where it should compute; CPU when null.</param>
    /// <exception cref="DirectoryNotFoundException">It is not on this machine; the message says how to get it.</exception>
    /// <exception cref="InvalidDataException">It is another model, or damaged.</exception>
    public static MiniLmEmbedder Load(string? folder = null, Device? device = null) =>
        new(SentenceEncoder.Load(folder ?? LocalModels.Require([Checkpoint], "The sentence transformer"), device));

    /// <inheritdoc/>
    public IReadOnlyList<double[]> Embed(IReadOnlyList<string> texts) =>
        [.. encoder.Embed(texts).Select(point => point.Select(number => (double)number).ToArray())];

    /// <summary>Frees the model.</summary>
    public void Dispose() => encoder.Dispose();
}
