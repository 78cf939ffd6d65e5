using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Formatting;

namespace Unlearn.Kernel;

/// <summary>
/// The formatter of a session: its rich formatters first, then Microsoft.DotNet.Interactive.Formatting, so that what a notebook
/// registers with <c>Formatter.Register</c> holds. Unlike the original kernel it always adds <c>text/plain</c>.
/// </summary>
/// <param name="richFormatters">Representations of our own, asked in order; null means none.</param>
public sealed class OutputFormatter(IReadOnlyList<IRichFormatter>? richFormatters = null) : IOutputFormatter
{
    private readonly IReadOnlyList<IRichFormatter> richFormatters = richFormatters ?? [];

    /// <inheritdoc/>
    public MimeBundle Format(object? value, IReadOnlyList<string>? mimeTypes = null)
    {
        var known = Known(value);
        if (mimeTypes is null or [])
        {
            if (known is null) return Add(MimeBundle.Empty, value, Preferred(value));
            return known.Data.ContainsKey(MimeTypes.Plain) ? known : Add(known, value, [MimeTypes.Plain]);
        }

        known ??= MimeBundle.Empty;
        var asked = mimeTypes.ToHashSet(StringComparer.Ordinal);
        var kept = new MimeBundle(known.Data.RemoveRange(known.Data.Keys.Where(k => !asked.Contains(k))), known.Metadata);
        return Add(kept, value, asked.Where(m => !kept.Data.ContainsKey(m)));
    }

    private MimeBundle? Known(object? value)
    {
        if (value is null) return null;
        if (value is MimeBundle ready) return ready;
        foreach (var formatter in richFormatters)
        {
            if (formatter.TryFormat(value, out var bundle)) return bundle;
        }
        return null;
    }

    private static IEnumerable<string> Preferred(object? value) => value is string
        ? [MimeTypes.Plain]
        : Formatter.GetPreferredMimeTypesFor(value?.GetType()).Append(MimeTypes.Plain).Distinct(StringComparer.Ordinal);

    private static MimeBundle Add(MimeBundle bundle, object? value, IEnumerable<string> mimeTypes) =>
        mimeTypes.Aggregate(bundle, (b, mimeType) => b.With(mimeType, Content(value, mimeType)));

    private static JsonNode Content(object? value, string mimeType)
    {
        // Text in the language of its MIME type (Markdown, LaTeX, SVG, ...) is shown as written; HTML is marked by HTML(...).
        if (value is string text && mimeType is not (MimeTypes.Html or MimeTypes.Json)) return JsonValue.Create(text);
        try
        {
            var content = value.ToDisplayString(mimeType);
            return mimeType switch
            {
                MimeTypes.Json => JsonNode.Parse(content) ?? JsonValue.Create(content),
                MimeTypes.Html => JsonValue.Create(WithoutIdleStyle(content)),
                _ => JsonValue.Create(content),
            };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A property or ToString of the shown type threw: the cell itself succeeded, so say it in the value's place.
            return JsonValue.Create($"{value?.GetType().Name} could not be shown as {mimeType}: {e.GetType().Name}: {e.Message}");
        }
    }

    // Formatting appends its style sheet, written with \r\n, to every output; only its trees need it.
    private static string WithoutIdleStyle(string html)
    {
        var text = html.ReplaceLineEndings("\n");
        var style = text.LastIndexOf("<style>\n.dni-code-hint", StringComparison.Ordinal);
        return style >= 0 && !text.AsSpan(0, style).Contains("dni-treeview", StringComparison.Ordinal) ? text[..style] : text;
    }
}
