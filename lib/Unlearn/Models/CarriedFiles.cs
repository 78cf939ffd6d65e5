using System.Text.Json;
using System.Text.Json.Nodes;
using Unlearn.Data;

namespace Unlearn.Models;

/// <summary>What a changed model takes over from the folder that it was read from, so that other programs use it as before.</summary>
internal static class CarriedFiles
{
    private static readonly string[] Names =
    [
        "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "tokenizer.model", "spiece.model",
        "vocab.json", "vocab.txt", "merges.txt", "chat_template.jinja", "generation_config.json",
        PromptFormatFile.Name,
    ];

    /// <summary>Copies tokenizer, chat template and generation settings, byte for byte.</summary>
    /// <param name="from">The old folder.</param>
    /// <param name="to">The new one.</param>
    /// <returns>The names of the copied files.</returns>
    public static IReadOnlyList<string> Copy(string from, string to)
    {
        string[] there = [.. Names.Where(name => File.Exists(Path.Combine(from, name)))];
        foreach (var name in there) File.Copy(Path.Combine(from, name), Path.Combine(to, name), overwrite: true);
        return there;
    }

    /// <summary>The old configuration, with all that only other programs read.</summary>
    /// <exception cref="InvalidDataException">It is no JSON object.</exception>
    public static JsonObject Config(string folder)
    {
        var path = Path.Combine(folder, ModelFolder.ConfigName);
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(path), documentOptions: new() { MaxDepth = 32 }) as JsonObject
                ?? throw new JsonException("it is no object");
        }
        catch (Exception error) when (error is JsonException or ArgumentException)      // ArgumentException: a name comes twice
        {
            throw new InvalidDataException($"{path} should be a model's configuration, a JSON object: {error.Message}", error);
        }
    }
}
