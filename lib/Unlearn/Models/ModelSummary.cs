using System.Collections.Immutable;
using System.Text.Json;
using Unlearn.Models.Adapters;
using Unlearn.Tokenization;
using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>What is known of a model without reading its weights: use, sizes, types, files, tokenizer, memory.</summary>
/// <param name="Path">The folder or file.</param>
/// <param name="Parameters">Numbers of floating point in the files.</param>
/// <param name="Types">Element types by bytes, most first.</param>
/// <param name="Files">Number of safetensors files.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Tensors">Every tensor.</param>
public sealed record ModelSummary(
    string Path, long Parameters, IReadOnlyList<ScalarType> Types, int Files, long Bytes, IReadOnlyList<SafeTensorsEntry> Tensors)
{
    private static readonly string[] Shown =
    [
        "model_type", "vocab_size", "hidden_size", "dim", "num_hidden_layers", "n_layers", "num_attention_heads", "n_heads",
        "num_key_value_heads", "head_dim", "intermediate_size", "hidden_dim", "ffn_dim", "max_position_embeddings", "rope_theta",
        "tie_word_embeddings",
    ];

    /// <summary>What the library can do with it.</summary>
    public ModelUse Use { get; private init; }

    /// <summary>Why <see cref="Use"/> is not known; null where it is.</summary>
    public string? Unsupported { get; private init; }

    /// <summary>The classes of a classifier.</summary>
    public ImmutableArray<string> Labels { get; private init; } = [];

    /// <summary>Hugging Face's class, such as "LlamaForCausalLM"; null where no configuration names one.</summary>
    public string? Architecture { get; private init; }

    /// <summary>What decides the model's shape, as the configuration has it: numbers, texts, true and false.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> Sizes { get; private init; } = [];

    /// <summary>Ids of the tokenizer; null without one that can be read.</summary>
    public int? Tokens { get; private init; }

    /// <summary>Sizes and places of adapters; null for a model, and for adapters of a kind that the library has not.</summary>
    public LoraOptions? Adapters { get; private init; }

    /// <summary>The model that adapters were made for, a folder or a name; null for a model.</summary>
    public string? BaseModel { get; private init; }

    /// <summary>Bytes that the weights take in a type; activations come on top.</summary>
    /// <param name="type">float32, or a half.</param>
    public long InferenceBytes(ScalarType type) => Parameters * SafeTensorsEntry.SizeOf(type);

    /// <summary>Looks at a model.</summary>
    /// <param name="path">A model folder, a folder of adapters, or one safetensors file.</param>
    /// <exception cref="FileNotFoundException">There are no weights, or a part of them is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static ModelSummary Of(string path)
    {
        if (AdapterFolder.IsOne(ModelFolder.Named(path))) return OfAdapters(path);
        using var weights = ModelWeights.Open(path);
        var summary = OfWeights(path, weights);
        if (File.Exists(path))
            return summary with { Unsupported = $"a file alone; {ModelFolder.ConfigName} in its folder says of which model it is" };
        var (tokens, missing) = TokensOf(path);
        summary = summary with { Tokens = tokens };
        var config = System.IO.Path.Combine(path, ModelFolder.ConfigName);
        if (!File.Exists(config)) return summary with { Unsupported = $"{path} has no {ModelFolder.ConfigName}" };
        using var json = ConfigFile.Read(config);
        var root = json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement
            : throw new InvalidDataException($"{config} should describe a model but is no JSON object.");
        var use = ModelUses.Of(path, root, weights, out var labels, out var why);
        return summary with
        {
            Use = missing is null ? use : ModelUse.Unknown,
            Unsupported = why ?? missing,
            Labels = labels,
            Architecture = ArchitectureOf(root),
            Sizes = [.. Shown.Select(name => KeyValuePair.Create(name, root.TryGetProperty(name, out var size) ? size.Clone() : default))
                .Where(size => size.Value.ValueKind
                    is JsonValueKind.Number or JsonValueKind.String or JsonValueKind.True or JsonValueKind.False)],
        };
    }

    private static ModelSummary OfAdapters(string folder)
    {
        using var weights = AdapterFolder.OpenWeights(folder);
        var summary = OfWeights(folder, weights) with { BaseModel = AdapterFolder.BaseOf(folder) };
        try
        {
            var ends = weights.Entries.Select(entry => AdapterFolder.LayerOf(entry.Name)).OfType<string>()
                .Select(layer => layer[(layer.LastIndexOf('.') + 1)..]).Distinct().Order(StringComparer.Ordinal);
            return summary with { Use = ModelUse.Adapters, Adapters = AdapterFolder.OptionsOf(folder) with { Targets = [.. ends] } };
        }
        catch (InvalidDataException error)
        {
            return summary with { Unsupported = error.Message };
        }
    }

    private static ModelSummary OfWeights(string path, ModelWeights weights) => new(
        path, weights.Entries.Where(entry => is_floating_point(entry.Type)).Sum(entry => entry.Count),
        [.. weights.Entries.GroupBy(entry => entry.Type).OrderByDescending(group => group.Sum(entry => entry.Length))
            .Select(group => group.Key)],
        weights.Files.Count, weights.Files.Sum(file => file.Length), [.. weights.Entries]);

    private static (int?, string?) TokensOf(string folder)
    {
        try
        {
            return (TokenizerFolder.Load(folder).VocabularySize, null);
        }
        catch (Exception error) when (error is FileNotFoundException or InvalidDataException)
        {
            return (null, error.Message);
        }
    }

    private static string? ArchitectureOf(JsonElement config) =>
        config.TryGetProperty("architectures", out var names) && names.ValueKind == JsonValueKind.Array
            ? names.EnumerateArray().Select(name => name.ToString()).FirstOrDefault() : null;
}
