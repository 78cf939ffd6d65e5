using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Unlearn.Kernel.Notebooks;

namespace Unlearn.Kernel.Reports;

/// <summary>A heading of a report's table of contents.</summary>
/// <param name="Level">1 for the notebook's title.</param>
/// <param name="Anchor">Its id in the page.</param>
/// <param name="Html">Its text, as markup.</param>
internal sealed record Heading(int Level, string Anchor, string Html);

/// <summary>
/// The Markdown of one notebook as HTML that works from the report's folder: pictures are embedded, links lead from there, and ids
/// carry the notebook's name, because many notebooks share a page.
/// </summary>
/// <param name="notebook">The notebook's name.</param>
/// <param name="sources">The folders in which a relative path may be meant, the likeliest first.</param>
/// <param name="target">The report's folder.</param>
/// <param name="pageOf">The address of another notebook within the report, by its name; null where the report lacks it.</param>
internal sealed partial class MarkdownHtml(
    string notebook, IReadOnlyList<string> sources, string target, Func<string, string?> pageOf)
{
    private const long LargestPicture = 5_000_000;

    private static readonly Dictionary<string, string> PictureTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".gif"] = "image/gif",
        [".webp"] = "image/webp",
        [".svg"] = "image/svg+xml",
    };

    private readonly HashSet<string> anchors = new(StringComparer.Ordinal);

    /// <summary>The headings met so far, in order.</summary>
    public List<Heading> Headings { get; } = [];

    public string Render(NotebookCell cell)
    {
        var html = HeadingElement().Replace(Markdown.ToHtml(cell.Source), match => WithAnchor(match));
        html = NotebookPaths.Picture().Replace(html, match => match.Groups["head"].Value + Picture(cell, match.Groups["src"].Value));
        return Link().Replace(html, match => match.Groups["head"].Value + WebUtility.HtmlEncode(
            Address(WebUtility.HtmlDecode(match.Groups["href"].Value))));
    }

    private string WithAnchor(Match match)
    {
        var slug = match.Groups["id"] is { Success: true } id ? id.Value : "section";
        var anchor = $"{notebook}--{slug}";
        for (var n = 2; !anchors.Add(anchor); n++) anchor = string.Create(CultureInfo.InvariantCulture, $"{notebook}--{slug}-{n}");
        var level = match.Groups["level"].Value[0] - '0';
        // Links and footnotes in a heading would end up twice in the page, and a link within a link is none.
        Headings.Add(new(level, anchor, Anchor().Replace(match.Groups["text"].Value, "")));
        return $"<h{level} id=\"{WebUtility.HtmlEncode(anchor)}\">{match.Groups["text"].Value}</h{level}>";
    }

    private string Picture(NotebookCell cell, string encoded)
    {
        var path = Uri.UnescapeDataString(WebUtility.HtmlDecode(encoded));
        if (path.StartsWith("attachment:", StringComparison.Ordinal)) return Attached(cell, path["attachment:".Length..]) ?? encoded;
        if (NotebookPaths.IsElsewhere(path) || !PictureTypes.TryGetValue(Path.GetExtension(path), out var type)) return encoded;
        var file = sources.Select(folder => Path.Combine(folder, path)).FirstOrDefault(File.Exists);
        return file is not null && new FileInfo(file).Length <= LargestPicture
            ? $"data:{type};base64,{Convert.ToBase64String(File.ReadAllBytes(file))}"
            : encoded;
    }

    private static string? Attached(NotebookCell cell, string name)
    {
        if (cell.Json["attachments"] is not System.Text.Json.Nodes.JsonObject files
            || files[name] is not System.Text.Json.Nodes.JsonObject bundle) return null;
        var (type, content) = bundle.FirstOrDefault(b => PictureTypes.ContainsValue(b.Key));
        return content is null ? null : $"data:{type};base64,{WebUtility.HtmlEncode(NotebookJson.Text(content).ReplaceLineEndings(""))}";
    }

    private string Address(string href)
    {
        if (href.StartsWith('#')) return anchors.Contains($"{notebook}--{href[1..]}") ? $"#{notebook}--{href[1..]}" : href;
        if (NotebookPaths.IsElsewhere(href)) return href;
        var path = Uri.UnescapeDataString(href.Split('#')[0]);
        if (path.EndsWith(".ipynb", StringComparison.Ordinal) && pageOf(Path.GetFileNameWithoutExtension(path)) is { } page) return page;
        return sources.Select(folder => Path.Combine(folder, path)).FirstOrDefault(p => File.Exists(p) || Directory.Exists(p)) is { } file
            ? Path.GetRelativePath(target, file).Replace('\\', '/') + href[href.Split('#')[0].Length..]
            : href;
    }

    [GeneratedRegex("""<h(?<level>[1-6])(?: id="(?<id>[^"]*)")?>(?<text>.*?)</h\k<level>>""", RegexOptions.Singleline)]
    private static partial Regex HeadingElement();

    [GeneratedRegex("""(?<head><a\b[^>]*?\bhref=")(?<href>[^"]*)""")]
    private static partial Regex Link();

    [GeneratedRegex(@"</?a\b[^>]*>")]
    private static partial Regex Anchor();
}
