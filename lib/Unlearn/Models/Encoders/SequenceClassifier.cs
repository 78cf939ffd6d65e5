using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Unlearn.Models.Encoders;

/// <summary>An encoder that says of which class a text, or a pair of texts, is.</summary>
/// <remarks>
/// State-dict keys are those of Hugging Face's checkpoints. Dropout is not applied: these models judge and are not trained.
/// </remarks>
public abstract class SequenceClassifier : nn.Module<EncoderBatch, Tensor>, ICheckpointed
{
    /// <param name="name">The architecture's name.</param>
    protected SequenceClassifier(string name) : base(name)
    {
    }

    /// <summary>The classes, in the order of their scores.</summary>
    public abstract ImmutableArray<string> Labels { get; }

    /// <summary>Longest sequence, in tokens.</summary>
    public abstract int Context { get; }

    /// <summary>Scores before the softmax, [B, N].</summary>
    public abstract override Tensor forward(EncoderBatch input);

    /// <inheritdoc/>
    public virtual string? KeyOf(string key) => CheckpointKeys.IsLeftover(key) ? null : key;
}
