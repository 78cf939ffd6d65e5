using System.Text.Json;
using Unlearn.Data;
using Unlearn.Tokenization;
using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>A model on disk: <c>model.safetensors</c>, <c>tokenizer.json</c> and <c>config.json</c>, as Hugging Face lays it out.</summary>
/// <remarks>
/// The architecture is the one that the configuration's <c>model_type</c> names. The configuration is written last and names the digests
/// of the other two, so files of two saves are never taken for one model. Folders made elsewhere have no digests and are read without
/// that check.
/// </remarks>
public static class ModelFolder
{
    private const string TokenizerName = "tokenizer.json", ConfigName = "config.json";
    private const string WeightsDigest = "weights_sha256", TokenizerDigest = "tokenizer_sha256";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>Writes a model; what the folder holds of an older one is replaced.</summary>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="model">The model.</param>
    /// <param name="tokenizer">The tokenizer it was trained with.</param>
    /// <param name="type">Element type of the file's numbers; the model's when null.</param>
    /// <param name="maxShardSize">Bytes of a file of weights; one file when null.</param>
    public static void Save(
        string folder, LanguageModel model, ITokenizer tokenizer, ScalarType? type = null, long? maxShardSize = null)
    {
        string File(string name) => Path.Combine(folder, name);
        Directory.CreateDirectory(folder);
        System.IO.File.Delete(File(ConfigName));            // until the new one is there, the folder holds no model
        ModelWeights.Save(folder, model.state_dict(), type, maxShardSize);
        tokenizer.Save(File(TokenizerName));
        var config = model.Shape.ToConfig();
        config[WeightsDigest] = ModelWeights.DigestOf(folder);
        config[TokenizerDigest] = DataHash.OfFile(File(TokenizerName));
        WholeFile.Write(File(ConfigName), config.ToJsonString(Json) + "\n");
    }

    /// <summary>Reads a model; it is the caller's.</summary>
    /// <param name="folder">What <see cref="Save"/> wrote, or a checkpoint of Hugging Face.</param>
    /// <param name="device">Where the model should be; CPU when null.</param>
    /// <param name="type">Its element type; float32 when null, or float64 where the files have that.</param>
    /// <exception cref="FileNotFoundException">The folder has no whole model.</exception>
    /// <exception cref="InvalidDataException">
    /// A file is damaged, belongs to another save, or is of a model that the library does not have.
    /// </exception>
    public static SavedModel Load(string folder, Device? device = null, ScalarType? type = null)
    {
        string File(string name) => System.IO.File.Exists(Path.Combine(folder, name)) ? Path.Combine(folder, name)
            : throw new FileNotFoundException($"{folder} should hold a model but has no {name}.", Path.Combine(folder, name));

        using var config = ConfigFile.Read(File(ConfigName));
        var (shape, weightsDigest, tokenizerDigest) = ConfigFile.Understood(File(ConfigName), () =>
            (ModelShape.Read(config.RootElement), Digest(config, WeightsDigest), Digest(config, TokenizerDigest)));
        Check(File(TokenizerName), tokenizerDigest);
        var tokenizer = TokenizerJson.Load(File(TokenizerName));
        return new(CheckpointWeights.Load(folder, shape.Build, device, type, weightsDigest, shape.Layers), tokenizer);
    }

    private static string? Digest(JsonDocument config, string name) =>
        config.RootElement.TryGetProperty(name, out var digest) ? digest.ToString() : null;

    private static void Check(string path, string? digest)
    {
        if (digest is null || DataHash.OfFile(path) == digest) return;
        throw new InvalidDataException(
            $"{path} should have the digest that {ConfigName} names but has another: it is damaged or of another save.");
    }
}

/// <summary>A model as it was read, with its tokenizer.</summary>
/// <param name="Model">The model, freed with this.</param>
/// <param name="Tokenizer">Its tokenizer.</param>
public sealed record SavedModel(LanguageModel Model, ITokenizer Tokenizer) : IDisposable
{
    /// <summary>Frees the model.</summary>
    public void Dispose() => Model.Dispose();
}
