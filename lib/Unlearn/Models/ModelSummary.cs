using System.Text.Json;
using Unlearn.Tokenization;
using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>What is known of a model without reading its weights: sizes, types, files, tokenizer, memory.</summary>
/// <param name="Path">The folder or file.</param>
/// <param name="Architecture">Hugging Face's class, such as "LlamaForCausalLM"; null for a file alone.</param>
/// <param name="Sizes">What decides the model's shape, by name; empty where the architecture is unknown.</param>
/// <param name="Unsupported">Why the library cannot load it; null where it can.</param>
/// <param name="Parameters">Numbers of floating point in the files.</param>
/// <param name="Types">Element types by bytes, most first.</param>
/// <param name="Files">Number of safetensors files.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Tensors">Every tensor.</param>
/// <param name="Tokens">Ids of the tokenizer; null without one.</param>
public sealed record ModelSummary(
    string Path, string? Architecture, IReadOnlyList<KeyValuePair<string, string>> Sizes, string? Unsupported, long Parameters,
    IReadOnlyList<ScalarType> Types, int Files, long Bytes, IReadOnlyList<SafeTensorsEntry> Tensors, int? Tokens)
{
    private static readonly string[] Shown =
    [
        "model_type", "vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads", "num_key_value_heads", "head_dim",
        "intermediate_size", "ffn_dim", "max_position_embeddings", "rope_theta", "tie_word_embeddings",
    ];

    /// <summary>Bytes that the weights take in a type; activations come on top.</summary>
    /// <param name="type">float32, or a half.</param>
    public long InferenceBytes(ScalarType type) => Parameters * SafeTensorsEntry.SizeOf(type);

    /// <summary>Bytes of weights, gradients and AdamW's two averages in a type; activations, and a reference model, come on top.</summary>
    /// <param name="type">float32, or a half.</param>
    public long TrainingBytes(ScalarType type) => 4 * InferenceBytes(type);

    /// <summary>Looks at a model.</summary>
    /// <param name="path">A model folder, or one safetensors file.</param>
    /// <exception cref="FileNotFoundException">There are no weights, or a part of them is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static ModelSummary Of(string path)
    {
        using var weights = ModelWeights.Open(path);
        var (architecture, sizes, unsupported) = Configuration(System.IO.Path.Combine(path, ModelFolder.ConfigName));
        var tokenizer = System.IO.Path.Combine(path, "tokenizer.json");
        return new(path, architecture, sizes, unsupported,
            weights.Entries.Where(entry => is_floating_point(entry.Type)).Sum(entry => entry.Count),
            [.. weights.Entries.GroupBy(entry => entry.Type).OrderByDescending(group => group.Sum(entry => entry.Length))
                .Select(group => group.Key)],
            weights.Files.Count, weights.Files.Sum(file => file.Length), [.. weights.Entries],
            File.Exists(tokenizer) ? TokenizerJson.Load(tokenizer).VocabularySize : null);
    }

    private static (string?, IReadOnlyList<KeyValuePair<string, string>>, string?) Configuration(string path)
    {
        if (!File.Exists(path)) return (null, [], null);
        using var config = ConfigFile.Read(path);
        return ConfigFile.Understood(path, () =>
        {
            var root = config.RootElement.ValueKind == JsonValueKind.Object ? config.RootElement
                : throw new FormatException("it is no JSON object.");
            var sizes = Shown.Where(name => root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null)
                .Select(name => KeyValuePair.Create(name, root.GetProperty(name).ToString())).ToArray();
            var architecture = root.TryGetProperty("architectures", out var names) && names is { ValueKind: JsonValueKind.Array }
                ? names.EnumerateArray().Select(name => name.ToString()).FirstOrDefault() : null;
            return (architecture, (IReadOnlyList<KeyValuePair<string, string>>)sizes, Why(root));
        });
    }

    private static string? Why(JsonElement config)
    {
        try
        {
            _ = ModelShape.Read(config);
            return null;
        }
        catch (Exception error) when (error is FormatException or ArgumentException or OverflowException)
        {
            return error.Message;
        }
    }
}
