using Unlearn.Data;
using Unlearn.Data.Hub;
using Unlearn.Metrics.Quality;
using Unlearn.Models.Encoders;
using static TorchSharp.torch;

namespace Unlearn.Evaluation.Quality;

/// <summary>
/// The detector that AltPO's authors score cleanness with: a DistilBERT classifier of gibberish, from a local checkpoint.
/// </summary>
/// <remarks>
/// <para>
/// <c>madhurjindal/autonlp-Gibberish-Detector-492513457</c>: four classes, of which the first, "clean", counts; answers alone, cut at 256
/// tokens. The authors compute in bfloat16, probabilities too, which leaves some forty different scores and with them many ties.
/// </para>
/// <para>
/// Looked for in the folder that UNLEARN_GIBBERISH names and nowhere else; where it names none, in <c>gibberish-detector</c> below the
/// user's cache, then among the models of the hub that are on this machine (<see cref="LocalModels"/>). Where it is not,
/// <see cref="SurrogateCleannessDetector"/> stands in, and says so in every table.
/// </para>
/// </remarks>
public sealed class DistilBertDetector : ICleannessScorer, IDisposable
{
    /// <summary>The checkpoint's name on the Hugging Face hub.</summary>
    public const string Checkpoint = "madhurjindal/autonlp-Gibberish-Detector-492513457";

    private const string Variable = "UNLEARN_GIBBERISH", Configuration = "config.json", Clean = "clean";
    private const int LongestAnswer = 256;

    private readonly TextClassifier classifier;
    private readonly ScalarType type;

    private DistilBertDetector(TextClassifier classifier, ScalarType type) => (this.classifier, this.type) = (classifier, type);

    /// <summary>Where the checkpoint is; where there is none, a folder for it.</summary>
    public static string Folder
    {
        get
        {
            if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } told) return told;
            var own = CacheFolder.Of("gibberish-detector");
            return Holds(own) ? own : LocalModels.Find(Checkpoint) ?? own;
        }
    }

    /// <summary>Whether there is a checkpoint.</summary>
    public static bool IsThere => Holds(Folder);

    /// <inheritdoc/>
    public string Name => "DistilBERT gibberish detector";

    /// <inheritdoc/>
    public bool IsSurrogate => false;

    /// <summary>Loads the detector; it is the caller's.</summary>
    /// <param name="folder">A checkpoint as the hub has it; <see cref="Folder"/> where null.</param>
    /// <param name="device">Where it should compute; CPU when null.</param>
    /// <param name="type">Its element type; float32 when null, bfloat16 in the paper.</param>
    /// <exception cref="DirectoryNotFoundException">There is no checkpoint; the message says where to put it.</exception>
    /// <exception cref="FileNotFoundException">The checkpoint lacks its weights or its tokenizer.</exception>
    /// <exception cref="InvalidDataException">It is another model, or damaged.</exception>
    public static DistilBertDetector Load(string? folder = null, Device? device = null, ScalarType? type = null)
    {
        folder ??= Folder;
        if (!Holds(folder))
        {
            throw new DirectoryNotFoundException(
                $"Expected the gibberish detector in {folder} but found no {Configuration}. Get it with: unlearn get model {Checkpoint}. "
                + $"Or put its files there, or into a folder that {Variable} names; or use the surrogate detector, "
                + "whose numbers compare with no paper's.");
        }
        var precision = type ?? float32;
        var classifier = TextClassifier.Load(folder, device, precision);
        if (classifier.Labels[0] == Clean) return new(classifier, precision);
        var labels = string.Join(", ", classifier.Labels);
        classifier.Dispose();
        throw new InvalidDataException(
            $"{folder}: expected a classifier whose first class is \"{Clean}\", got {labels}; is this {Checkpoint}?");
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> Score(IReadOnlyList<string> texts)
    {
        double[] scores = [.. classifier.Probabilities(texts, LongestAnswer).Select(chances => chances[0])];
        if (type != ScalarType.BFloat16) return scores;
        // The classifier has its probabilities in full; the authors' ties come from the rounding of theirs.
        using var scope = NewDisposeScope();
        return tensor(scores).to(type).to(float64).data<double>().ToArray();
    }

    /// <summary>Frees the model.</summary>
    public void Dispose() => classifier.Dispose();

    private static bool Holds(string folder) => File.Exists(Path.Combine(folder, Configuration));
}
