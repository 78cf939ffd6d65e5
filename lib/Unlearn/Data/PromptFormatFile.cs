using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Unlearn.Data;

/// <summary>A prompt format as JSON: beside the model that was unlearned with it, or written by hand for a model of another kind.</summary>
/// <remarks>
/// <code>{"name": "mine", "before_question": "Q: ", "after_question": "\n", "before_answer": "A: ", "end": "&lt;/s&gt;"}</code>
/// </remarks>
public static class PromptFormatFile
{
    /// <summary>Its name in a model's folder.</summary>
    public const string Name = "prompt_format.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,          // markup stays readable
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,   // a mistyped field would quietly mean its default
    };

    /// <summary>The format that a model's folder names; null where it names none.</summary>
    /// <param name="folder">The folder of a model or of adapters.</param>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static PromptFormat? Find(string folder) =>
        Path.Combine(folder, Name) is var path && File.Exists(path) ? Read(path) : null;

    /// <summary>Reads a format.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is no prompt format.</exception>
    public static PromptFormat Read(string path)
    {
        try
        {
            var format = JsonSerializer.Deserialize<PromptFormat>(File.ReadAllBytes(path), Json);
            return format is { Name.Length: > 0, End.Length: > 0 } ? format : throw new JsonException("name and end should not be empty");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException(
                $"{path} should be a prompt format with name, before_question, after_question, before_answer and end: {error.Message}", error);
        }
    }

    /// <summary>Writes a format, as a whole or not at all.</summary>
    /// <param name="folder">The folder of a model or of adapters.</param>
    /// <param name="format">What its prompts are like.</param>
    public static void Write(string folder, PromptFormat format) =>
        WholeFile.Write(Path.Combine(folder, Name), JsonSerializer.Serialize(format, Json) + "\n");
}
