using System.Text.Json;
using Unlearn.Data;
using Unlearn.Metrics.Quality;

namespace Unlearn.Evaluation.Quality;

/// <summary>
/// The detector that AltPO's authors score cleanness with: a DistilBERT classifier of gibberish, from a local checkpoint.
/// </summary>
/// <remarks>
/// <para>
/// <c>madhurjindal/autonlp-Gibberish-Detector-492513457</c>: four classes, of which "clean" counts; answers alone, cut at 256 tokens,
/// scored in bfloat16.
/// </para>
/// <para>
/// Looked for in the folder that UNLEARN_GIBBERISH names, then in <c>gibberish-detector</c> below the user's cache. The library has no
/// DistilBERT yet, so a checkpoint that is there is checked and refused by name; until then <see cref="SurrogateCleannessDetector"/> stands
/// in, and says so in every table.
/// </para>
/// </remarks>
public static class DistilBertDetector
{
    /// <summary>The checkpoint's name on the Hugging Face hub.</summary>
    public const string Checkpoint = "madhurjindal/autonlp-Gibberish-Detector-492513457";

    private const string Variable = "UNLEARN_GIBBERISH", Configuration = "config.json", Architecture = "distilbert";

    /// <summary>Where a checkpoint is looked for.</summary>
    public static string Folder =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } told ? told : CacheFolder.Of("gibberish-detector");

    /// <summary>Whether there is a checkpoint.</summary>
    public static bool IsThere => File.Exists(Path.Combine(Folder, Configuration));

    /// <summary>Loads the detector.</summary>
    /// <param name="folder">A checkpoint as the hub has it; <see cref="Folder"/> where null.</param>
    /// <exception cref="DirectoryNotFoundException">There is no checkpoint; the message says where to put it.</exception>
    /// <exception cref="InvalidDataException">It is another model.</exception>
    /// <exception cref="NotSupportedException">It is the right model, whose architecture the library does not have yet.</exception>
    public static ICleannessScorer Load(string? folder = null)
    {
        folder ??= Folder;
        var path = Path.Combine(folder, Configuration);
        if (!File.Exists(path))
        {
            throw new DirectoryNotFoundException(
                $"Expected the gibberish detector in {folder} but found no {Configuration}. Download {Checkpoint} from the "
                + $"Hugging Face hub into it, or into the folder that {Variable} names; or use the surrogate detector, "
                + "whose numbers compare with no paper's.");
        }
        if (ModelType(path) is var type && type != Architecture)
        {
            throw new InvalidDataException(
                $"{path}: expected a checkpoint of type \"{Architecture}\", got \"{type}\"; is this {Checkpoint}?");
        }
        throw new NotSupportedException(
            $"{folder} has the gibberish detector, but this version of the library has no DistilBERT; use the surrogate detector, or a log "
            + "in which the authors' code has left its scores.");
    }

    private static string? ModelType(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { MaxDepth = 16 });
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("model_type", out var type) ? type.ToString() : null;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: expected a model's configuration, got no JSON: {error.Message}", error);
        }
    }
}
