using System.Globalization;
using System.Text;
using Microsoft.Data.Analysis;

namespace Unlearn.Kernel.Tests.Tables;

public class CsvTests
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private static readonly Type[] Types = [typeof(string), typeof(double), typeof(int), typeof(bool)];

    private static DataFrame Hard() => new(
        new StringDataFrameColumn("text, with comma", [
            "plain", "a \"quoted\" word", "two\nlines", "carriage\r\nreturn", "Zürich, 東京 🦉", "",
        ]),
        new DoubleDataFrameColumn("number", new double?[] { 0.1, 1.0 / 3, null, double.MaxValue, -1e-300, 0 }),
        new Int32DataFrameColumn("count", new int?[] { 1, null, -3, 4, 5, 6 }),
        new BooleanDataFrameColumn("flag", new bool?[] { true, false, null, true, true, false }));

    private static string Written(DataFrame frame, char separator = ',', Encoding? encoding = null, CultureInfo? culture = null)
    {
        using var stream = new MemoryStream();
        DataFrame.SaveCsv(frame, stream, separator, encoding: encoding ?? Utf8, cultureInfo: culture ?? CultureInfo.InvariantCulture);
        return (encoding ?? Utf8).GetString(stream.ToArray());
    }

    private static CultureInfo WithDecimalComma()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        return culture;
    }

    [Fact]
    public void What_was_written_is_read_again()
    {
        var read = DataFrame.LoadCsvFromString(Written(Hard()), dataTypes: Types, cultureInfo: CultureInfo.InvariantCulture);
        Assert.Equal(Hard().Columns.Select(column => column.Name), read.Columns.Select(column => column.Name));
        foreach (var (expected, row) in Hard().Rows.Zip(read.Rows)) Assert.Equal(expected.AsEnumerable(), row.AsEnumerable());
    }

    [Fact]
    public void A_decimal_comma_needs_another_separator_and_then_round_trips()
    {
        var culture = WithDecimalComma();
        Assert.Throws<ArgumentException>(() => Written(Hard(), ',', culture: culture));
        var text = Written(Hard(), ';', culture: culture);
        Assert.Contains("0,10000000000000001", text, StringComparison.Ordinal);
        var read = DataFrame.LoadCsvFromString(text, ';', dataTypes: Types, cultureInfo: culture);
        Assert.Equal(1.0 / 3, read["number"][1]);
    }

    [Fact]
    public void Text_is_ascii_unless_told_otherwise_as_in_the_original()
    {
        using var stream = new MemoryStream();
        DataFrame.SaveCsv(new DataFrame(new StringDataFrameColumn("city", ["Zürich"])), stream);
        Assert.Equal($"city{Environment.NewLine}Z?rich{Environment.NewLine}", Encoding.ASCII.GetString(stream.ToArray()));
    }

    [Fact]
    public void Types_are_guessed_as_the_original_guesses_them()
    {
        var frame = DataFrame.LoadCsvFromString(
            "flag,number,date,text,nothing\ntrue,1,2024-01-31,a,\nfalse,2.5,2024-02-01,1,\nnull,,,null,\n",
            cultureInfo: CultureInfo.InvariantCulture);
        Assert.Equal(
            [typeof(bool), typeof(float), typeof(DateTime), typeof(string), typeof(string)],
            frame.Columns.Select(column => column.DataType));
        Assert.Equal(new object?[] { null, null, null, null, "" }, frame.Rows[2]);
        Assert.Equal(new DateTime(2024, 1, 31), frame["date"][0]);
    }

    [Fact]
    public void Headers_can_be_absent_given_or_repeated()
    {
        Assert.Equal(["Column0", "Column1"], Names(DataFrame.LoadCsvFromString("1,2\n", header: false)));
        Assert.Equal(["a", "b"], Names(DataFrame.LoadCsvFromString("1,2\n", header: false, columnNames: ["a", "b"])));
        Assert.Throws<ArgumentException>(() => DataFrame.LoadCsvFromString("a,a\n1,2\n"));
        Assert.Equal(["a", "a.1"], Names(DataFrame.LoadCsvFromString("a,a\n1,2\n", renameDuplicatedColumns: true)));

        static IEnumerable<string> Names(DataFrame frame) => frame.Columns.Select(column => column.Name);
    }

    [Fact]
    public void Rows_can_be_limited_and_numbered()
    {
        var frame = DataFrame.LoadCsvFromString("a\n1\n2\n3\n", numberOfRowsToRead: 2, addIndexColumn: true);
        Assert.Equal("IndexColumn", frame.Columns[0].Name);
        Assert.Equal(new object?[] { 1, 2f }, frame.Rows[1]);
        Assert.Equal(2, frame.Rows.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a,b\n\"open,1\n")]
    [InlineData("a,b\n\"closed\"x,1\n")]
    [InlineData("a,b\n1,2\n1\n")]
    public void Damaged_text_is_refused(string text) =>
        Assert.Throws<FormatException>(() => DataFrame.LoadCsvFromString(text, cultureInfo: CultureInfo.InvariantCulture));

    [Fact]
    public void A_value_of_the_wrong_type_is_refused_with_its_column()
    {
        var error = Assert.Throws<FormatException>(() => DataFrame.LoadCsvFromString("n\nmany\n", dataTypes: [typeof(int)]));
        Assert.Contains("'n'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_replaced_whole()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("unlearn-csv-").FullName, "table.csv");
        File.WriteAllText(path, new string('x', 10_000));
        DataFrame.SaveCsv(Hard(), path, encoding: Utf8, cultureInfo: CultureInfo.InvariantCulture);
        Assert.Equal(Written(Hard()), File.ReadAllText(path));
        Assert.Equal(6, DataFrame.LoadCsv(path, dataTypes: Types, cultureInfo: CultureInfo.InvariantCulture).Rows.Count);
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }
}
