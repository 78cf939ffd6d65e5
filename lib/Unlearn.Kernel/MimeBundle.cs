using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Unlearn.Kernel;

/// <summary>One value in several representations, as Jupyter stores it: MIME type → content, with metadata per MIME type.</summary>
/// <param name="Data">
/// MIME type → content: a JSON string for text and for base64 images, any JSON for <c>application/json</c> and <c>+json</c> types.
/// </param>
/// <param name="Metadata">MIME type → JSON object, e.g. the width and height of an image; often empty.</param>
/// <remarks>Sorted ordinally, so that the same value always gives the same bytes. The nodes are shared:
/// clone one before changing it.</remarks>
public sealed record MimeBundle(ImmutableSortedDictionary<string, JsonNode> Data, ImmutableSortedDictionary<string, JsonNode> Metadata)
{
    /// <summary>A bundle without any representation.</summary>
    public static MimeBundle Empty { get; } = new(
        ImmutableSortedDictionary.Create<string, JsonNode>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, JsonNode>(StringComparer.Ordinal));

    /// <summary>A bundle of text alone.</summary>
    public static MimeBundle Plain(string text) => Empty.With(MimeTypes.Plain, text);

    /// <summary>This bundle with one more textual (or base64) representation.</summary>
    public MimeBundle With(string mimeType, string content) => With(mimeType, JsonValue.Create(content));

    /// <summary>This bundle with one more representation, optionally with the metadata of its MIME type.</summary>
    public MimeBundle With(string mimeType, JsonNode content, JsonObject? metadata = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(mimeType);
        ArgumentNullException.ThrowIfNull(content);
        return new(Data.SetItem(mimeType, content), metadata is null ? Metadata : Metadata.SetItem(mimeType, metadata));
    }

    /// <summary>The textual content of a MIME type, or null where the bundle has none.</summary>
    public string? Text(string mimeType) =>
        Data.GetValueOrDefault(mimeType) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
