using System.Text.Json;
using Unlearn.Tokenization;

namespace Unlearn.Data.Hub;

/// <summary>Which files of a model's repository are its weights, its settings and its tokenizer.</summary>
public static class ModelFiles
{
    private const string Index = "model.safetensors.index.json";

    /// <summary>
    /// Whether a file belongs to the model as this library and <c>transformers</c> read it: safetensors, JSON and tokenizer files in the
    /// repository's root. The same weights in other formats, and folders with other variants, do not.
    /// </summary>
    /// <param name="path">Its path in the repository.</param>
    public static bool IsWanted(string path) => !path.Contains('/') && !path.StartsWith("consolidated", StringComparison.Ordinal)
        && Path.GetExtension(path) is ".safetensors" or ".json" or ".txt" or ".model" or ".jinja";

    /// <summary>Whether a folder holds a whole model: settings, a tokenizer and every file of weights.</summary>
    /// <param name="folder">The folder.</param>
    public static bool IsComplete(string folder)
    {
        bool Has(string name) => File.Exists(Path.Combine(folder, name));

        if (!Has("config.json") || !TokenizerFolder.Holds(folder)) return false;
        if (Has("model.safetensors")) return true;
        if (!Has(Index)) return false;
        try
        {
            using var index = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, Index)));
            return index.RootElement.GetProperty("weight_map").EnumerateObject()
                .Select(entry => entry.Value.GetString()!).Distinct().All(Has);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }
}
