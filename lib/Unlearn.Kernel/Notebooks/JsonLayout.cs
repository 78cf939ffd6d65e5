using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Unlearn.Kernel.Notebooks;

/// <summary>What stands between the brackets, keys and values of one object or list.</summary>
internal sealed record Spacing(string Open, string Colon, string Comma, string Close)
{
    public static Spacing None { get; } = new("", ": ", ", ", "");
}

/// <summary>How a document lays out what is new in it: as the document's outermost object is laid out.</summary>
internal sealed record JsonLayout(string? NewLine, string Indent, string Colon, string Comma)
{
    public static JsonLayout Like(Spacing outermost)
    {
        var lineEnd = outermost.Open.LastIndexOf('\n');
        return lineEnd < 0
            ? new(null, "", outermost.Colon, outermost.Comma)
            : new(outermost.Open.Contains('\r', StringComparison.Ordinal) ? "\r\n" : "\n", outermost.Open[(lineEnd + 1)..],
                outermost.Colon, ",");
    }

    public Spacing At(int depth)
    {
        if (NewLine is null) return new("", Colon, Comma, "");
        var close = NewLine + string.Concat(Enumerable.Repeat(Indent, depth));
        return new(close + Indent, Colon, "," + close + Indent, close);
    }

    public static void WriteScalar(StringBuilder written, JsonNode? node)
    {
        if (NotebookJson.AsText(node) is { } text) WriteText(written, text);
        else written.Append(node?.ToJsonString() ?? "null");
    }

    /// <summary>A text as Python's json writes it for Jupyter: nothing is escaped that need not be.</summary>
    public static void WriteText(StringBuilder written, string text)
    {
        written.Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case '"': written.Append("\\\""); break;
                case '\\': written.Append("\\\\"); break;
                case '\n': written.Append("\\n"); break;
                case '\r': written.Append("\\r"); break;
                case '\t': written.Append("\\t"); break;
                case '\b': written.Append("\\b"); break;
                case '\f': written.Append("\\f"); break;
                case var _ when char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]):
                    written.Append(c).Append(text[++i]);
                    break;
                case var _ when c < ' ' || char.IsSurrogate(c):          // half a pair has no bytes of its own in UTF-8
                    written.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    break;
                default: written.Append(c); break;
            }
        }
        written.Append('"');
    }
}
