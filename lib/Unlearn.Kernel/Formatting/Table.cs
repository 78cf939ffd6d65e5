using System.Collections;
using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;
using Microsoft.Data.Analysis;

namespace Unlearn.Kernel.Formatting;

/// <summary>A table as it is shown: the rows that fit the limit, every cell already a text.</summary>
/// <param name="Columns">The columns, in order, each with as many cells as there are rows shown.</param>
/// <param name="Total">How many rows there are in all.</param>
internal sealed record Table(IReadOnlyList<TableColumn> Columns, long Total)
{
    private const int PlainCellWidth = 60;

    private int Shown => Columns.Count == 0 ? 0 : Columns[0].Cells.Count;

    private string? Rest => Shown < Total ? string.Create(CultureInfo.InvariantCulture, $"… {Shown} of {Total} rows") : null;

    /// <summary>The first rows of a frame.</summary>
    public static Table Of(DataFrame frame, int limit)
    {
        var shown = (int)Math.Min(frame.Rows.Count, limit);
        return new(
            [.. frame.Columns.Select(column => TableColumn.Of(
                column.Name, column.DataType, [.. Enumerable.Range(0, shown).Select(row => (object?)column[row])]))],
            frame.Rows.Count);
    }

    /// <summary>The first of some objects, one column a public property; null when there are no properties to show.</summary>
    public static Table? OfRecords(IEnumerable records, int limit)
    {
        var all = records.Cast<object?>().ToList();
        var type = all.Select(record => record?.GetType()).FirstOrDefault(t => t is not null);
        if (type is null || type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal)) return null;
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0).ToList();
        if (properties.Count == 0 || all.Any(record => record is not null && !type.IsInstanceOfType(record))) return null;
        var shown = all.Take(limit).ToList();
        return new(
            [.. properties.Select(property => TableColumn.Of(
                property.Name, property.PropertyType, [.. shown.Select(record => Read(property, record))]))],
            all.Count);
    }

    /// <summary>HTML for every front: no scripts, no style sheet.</summary>
    public string ToHtml()
    {
        // GitHub keeps align and drops style; JupyterLab aligns everything right unless a style says otherwise.
        var html = new StringBuilder("<table>\n<thead>\n<tr>");
        foreach (var column in Columns) html.Append(CultureInfo.InvariantCulture, $"<th{Side(column)}>{Html(column.Name)}</th>");
        html.Append("</tr>\n</thead>\n<tbody>\n");
        for (var row = 0; row < Shown; row++)
        {
            html.Append("<tr>");
            foreach (var column in Columns) html.Append(CultureInfo.InvariantCulture, $"<td{Side(column)}>{Html(column.Cells[row])}</td>");
            html.Append("</tr>\n");
        }
        html.Append("</tbody>\n</table>");
        return Rest is null ? html.ToString() : html.Append(CultureInfo.InvariantCulture, $"\n<p>{Rest}</p>").ToString();

        static string Side(TableColumn column) => column.IsNumeric ? " align=\"right\"" : " style=\"text-align:left\"";
    }

    /// <summary>A table of GitHub's Markdown.</summary>
    public string ToMarkdown()
    {
        var lines = new List<string>
        {
            Line(Columns.Select(column => Markdown(column.Name))),
            Line(Columns.Select(column => column.IsNumeric ? "---:" : ":---")),
        };
        for (var row = 0; row < Shown; row++) lines.Add(Line(Columns.Select(column => Markdown(column.Cells[row]))));
        if (Rest is not null) lines.AddRange(["", Rest]);
        return string.Join('\n', lines);

        static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
    }

    /// <summary>Text in columns, for terminals; long cells are cut.</summary>
    public string ToText()
    {
        var lines = Enumerable.Range(0, Shown + 1).Select(_ => new StringBuilder()).ToList();
        foreach (var column in Columns)
        {
            string[] cells = [Plain(column.Name), .. column.Cells.Select(Plain)];
            var width = cells.Max(cell => cell.Length);
            foreach (var (line, cell) in lines.Zip(cells))
                line.Append(line.Length > 0 ? "  " : "").Append(column.IsNumeric ? cell.PadLeft(width) : cell.PadRight(width));
        }
        var text = string.Join('\n', lines.Select(line => line.ToString().TrimEnd()));
        return Rest is null ? text : $"{text}\n{Rest}";
    }

    private static object? Read(PropertyInfo property, object? record)
    {
        try
        {
            return record is null ? null : property.GetValue(record);
        }
        catch (TargetInvocationException e)
        {
            return $"{e.InnerException?.GetType().Name}: {e.InnerException?.Message}";
        }
    }

    private static string Html(string text) => WebUtility.HtmlEncode(text).ReplaceLineEndings("<br>");

    private static string Markdown(string text)
    {
        var escaped = new StringBuilder();
        foreach (var letter in WebUtility.HtmlEncode(text).ReplaceLineEndings("\n"))
        {
            if (letter == '\n') escaped.Append("<br>");
            else if (letter is '\\' or '|' or '`' or '*' or '_' or '[' or ']' or '$' or '~') escaped.Append('\\').Append(letter);
            else escaped.Append(letter);
        }
        return escaped.ToString();
    }

    private static string Plain(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= PlainCellWidth ? line : line[..(PlainCellWidth - 1)] + "…";
    }
}
