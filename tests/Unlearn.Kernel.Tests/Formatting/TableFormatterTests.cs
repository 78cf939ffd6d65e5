using Microsoft.Data.Analysis;
using Unlearn.Kernel.Formatting;

namespace Unlearn.Kernel.Tests.Formatting;

public class TableFormatterTests
{
    private static MimeBundle Shown(params DataFrameColumn[] columns)
    {
        Assert.True(new TableFormatter().TryFormat(new DataFrame(columns), out var bundle));
        return bundle;
    }

    private static string[] Cells(params double[] values) =>
        [.. Shown(new DoubleDataFrameColumn("x", values)).Text(MimeTypes.Plain)!.Split('\n').Skip(1).Select(cell => cell.Trim())];

    [Fact]
    public void A_frame_is_html_markdown_and_text()
    {
        var bundle = Shown(new StringDataFrameColumn("method", ["GA", "NPO"]), new DoubleDataFrameColumn("rouge", [0.51234, 0.1]));
        Assert.Equal([MimeTypes.Html, MimeTypes.Markdown, MimeTypes.Plain], bundle.Data.Keys);
        Assert.Equal(
            """
            <div style="overflow-x:auto">
            <table>
            <thead>
            <tr><th style="text-align:left">method</th><th align="right">rouge</th></tr>
            </thead>
            <tbody>
            <tr><td style="text-align:left">GA</td><td align="right">0.5123</td></tr>
            <tr><td style="text-align:left">NPO</td><td align="right">0.1000</td></tr>
            </tbody>
            </table>
            </div>
            """, bundle.Text(MimeTypes.Html));
        Assert.Equal("| method | rouge |\n| :--- | ---: |\n| GA | 0.5123 |\n| NPO | 0.1000 |", bundle.Text(MimeTypes.Markdown));
        Assert.Equal("method   rouge\nGA      0.5123\nNPO     0.1000", bundle.Text(MimeTypes.Plain));
    }

    [Fact]
    public void Hostile_text_stays_text()
    {
        var bundle = Shown(new StringDataFrameColumn("<script>alert(1)</script>", ["<img src=x onerror=alert(1)>", "a|b\n*c*"]));
        var html = bundle.Text(MimeTypes.Html)!;
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", html, StringComparison.Ordinal);
        var markdown = bundle.Text(MimeTypes.Markdown)!;
        Assert.DoesNotContain("<script", markdown, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith(@"| a\|b<br>\*c\* |", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_shares_its_decimals_where_that_keeps_two_digits_of_the_smallest() =>
        Assert.Equal(["1.0000", "0.9877", "0.0312", "0.0000"], Cells(1, 0.98765, 0.03123, 0));

    [Fact]
    public void Otherwise_each_number_has_four_digits_of_its_own() =>
        Assert.Equal(["0.9877", "0.0004200", "1.000e-09", "12346", "1.234e+08"], Cells(0.98765, 0.00042, 1e-9, 12345.6, 123_400_000));

    [Fact]
    public void Whole_numbers_have_no_decimals_and_odd_ones_have_names() =>
        Assert.Equal(["20", "-3", "NaN", "∞", "-∞"], Cells(20, -3, double.NaN, double.PositiveInfinity, double.NegativeInfinity));

    [Fact]
    public void Nulls_are_dashes_and_other_types_are_invariant()
    {
        var bundle = Shown(
            new Int32DataFrameColumn("n", new int?[] { 1234567, null }), new BooleanDataFrameColumn("flag", [true, false]),
            new DateTimeDataFrameColumn("date", [new DateTime(2024, 1, 31), new DateTime(2024, 1, 31, 13, 5, 0)]));
        Assert.Equal(
            "| n | flag | date |\n| ---: | :--- | :--- |\n| 1234567 | true | 2024-01-31 |\n| – | false | 2024-01-31 13:05:00 |",
            bundle.Text(MimeTypes.Markdown));
    }

    [Fact]
    public void Long_tables_show_their_ends_and_how_many_rows_lie_between()
    {
        var bundle = Shown(new Int32DataFrameColumn("n", Enumerable.Range(0, 250)), new StringDataFrameColumn("s", 250));
        Assert.Contains(
            "<td align=\"right\">24</td><td style=\"text-align:left\">–</td></tr>\n"
            + "<tr><td colspan=\"2\" align=\"center\"><i>… 220 of 250 rows not shown …</i></td></tr>\n"
            + "<tr><td align=\"right\">245</td>", bundle.Text(MimeTypes.Html), StringComparison.Ordinal);
        Assert.Contains("| 24 | – |\n| ⋮ | ⋮ |\n| 245 | – |", bundle.Text(MimeTypes.Markdown), StringComparison.Ordinal);
        Assert.EndsWith("| 249 | – |\n\n… 220 of 250 rows not shown …", bundle.Text(MimeTypes.Markdown), StringComparison.Ordinal);
        var lines = bundle.Text(MimeTypes.Plain)!.Split('\n');
        Assert.Equal([" 24  –", "… 220 of 250 rows not shown …", "245  –"], lines[25..28]);
        Assert.Equal(32, lines.Length);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(1)]
    public void Tables_that_fit_are_shown_whole(int rows)
    {
        var bundle = Shown(new Int32DataFrameColumn("n", Enumerable.Range(0, rows)));
        Assert.Equal(rows + 1, bundle.Text(MimeTypes.Plain)!.Split('\n').Length);
        Assert.DoesNotContain("not shown", bundle.Text(MimeTypes.Html), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_frame_is_an_empty_table() => Assert.Equal(
        "<div style=\"overflow-x:auto\">\n<table>\n<thead>\n<tr></tr>\n</thead>\n<tbody>\n</tbody>\n</table>\n</div>",
        Shown().Text(MimeTypes.Html));

    [Fact]
    public void Records_have_one_column_a_property()
    {
        Assert.True(TableFormatter.TryFormatRecords(new[] { new Run("GA", 0.5), new Run("NPO", 0.25) }, out var bundle));
        Assert.Equal("| Method | Rouge |\n| :--- | ---: |\n| GA | 0.5000 |\n| NPO | 0.2500 |", bundle.Text(MimeTypes.Markdown));
    }

    [Fact]
    public void Numbers_texts_and_nothing_are_no_records()
    {
        Assert.False(TableFormatter.TryFormatRecords(new[] { 1, 2 }, out _));
        Assert.False(TableFormatter.TryFormatRecords(new[] { "a" }, out _));
        Assert.False(TableFormatter.TryFormatRecords(Array.Empty<Run>(), out _));
        Assert.False(new TableFormatter().TryFormat("text", out _));
    }

    [Fact]
    public void A_property_that_throws_shows_its_exception()
    {
        Assert.True(TableFormatter.TryFormatRecords(new[] { new Broken() }, out var bundle));
        Assert.Contains("InvalidOperationException: no", bundle.Text(MimeTypes.Plain), StringComparison.Ordinal);
    }

    private sealed record Run(string Method, double Rouge);

    private sealed class Broken
    {
        public string Message { get; } = "no";

        public int Value => throw new InvalidOperationException(Message);
    }
}
