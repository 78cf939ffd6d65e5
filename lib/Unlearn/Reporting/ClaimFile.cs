using System.Text.Json;

namespace Unlearn.Reporting;

/// <summary>The claims that one notebook wrote down.</summary>
/// <param name="Notebook">The notebook's name without extension.</param>
/// <param name="Claims">Its claims, in order.</param>
public sealed record ClaimFile(string Notebook, IReadOnlyList<Claim> Claims)
{
    private const string Extension = ".claims.json";

    private static readonly JsonSerializerOptions Strict = new()
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Reads what <see cref="ClaimLedger.Save"/> wrote.</summary>
    /// <param name="path">A file <c>NOTEBOOK.claims.json</c>.</param>
    /// <exception cref="InvalidDataException">It is not a list of claims; the message says where.</exception>
    public static ClaimFile Load(string path)
    {
        try
        {
            var claims = JsonSerializer.Deserialize<List<Claim?>>(File.ReadAllText(path), Strict) ?? [];
            if (claims.IndexOf(null) is var empty and >= 0) throw new JsonException($"entry {empty + 1} is null");
            return new(Path.GetFileName(path)[..^Extension.Length], claims!);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} should hold a list of claims as a notebook writes it: {e.Message}", e);
        }
    }

    /// <summary>Reads the claims of all notebooks, by name.</summary>
    /// <param name="folder">The folder that executed notebooks write to.</param>
    /// <exception cref="InvalidDataException">A file is not a list of claims.</exception>
    public static IReadOnlyList<ClaimFile> LoadAll(string folder) =>
        [.. Directory.GetFiles(folder, "*" + Extension).Order(StringComparer.Ordinal).Select(Load)];
}
