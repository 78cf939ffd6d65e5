using Unlearn.Data.Hub;
using Unlearn.Metrics.Meaning;
using Unlearn.Models.Encoders;
using static TorchSharp.torch;

namespace Unlearn.Evaluation.Meaning;

/// <summary>The classifier that A Closer Look judges entailment with: DeBERTa-v3, from a local checkpoint.</summary>
public sealed class NliJudge : IEntailmentJudge, IDisposable
{
    /// <summary>The checkpoint's name on the Hugging Face hub.</summary>
    public const string Checkpoint = "sileod/deberta-v3-base-tasksource-nli";

    private static readonly EntailmentLabel[] Known = [EntailmentLabel.Entailment, EntailmentLabel.Neutral, EntailmentLabel.Contradiction];

    private readonly TextClassifier classifier;
    private readonly EntailmentLabel[] labels;

    private NliJudge(TextClassifier classifier, EntailmentLabel[] labels) => (this.classifier, this.labels) = (classifier, labels);

    /// <inheritdoc/>
    public string Name => "DeBERTa-v3 NLI";

    /// <inheritdoc/>
    public bool IsSurrogate => false;

    /// <summary>Loads the classifier; it is the caller's.</summary>
    /// <param name="folder">A checkpoint as the hub has it; the one on this machine (<see cref="LocalModels"/>) where null.</param>
    /// <param name="device">Where it should compute; CPU when null.</param>
    /// <exception cref="DirectoryNotFoundException">It is not on this machine; the message says how to get it.</exception>
    /// <exception cref="InvalidDataException">It is another model, or damaged.</exception>
    public static NliJudge Load(string? folder = null, Device? device = null)
    {
        folder ??= LocalModels.Require([Checkpoint], "The judge of entailment");
        var classifier = TextClassifier.Load(folder, device);
        var labels = classifier.Labels.Select(label => Array.FindIndex(
            Known, known => known.ToString().Equals(label, StringComparison.OrdinalIgnoreCase))).ToArray();
        if (labels.Order().SequenceEqual([0, 1, 2])) return new(classifier, [.. labels.Select(label => Known[label])]);
        var classes = string.Join(", ", classifier.Labels);
        classifier.Dispose();
        throw new InvalidDataException(
            $"{folder}: expected a classifier with the classes entailment, neutral and contradiction, got {classes}; "
            + $"is this {Checkpoint}?");
    }

    /// <inheritdoc/>
    public IReadOnlyList<EntailmentLabel> Judge(IReadOnlyList<(string Premise, string Hypothesis)> pairs) =>
        [.. classifier.Probabilities(pairs).Select(chances => labels[Array.IndexOf(chances, chances.Max())])];

    /// <summary>Frees the model.</summary>
    public void Dispose() => classifier.Dispose();
}
