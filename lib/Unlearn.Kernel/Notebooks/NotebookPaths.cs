using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Unlearn.Kernel.Notebooks;

/// <summary>The paths in a notebook's texts and outputs.</summary>
internal static partial class NotebookPaths
{
    /// <summary>The absolute paths in a cell's source and outputs: they tell about one machine and mean nothing on another.</summary>
    public static IEnumerable<string> Absolute(NotebookCell cell) => Texts(cell.Json["outputs"]).Prepend(cell.Source)
        .SelectMany(text => AbsolutePath().Matches(Embedded().Replace(text, "")))
        .Select(match => match.Value).Distinct(StringComparer.Ordinal);

    /// <summary>The pictures that a markdown cell shows and that are neither beside the notebook nor attached to the cell.</summary>
    public static IEnumerable<string> MissingPictures(NotebookCell cell, string folder)
    {
        if (cell.Kind != CellKind.Markdown) return [];
        var attached = cell.Json["attachments"] as JsonObject ?? [];
        return Pictures(Markdown.ToHtml(cell.Source)).Where(path =>
            path.StartsWith("attachment:", StringComparison.Ordinal)
                ? !attached.ContainsKey(Uri.UnescapeDataString(path["attachment:".Length..]))
                : !IsElsewhere(path) && !File.Exists(Path.Combine(folder, Uri.UnescapeDataString(path))));
    }

    /// <summary>The addresses of the pictures in a piece of HTML.</summary>
    public static IEnumerable<string> Pictures(string html) =>
        Picture().Matches(html).Select(match => System.Net.WebUtility.HtmlDecode(match.Groups["src"].Value));

    /// <summary>Whether an address is a URL with a scheme, an anchor, or a path from a server's root.</summary>
    public static bool IsElsewhere(string address) => address.Length == 0 || address[0] is '#' or '/' || Scheme().IsMatch(address);

    [GeneratedRegex("""(?<head><img\b[^>]*?\bsrc=["'])(?<src>[^"']*)""", RegexOptions.IgnoreCase)]
    public static partial Regex Picture();

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonArray items => items.SelectMany(Texts),
        // Pictures are base64, which may look like anything.
        JsonObject members => members.Where(m => !m.Key.StartsWith("image/", StringComparison.Ordinal)).SelectMany(m => Texts(m.Value)),
        _ => NotebookJson.AsText(node) is { } text ? [text] : [],
    };

    // From the root of a Unix system, from a drive, or as a file URL. What precedes the first slash tells a path from </td>, a/b and x://y.
    [GeneratedRegex("""
        (?<![\w/.:+<~\\)\]}*%$-])/[\w.-]+(?:/[\w.-]+)+
        |\b[A-Za-z]:\\[\w.]+(?:\\[\w.-]+)*
        |\bfile:///?[^\s"'<>)]+
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex AbsolutePath();

    [GeneratedRegex(@"data:[\w/.+-]+;base64,[A-Za-z0-9+/=]*")]
    private static partial Regex Embedded();

    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9+.-]*:")]
    private static partial Regex Scheme();
}
