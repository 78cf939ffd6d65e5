using System.Text.Json;
using System.Text.Json.Nodes;
using Unlearn.Data;
using Unlearn.Models.Adapters;
using Unlearn.Tokenization;
using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>A model on disk: <c>model.safetensors</c>, <c>tokenizer.json</c> and <c>config.json</c>, as Hugging Face lays it out.</summary>
/// <remarks>
/// The architecture is the one that the configuration's <c>model_type</c> names. The configuration is put into its place last and names
/// the digests of the other two, so files of two saves are never taken for one model. Folders made elsewhere have no digests and are read
/// without that check; their tokenizer may have any form that <see cref="TokenizerFolder"/> reads.
/// </remarks>
public static class ModelFolder
{
    internal const string ConfigName = "config.json";
    private const string TokenizerName = "tokenizer.json";
    private const string WeightsDigest = "weights_sha256", TokenizerDigest = "tokenizer_sha256";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>Writes a model; what the folder holds of an older one is replaced when the new one is whole.</summary>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="model">The model.</param>
    /// <param name="tokenizer">The tokenizer it was trained with.</param>
    /// <param name="type">Element type of the file's numbers; the model's when null.</param>
    /// <param name="maxShardSize">Bytes of a file of weights; one file when null.</param>
    /// <param name="origin">
    /// The folder that the model was read from: what it says besides and its tokenizer's files are carried over. Null for none.
    /// </param>
    public static void Save(
        string folder, LanguageModel model, ITokenizer tokenizer, ScalarType? type = null, long? maxShardSize = null,
        string? origin = null) =>
        Save(folder, model.Shape, [.. model.state_dict().Select(entry => new SafeTensors.Source(entry.Key, entry.Value, type))], tokenizer,
            maxShardSize, origin);

    /// <summary>Writes a model with its adapters merged into it; the one in memory stays as it is.</summary>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="model">The model and its adapters.</param>
    /// <param name="tokenizer">The tokenizer it was trained with.</param>
    /// <param name="type">Element type of the file's numbers; the model's when null.</param>
    /// <param name="maxShardSize">Bytes of a file of weights; one file when null.</param>
    /// <param name="origin">The folder that the model was read from. Null for none.</param>
    public static void Save(
        string folder, AdaptedModel model, ITokenizer tokenizer, ScalarType? type = null, long? maxShardSize = null,
        string? origin = null) => Save(folder, model.Model.Shape, model.MergedState(type), tokenizer, maxShardSize, origin);

    internal static void Save(
        string folder, ModelShape shape, IReadOnlyList<SafeTensors.Source> weights, ITokenizer tokenizer, long? maxShardSize = null,
        string? origin = null)
    {
        var config = origin is null ? [] : CarriedFiles.Config(origin);
        using var staged = new StagedFolder(folder);
        ModelWeights.Write(staged.Path, weights, maxShardSize);
        if (origin is null || !CarriedFiles.Copy(origin, staged.Path).Contains(TokenizerName))
            tokenizer.Save(Path.Combine(staged.Path, TokenizerName));
        foreach (var (name, value) in shape.ToConfig()) config[name] = value?.DeepClone();
        if (origin is null)
        {
            TokenizerSettings.Write(staged.Path, tokenizer, shape.Context);
            TokenizerSettings.AddEnds(config, tokenizer);
        }
        Seal(staged.Path, config, weights);
        staged.Publish(ConfigName, () => ModelWeights.Remove(folder));
    }

    /// <summary>Writes the configuration, which makes the folder a model.</summary>
    internal static void Seal(string folder, JsonObject config, IReadOnlyList<SafeTensors.Source> weights)
    {
        string File(string name) => Path.Combine(folder, name);
        var type = weights.Where(source => is_floating_point(source.Type)).OrderByDescending(source => source.Bytes)
            .Select(source => source.Type.ToString().ToLowerInvariant()).FirstOrDefault();
        config["torch_dtype"] = type;
        if (config.ContainsKey("dtype")) config["dtype"] = type;        // as later versions of transformers call it
        config[WeightsDigest] = ModelWeights.DigestOf(folder);
        if (System.IO.File.Exists(File(TokenizerName))) config[TokenizerDigest] = DataHash.OfFile(File(TokenizerName));
        else config.Remove(TokenizerDigest);
        WholeFile.Write(File(ConfigName), config.ToJsonString(Json) + "\n");
    }

    /// <summary>Reads a model; it is the caller's.</summary>
    /// <param name="folder">
    /// What was saved here, a checkpoint of Hugging Face, or adapters beside the model that they name, which are then merged into it.
    /// </param>
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

        if (AdapterFolder.IsOne(Named(folder))) return LoadAdapted(folder, device, type);
        using var config = ConfigFile.Read(File(ConfigName));
        var (shape, weightsDigest, tokenizerDigest) = ConfigFile.Understood(File(ConfigName), () =>
            (ModelShape.Read(config.RootElement), Digest(config, WeightsDigest), Digest(config, TokenizerDigest)));
        if (tokenizerDigest is not null) Check(File(TokenizerName), tokenizerDigest);
        var tokenizer = TokenizerFolder.Load(folder);
        var format = PromptFormatFile.Find(folder);
        return new(CheckpointWeights.Load(folder, shape.Build, device, type, weightsDigest, shape.Layers), tokenizer) { Format = format };
    }

    /// <summary>Returns a path that names something; the empty one would mean whatever folder the program happens to run in.</summary>
    internal static string Named(string path) => !string.IsNullOrWhiteSpace(path) ? path
        : throw new FileNotFoundException("The path of a model should name a folder or a safetensors file but is empty.");

    private static SavedModel LoadAdapted(string folder, Device? device, ScalarType? type)
    {
        var origin = AdapterFolder.BaseOf(folder);
        if (AdapterFolder.IsOne(origin))
            throw new InvalidDataException($"{folder} should hold adapters of a model but names {origin}, which holds adapters too.");
        var saved = Load(origin, device, type);
        try
        {
            AdapterFolder.Load(folder, saved.Model).MergeAndDispose();
            return saved with { Format = PromptFormatFile.Find(folder) ?? saved.Format };
        }
        catch
        {
            saved.Dispose();
            throw;
        }
    }

    private static string? Digest(JsonDocument config, string name) =>
        config.RootElement.TryGetProperty(name, out var digest) ? digest.ToString() : null;

    private static void Check(string path, string digest)
    {
        if (DataHash.OfFile(path) == digest) return;
        throw new InvalidDataException(
            $"{path} should have the digest that {ConfigName} names but has another: it is damaged or of another save.");
    }
}

/// <summary>A model as it was read, with its tokenizer.</summary>
/// <param name="Model">The model, freed with this.</param>
/// <param name="Tokenizer">Its tokenizer.</param>
public sealed record SavedModel(LanguageModel Model, ITokenizer Tokenizer) : IDisposable
{
    /// <summary>How its folder says that it is asked; null where it says nothing.</summary>
    public PromptFormat? Format { get; init; }

    /// <summary>What turns questions and answers into this model's ids.</summary>
    /// <exception cref="InvalidDataException">The folder names no prompt format, or one that does not fit, and the tokenizer is not of the mini scale.</exception>
    public RowEncoder Encoder() => new(Tokenizer, PromptFormatChoice.For(Tokenizer, Format));

    /// <summary>Frees the model.</summary>
    public void Dispose() => Model.Dispose();
}
