using System.Text.Json;
using Unlearn.Data;

namespace Unlearn.Models;

/// <summary>Which file of a model holds which tensor: <c>model.safetensors.index.json</c>.</summary>
/// <param name="files">File by tensor.</param>
/// <param name="digests">SHA-256 by file; empty in indices made elsewhere.</param>
/// <param name="size">Bytes of all numbers.</param>
internal sealed class ShardIndex(IReadOnlyDictionary<string, string> files, IReadOnlyDictionary<string, string> digests, long size)
{
    public const string FileName = "model.safetensors.index.json";

    private const string Map = "weight_map", Metadata = "metadata", Size = "total_size", Digests = "sha256";

    private static readonly JsonWriterOptions Layout = new() { Indented = true, NewLine = "\n" };

    /// <summary>The files, in the order of their names.</summary>
    public IReadOnlyList<string> Files { get; } = [.. files.Values.Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The tensors.</summary>
    public IEnumerable<string> Names => files.Keys;

    /// <summary>The file that holds a tensor; null for none.</summary>
    public string? FileOf(string tensor) => files.GetValueOrDefault(tensor);

    /// <summary>The digest a file should have; null where none is named.</summary>
    public string? DigestOf(string file) => digests.GetValueOrDefault(file);

    /// <summary>Reads an index.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is damaged, or names files outside its folder.</exception>
    public static ShardIndex Read(string path)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        var digests = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path), new() { MaxDepth = 16 });
            foreach (var entry in json.RootElement.GetProperty(Map).EnumerateObject())
            {
                var file = entry.Value.GetString();
                if (file is null || !file.EndsWith(".safetensors", StringComparison.Ordinal) || file.AsSpan().IndexOfAny("/\\:\0") >= 0)
                    throw new InvalidDataException($"{path} should name safetensors files beside it but names {Short(file)}.");
                if (!files.TryAdd(entry.Name, file))
                    throw new InvalidDataException($"{path} should name each tensor once but names {Short(entry.Name)} twice.");
            }
            if (files.Count == 0) throw new InvalidDataException($"{path} should name tensors in {Map} but names none.");
            if (json.RootElement.TryGetProperty(Metadata, out var metadata) && metadata.ValueKind == JsonValueKind.Object
                && metadata.TryGetProperty(Digests, out var named) && named.ValueKind == JsonValueKind.Object)
            {
                foreach (var digest in named.EnumerateObject()) digests[digest.Name] = digest.Value.GetString() ?? "";
            }
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path} should be a JSON object with {Map}: {error.Message}", error);
        }
        return new(files, digests, size: 0);
    }

    /// <summary>Writes the index.</summary>
    public void Write(string path) => WholeFile.Write(path, stream =>
    {
        using (var json = new Utf8JsonWriter(stream, Layout))
        {
            json.WriteStartObject();
            json.WriteStartObject(Metadata);
            json.WriteNumber(Size, size);
            json.WriteStartObject(Digests);
            foreach (var (file, digest) in digests.OrderBy(entry => entry.Key, StringComparer.Ordinal)) json.WriteString(file, digest);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartObject(Map);
            foreach (var (tensor, file) in files.OrderBy(entry => entry.Key, StringComparer.Ordinal)) json.WriteString(tensor, file);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        stream.WriteByte((byte)'\n');
    });

    private static string Short(string? text) => text is null ? "nothing" : text.Length <= 80 ? text : text[..80] + "…";
}
