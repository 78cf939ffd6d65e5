using System.Collections;
using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;
using Microsoft.Data.Analysis;

namespace Unlearn.Kernel.Formatting;

/// <summary>A table as it is shown: all rows, or the first and the last ones where there are too many; every cell already a text.</summary>
/// <param name="Columns">The columns, in order, each with as many cells as there are rows shown.</param>
/// <param name="Total">How many rows there are in all.</param>
/// <param name="Head">How many of those shown are first ones; the others are the last of the table.</param>
internal sealed record Table(IReadOnlyList<TableColumn> Columns, long Total, int Head)
{
    private const int PlainCellWidth = 60;

    private int Shown => Columns.Count == 0 ? 0 : Columns[0].Cells.Count;

    private long Hidden => Columns.Count == 0 ? 0 : Total - Shown;

    private string HiddenNote => string.Create(CultureInfo.InvariantCulture, $"… {Hidden} of {Total} rows not shown …");

    /// <summary>The rows of a frame.</summary>
    public static Table Of(DataFrame frame)
    {
        var rows = RowsShown(frame.Rows.Count);
        return new(
            [.. frame.Columns.Select(column => TableColumn.Of(
                column.Name, column.DataType, [.. rows.Select(row => (object?)column[row])]))],
            frame.Rows.Count, HeadOf(frame.Rows.Count));
    }

    /// <summary>Some objects, one column a public property; null when there are no properties to show.</summary>
    public static Table? OfRecords(IEnumerable records)
    {
        var all = records.Cast<object?>().ToList();
        var type = all.Select(record => record?.GetType()).FirstOrDefault(t => t is not null);
        if (type is null || type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal)) return null;
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0).ToList();
        if (properties.Count == 0 || all.Any(record => record is not null && !type.IsInstanceOfType(record))) return null;
        var shown = RowsShown(all.Count).Select(row => all[(int)row]).ToList();
        return new(
            [.. properties.Select(property => TableColumn.Of(
                property.Name, property.PropertyType, [.. shown.Select(record => Read(property, record))]))],
            all.Count, HeadOf(all.Count));
    }

    /// <summary>HTML for every front: no scripts, no style sheet.</summary>
    public string ToHtml()
    {
        // GitHub keeps align and drops style; JupyterLab aligns everything right unless a style says otherwise.
        // The frame around the table scrolls, where the front keeps styles, so that a wide table does not squeeze its columns.
        var html = new StringBuilder("<div style=\"overflow-x:auto\">\n<table>\n<thead>\n<tr>");
        foreach (var column in Columns) html.Append(CultureInfo.InvariantCulture, $"<th{Side(column)}>{Html(column.Name)}</th>");
        html.Append("</tr>\n</thead>\n<tbody>\n");
        for (var row = 0; row < Shown; row++)
        {
            if (row == Head)
            {
                html.Append(
                    CultureInfo.InvariantCulture, $"<tr><td colspan=\"{Columns.Count}\" align=\"center\"><i>{HiddenNote}</i></td></tr>\n");
            }
            html.Append("<tr>");
            foreach (var column in Columns) html.Append(CultureInfo.InvariantCulture, $"<td{Side(column)}>{Html(column.Cells[row])}</td>");
            html.Append("</tr>\n");
        }
        return html.Append("</tbody>\n</table>\n</div>").ToString();

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
        for (var row = 0; row < Shown; row++)
        {
            if (row == Head) lines.Add(Line(Columns.Select(_ => "⋮")));
            lines.Add(Line(Columns.Select(column => Markdown(column.Cells[row]))));
        }
        if (Hidden > 0) lines.AddRange(["", HiddenNote]);
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
        if (Hidden > 0) lines.Insert(1 + Head, new(HiddenNote));
        return string.Join('\n', lines.Select(line => line.ToString().TrimEnd()));
    }

    private static int HeadOf(long rows) => rows <= TableFormatter.RowLimit ? (int)rows : TableFormatter.FirstRows;

    private static IEnumerable<long> RowsShown(long rows) => rows <= TableFormatter.RowLimit
        ? Range(0, rows)
        : Range(0, TableFormatter.FirstRows).Concat(Range(rows - TableFormatter.LastRows, TableFormatter.LastRows));

    private static IEnumerable<long> Range(long start, long count) => Enumerable.Range(0, (int)count).Select(i => start + i);

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
