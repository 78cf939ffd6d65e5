using System.Text.Json;
using Unlearn.Tensors;

namespace Unlearn.Models;

/// <summary>Reads <c>config.json</c> files, with complaints that name the file.</summary>
internal static class ConfigFile
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32 };

    /// <summary>The file's contents.</summary>
    /// <exception cref="InvalidDataException">It is no JSON.</exception>
    public static JsonDocument Read(string path)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(path), Options);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} should be a model's configuration but is no JSON: {error.Message}", error);
        }
    }

    /// <summary>What a reader makes of it.</summary>
    /// <exception cref="InvalidDataException">The reader complains.</exception>
    public static T Understood<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is FormatException or ArgumentException or OverflowException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path} should describe a model that the library has: {Complaint.Of(error)}", error);
        }
    }
}
