using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Unlearn.Kernel.Language;

/// <summary>Writes the elements of a documentation comment as Markdown or as plain text.</summary>
internal sealed partial class DocumentationText(bool markdown)
{
    // Deeper nesting is not written by people, and would only exhaust the stack.
    private const int Deepest = 40;

    /// <summary>The text of an element's content.</summary>
    public string Of(XElement element)
    {
        var text = new StringBuilder();
        Write(element, text, Deepest);
        return BlankLines().Replace(text.ToString().Trim(), "\n\n");
    }

    /// <summary>The last name of a documentation id: <c>String.Join</c> of <c>M:System.String.Join(System.Char,System.String[])</c>.
    /// </summary>
    public static string ShortName(string id)
    {
        var name = id.Length > 2 && id[1] == ':' ? id[2..] : id;
        var open = name.IndexOf('(', StringComparison.Ordinal);
        if (open >= 0) name = name[..open];
        name = Arity().Replace(name, "").Replace('{', '<').Replace('}', '>');
        var parts = name.Split('.');
        var isMember = id.Length > 2 && id[1] == ':' && id[0] is not ('T' or 'N');
        if (parts[^1] == "#ctor") return parts.Length > 1 ? parts[^2] : name;
        return isMember && parts.Length > 1 ? $"{parts[^2]}.{parts[^1]}" : parts[^1];
    }

    private void Write(XElement element, StringBuilder text, int further)
    {
        if (further == 0) return;
        foreach (var node in element.Nodes())
        {
            if (node is XText plain) Append(text, Spaces().Replace(plain.Value, " "));
            if (node is XElement child) WriteElement(child, text, further - 1);
        }
    }

    private void WriteElement(XElement element, StringBuilder text, int further)
    {
        switch (element.Name.LocalName)
        {
            case "see" or "seealso":
                Append(text, Reference(element, further));
                break;
            case "a":
                Append(text, Link(Inner(element, further), (string?)element.Attribute("href")));
                break;
            case "paramref" or "typeparamref":
                Append(text, Code((string?)element.Attribute("name") ?? ""));
                break;
            case "c" or "tt":
                Append(text, Code(Spaces().Replace(element.Value, " ").Trim()));
                break;
            case "code":
                Block(text, CodeBlock(element.Value));
                break;
            case "para" or "p":
                Block(text, Inner(element, further).Trim());
                break;
            case "br":
                text.Append(markdown ? "  \n" : "\n");
                break;
            case "b" or "strong":
                Append(text, markdown ? $"**{Inner(element, further).Trim()}**" : Inner(element, further));
                break;
            case "i" or "em":
                Append(text, markdown ? $"*{Inner(element, further).Trim()}*" : Inner(element, further));
                break;
            case "list":
                Block(text, List(element, further));
                break;
            default:
                Write(element, text, further);
                break;
        }
    }

    private string Inner(XElement element, int further)
    {
        var text = new StringBuilder();
        Write(element, text, further);
        return text.ToString();
    }

    private string Reference(XElement element, int further)
    {
        var inner = element.IsEmpty ? "" : Inner(element, further);
        if ((string?)element.Attribute("href") is { } href) return Link(inner, href);
        if (inner.Length > 0) return inner;
        if ((string?)element.Attribute("langword") is { } word) return Code(word);
        return Code(ShortName((string?)element.Attribute("cref") ?? ""));
    }

    private string Link(string inner, string? href) => (inner.Trim(), href) switch
    {
        (var said, null) => said,
        ("", _) => markdown ? $"<{href}>" : href,
        (var said, _) => markdown ? $"[{said}]({href})" : $"{said} ({href})",
    };

    private string List(XElement list, int further)
    {
        var isNumbered = (string?)list.Attribute("type") == "number";
        var lines = list.Elements().Where(e => e.Name.LocalName is "item" or "listheader").Select((item, i) =>
        {
            var term = item.Element("term") is { } t ? Inner(t, further).Trim() : "";
            var description = item.Element("description") is { } d ? Inner(d, further).Trim()
                : term.Length > 0 ? "" : Inner(item, further).Trim();
            var said = term.Length == 0 ? description
                : description.Length == 0 ? term
                : markdown ? $"**{term}** – {description}" : $"{term} – {description}";
            return (isNumbered ? string.Create(CultureInfo.InvariantCulture, $"{i + 1}. ") : "- ") + said.ReplaceLineEndings(" ");
        });
        return string.Join('\n', lines);
    }

    private string Code(string text) =>
        !markdown || text.Length == 0 ? text : text.Contains('`', StringComparison.Ordinal) ? $"`` {text} ``" : $"`{text}`";

    /// <summary>Code keeps its lines; the indentation that all of them share is the comment's, not the code's.</summary>
    private string CodeBlock(string code)
    {
        var lines = code.ReplaceLineEndings("\n").Split('\n').Select(l => l.TrimEnd()).ToList();
        while (lines.Count > 0 && lines[0].Length == 0) lines.RemoveAt(0);
        while (lines.Count > 0 && lines[^1].Length == 0) lines.RemoveAt(lines.Count - 1);
        var shared = lines.Where(l => l.Length > 0).Select(l => l.Length - l.TrimStart().Length).DefaultIfEmpty(0).Min();
        var body = string.Join('\n', lines.Select(l => l.Length >= shared ? l[shared..] : l));
        return markdown ? $"```\n{body}\n```" : "    " + body.Replace("\n", "\n    ", StringComparison.Ordinal);
    }

    private static void Block(StringBuilder text, string block) => text.Append("\n\n").Append(block).Append("\n\n");

    // A line of a comment begins behind the marks and spaces of the source, which are not the text's.
    private static void Append(StringBuilder text, string piece)
    {
        var atStart = text.Length == 0 || text[^1] is '\n' or ' ';
        text.Append(atStart ? piece.TrimStart() : piece);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"[ ]*\n[ ]*\n\s*?(?=\S|[ ]{4})|\n{3,}")]
    private static partial Regex BlankLines();

    [GeneratedRegex(@"`+\d+")]
    private static partial Regex Arity();
}
