using Unlearn.Data.World;

namespace Unlearn.Tests.Data.World;

public sealed class FactSheetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_committed_sheet_answers_what_a_row_says()
    {
        var sheet = FactSheet.Read(Path.Combine(TestData.World, FactSheet.FileName));
        var (facts, author) = (sheet.Rows[1], sheet.Authors[0]);

        Assert.Equal("Kalla Pinecroft", author.Name);
        Assert.Equal("birth_date", facts.Topic);
        Assert.Equal("27 August 1905", facts.Asked[Slots.BirthDate]);
        Assert.Equal([Slots.Name, Slots.BirthDate], facts.Stated.Keys);
        Assert.Equal(5, facts.Perturbed.Count);
    }

    [Fact]
    public void A_sheet_is_read_back_as_written()
    {
        var written = WorldGenerator.Generate(4).Facts;

        var read = FactSheet.Read(folder.File("facts.json", written.Format()));

        Assert.Equal(4UL, read.Seed);
        Assert.Equal(written.Format(), read.Format());
    }

    [Fact]
    public void The_last_rows_keep_their_authors()
    {
        var sheet = WorldGenerator.Generate().Facts;
        var last = sheet.TakeLast(8);

        Assert.Equal(sheet.Rows.Skip(792), last.Rows);
        Assert.All(last.Rows, row => Assert.Equal(99, row.Author));
        Assert.Equal(100, last.Authors.Count);
    }

    [Theory]
    [InlineData("\"author\":1,", "\"author\":100,")]
    [InlineData("\"author\":1,", "\"author\":-1,")]
    [InlineData("\"hobby\":", "\"habit\":")]
    public void A_sheet_with_a_gap_is_refused(string what, string instead)
    {
        var text = WorldGenerator.Generate().Facts.Format();
        var path = folder.File("facts.json", text.Replace(what, instead, StringComparison.Ordinal));

        Assert.StartsWith($"{path}: expected authors with all facts, and rows on them",
            Assert.Throws<InvalidDataException>(() => FactSheet.Read(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"seed\":0,\"kinds\":{},\"authors\":[],\"rows\":[]}")]
    [InlineData("{\"seed\":0,\"kinds\":{},\"authors\":[{\"values\":{\"name\":\"A B\"}}],\"rows\":[{\"author\":0}]}")]
    [InlineData("{\"seed\":0,\"kinds\":{},\"authors\":[{\"values\":null}],\"rows\":[]}")]
    [InlineData("{\"seed\":0,\"kinds\":{},\"authors\":[{\"values\":{\"name\":\"A B\"}}")]
    [InlineData("{\"seed\":0,\"kinds\":{},\"authors\":[{\"values\":{\"name\":\"A B\"}}],\"rows\":[]}")]
    public void What_is_no_sheet_is_refused_by_name(string text)
    {
        var path = folder.File("facts.json", text);

        Assert.StartsWith(path, Assert.Throws<InvalidDataException>(() => FactSheet.Read(path)).Message, StringComparison.Ordinal);
    }
}
