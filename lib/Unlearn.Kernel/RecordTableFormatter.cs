using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;

namespace Unlearn.Kernel;

/// <summary>
/// A list of records as a table with a column per public property, where the original kernel shows a column of collapsed trees.
/// Script-free HTML, Markdown and plain text.
/// </summary>
/// <param name="limit">The most rows to show; a last line says how many more there are.</param>
public sealed class RecordTableFormatter(int limit = 50) : IRichFormatter
{
    /// <inheritdoc/>
    /// <remarks>Takes collections in memory, not lazy sequences (which might never end), of a type whose properties are all simple values.</remarks>
    public bool TryFormat(object value, [NotNullWhen(true)] out MimeBundle? bundle)
    {
        bundle = null;
        if (value is not ICollection collection || ElementType(value.GetType()) is not { } type || Columns(type) is not { Length: > 0 } columns) return false;

        string[] names = [.. columns.Select(c => c.Name)];
        bool[] numeric = [.. columns.Select(c => IsNumber(c.PropertyType))];
        string[][] rows = [.. collection.Cast<object?>().Take(limit).Select(item => Array.ConvertAll(columns, c => Text(item, c)))];
        var rest = collection.Count > limit ? $"({(collection.Count - limit).ToString(CultureInfo.InvariantCulture)} more)" : "";
        bundle = MimeBundle.Empty
            .With(MimeTypes.Html, Html(names, numeric, rows, rest))
            .With(MimeTypes.Markdown, Markdown(names, numeric, rows, rest))
            .With(MimeTypes.Plain, Plain(names, numeric, rows, rest));
        return true;
    }

    private static Type? ElementType(Type type) => type.IsArray
        ? type.GetArrayRank() == 1 ? type.GetElementType() : null
        : type.GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GenericTypeArguments[0];

    private static PropertyInfo[] Columns(Type type)
    {
        if (IsSimple(type) || type.IsInterface || type.IsAbstract || type.IsAssignableTo(typeof(IEnumerable)) || IsPair(type)) return [];
        PropertyInfo[] all = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0)];
        return all.All(p => IsSimple(p.PropertyType)) ? all : [];
    }

    private static bool IsPair(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);

    private static bool IsSimple(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare.IsPrimitive || bare.IsEnum || bare == typeof(string) || bare == typeof(decimal)
            || bare == typeof(DateTime) || bare == typeof(DateTimeOffset) || bare == typeof(DateOnly) || bare == typeof(TimeSpan) || bare == typeof(Guid);
    }

    private static bool IsNumber(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare == typeof(decimal) || (bare.IsPrimitive && bare != typeof(bool) && bare != typeof(char));
    }

    private static string Text(object? item, PropertyInfo column)
    {
        if (item is null) return "";
        try
        {
            return Convert.ToString(column.GetValue(item), CultureInfo.InvariantCulture) ?? "";
        }
        catch (TargetInvocationException e)
        {
            return e.InnerException?.Message ?? e.Message;
        }
    }

    private static string Html(string[] names, bool[] numeric, string[][] rows, string rest)
    {
        var html = new StringBuilder("<table>\n<thead><tr>");
        foreach (var (i, name) in names.Index()) html.Append(Cell("th", name, numeric[i]));
        html.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in rows)
        {
            html.Append("<tr>");
            foreach (var (i, text) in row.Index()) html.Append(Cell("td", text, numeric[i]));
            html.Append("</tr>\n");
        }
        return html.Append("</tbody>\n</table>\n").Append(rest.Length > 0 ? $"<p>{rest}</p>\n" : "").ToString();

        static string Cell(string tag, string text, bool right) =>
            $"<{tag} style=\"text-align:{(right ? "right" : "left")}\">{WebUtility.HtmlEncode(text)}</{tag}>";
    }

    private static string Markdown(string[] names, bool[] numeric, string[][] rows, string rest)
    {
        var lines = rows.Select(Line).Prepend("|" + string.Concat(numeric.Select(n => n ? "---:|" : ":---|"))).Prepend(Line(names));
        return string.Join('\n', lines) + "\n" + (rest.Length > 0 ? $"\n{rest}\n" : "");

        static string Line(string[] cells) => $"| {string.Join(" | ", cells.Select(c => c.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal)))} |";
    }

    private static string Plain(string[] names, bool[] numeric, string[][] rows, string rest)
    {
        string[][] all = [names, .. rows.Select(r => Array.ConvertAll(r, c => c.ReplaceLineEndings(" ")))];
        int[] widths = [.. names.Select((_, i) => all.Max(r => r[i].Length))];
        var lines = all.Select(r => string.Join("  ", r.Select((c, i) => numeric[i] ? c.PadLeft(widths[i]) : c.PadRight(widths[i]))).TrimEnd());
        return string.Join('\n', lines) + (rest.Length > 0 ? "\n" + rest : "");
    }
}
