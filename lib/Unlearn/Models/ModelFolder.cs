using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using TorchSharp;
using Unlearn.Data;
using Unlearn.Tokenization;
using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>A model on disk: <c>model.safetensors</c>, <c>tokenizer.json</c> and <c>config.json</c>, as Hugging Face lays it out.</summary>
/// <remarks>
/// The configuration is written last and names the digests of the other two, so files of two saves are never taken for one model.
/// Folders made elsewhere have no digests and are read without that check.
/// </remarks>
public static class ModelFolder
{
    private const string WeightsName = "model.safetensors", TokenizerName = "tokenizer.json", ConfigName = "config.json";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>Writes a model; what the folder holds of an older one is replaced.</summary>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="model">The model.</param>
    /// <param name="tokenizer">The tokenizer it was trained with.</param>
    public static void Save(string folder, Llama model, ITokenizer tokenizer)
    {
        string File(string name) => Path.Combine(folder, name);
        Directory.CreateDirectory(folder);
        System.IO.File.Delete(File(ConfigName));            // until the new one is there, the folder holds no model
        SafeTensors.Write(File(WeightsName), model.state_dict());
        tokenizer.Save(File(TokenizerName));
        var config = Config.Of(model) with
        {
            WeightsSha256 = DataHash.OfFile(File(WeightsName)),
            TokenizerSha256 = DataHash.OfFile(File(TokenizerName)),
        };
        WholeFile.Write(File(ConfigName), JsonSerializer.Serialize(config, Json) + "\n");
    }

    /// <summary>Reads a model; it is the caller's.</summary>
    /// <param name="folder">What <see cref="Save"/> wrote, or a Llama checkpoint of Hugging Face in one file.</param>
    /// <param name="device">Where the model should be; CPU when null.</param>
    /// <exception cref="FileNotFoundException">The folder has no whole model.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, belongs to another save, or is of another kind of model.</exception>
    public static SavedModel Load(string folder, Device? device = null)
    {
        string File(string name) => System.IO.File.Exists(Path.Combine(folder, name)) ? Path.Combine(folder, name)
            : throw new FileNotFoundException($"{folder} should hold a model but has no {name}.", Path.Combine(folder, name));

        var config = Read(File(ConfigName));
        Check(File(WeightsName), config.WeightsSha256);
        Check(File(TokenizerName), config.TokenizerSha256);
        var tokenizer = TokenizerJson.Load(File(TokenizerName));
        using var scope = NewDisposeScope();
        var (weights, _) = SafeTensors.Read(File(WeightsName));
        var model = new Llama(config.Shape());
        try
        {
            if (weights.Values.FirstOrDefault() is { } first) model.to(first.dtype);
            model.load_state_dict(weights);
            if (device is not null) model.to(device);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or ExternalException)
        {
            model.Dispose();
            throw new InvalidDataException($"{folder} should hold the weights that {ConfigName} describes: {error.Message}", error);
        }
        return new(model, tokenizer);
    }

    private static Config Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Config>(System.IO.File.ReadAllBytes(path)) is { } config ? config.Validated(path)
                : throw new JsonException("null");
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"{path} should describe a Llama-shaped model: {error.Message}", error);
        }
    }

    private static void Check(string path, string? digest)
    {
        if (digest is null || DataHash.OfFile(path) == digest) return;
        throw new InvalidDataException(
            $"{path} should have the digest that {ConfigName} names but has another: it is damaged or of another save.");
    }

    /// <summary>The part of Hugging Face's configuration that decides what the model computes.</summary>
    private sealed record Config
    {
        [JsonPropertyName("architectures")] public string[] Architectures { get; init; } = ["LlamaForCausalLM"];
        [JsonPropertyName("model_type")] public string ModelType { get; init; } = "llama";
        [JsonPropertyName("hidden_act")] public string Activation { get; init; } = "silu";
        [JsonPropertyName("vocab_size"), JsonRequired] public long Vocabulary { get; init; }
        [JsonPropertyName("hidden_size"), JsonRequired] public long Width { get; init; }
        [JsonPropertyName("num_hidden_layers"), JsonRequired] public long Layers { get; init; }
        [JsonPropertyName("num_attention_heads"), JsonRequired] public long Heads { get; init; }
        [JsonPropertyName("num_key_value_heads")] public long? KeyValueHeads { get; init; }
        [JsonPropertyName("intermediate_size"), JsonRequired] public long FeedForward { get; init; }
        [JsonPropertyName("max_position_embeddings"), JsonRequired] public long Context { get; init; }
        [JsonPropertyName("rope_theta")] public double RopeTheta { get; init; } = 10_000;
        [JsonPropertyName("rms_norm_eps")] public double NormEpsilon { get; init; } = 1e-6;
        [JsonPropertyName("tie_word_embeddings")] public bool Tied { get; init; }
        [JsonPropertyName("rope_scaling")] public JsonElement? RopeScaling { get; init; }
        [JsonPropertyName("weights_sha256")] public string? WeightsSha256 { get; init; }
        [JsonPropertyName("tokenizer_sha256")] public string? TokenizerSha256 { get; init; }

        public static Config Of(Llama model) => new()
        {
            Vocabulary = model.Shape.Vocabulary,
            Width = model.Shape.Width,
            Layers = model.Shape.Layers,
            Heads = model.Shape.Heads,
            KeyValueHeads = model.Shape.KeyValueHeads,
            FeedForward = model.Shape.FeedForward,
            Context = model.Shape.Context,
            RopeTheta = model.Shape.RopeTheta,
            NormEpsilon = model.Shape.NormEpsilon,
            Tied = model.Shape.TiedEmbeddings,
        };

        public LlamaShape Shape() => new LlamaShape(
            Vocabulary, Width, Layers, Heads, KeyValueHeads ?? Heads, FeedForward, Context, RopeTheta, NormEpsilon, Tied).Validated();

        /// <summary>Refuses what would be read but computed otherwise.</summary>
        public Config Validated(string path)
        {
            if (ModelType != "llama" || Activation != "silu" || RopeScaling is { ValueKind: not JsonValueKind.Null })
                throw new InvalidDataException(
                    $"{path} should describe a Llama with SiLU and plain rotary positions, not {ModelType}, {Activation}, {RopeScaling}.");
            _ = Shape();
            return this;
        }
    }
}

/// <summary>A model as it was read, with its tokenizer.</summary>
/// <param name="Model">The model, freed with this.</param>
/// <param name="Tokenizer">Its tokenizer.</param>
public sealed record SavedModel(Llama Model, ITokenizer Tokenizer) : IDisposable
{
    /// <summary>Frees the model.</summary>
    public void Dispose() => Model.Dispose();
}
