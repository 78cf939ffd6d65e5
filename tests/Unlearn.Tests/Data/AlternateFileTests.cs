using Unlearn.Data;

namespace Unlearn.Tests.Data;

public sealed class AlternateFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string FileOf(string text)
    {
        var path = Path.Combine(folder.Path, "alternates.json");
        File.WriteAllText(path, text);
        return path;
    }

    [Fact]
    public void Rows_come_back_as_they_were_from_plain_ASCII()
    {
        AlternateRow[] rows = [new("Who is “Ada”?", "A\\B \"C\"\n", "Zoë 🙂 {x}\t"), new("Where?", "Here.", "")];
        var path = Path.Combine(folder.Path, "out", "alternates.json");

        foreach (var field in new[] { "sub_answer", "alternate" })
        {
            AlternateFile.Write(path, rows, field);
            Assert.Equal(rows, AlternateFile.Read(path));
            Assert.All(File.ReadAllBytes(path), letter => Assert.InRange(letter, (byte)'\n', (byte)'~'));
        }
    }

    // As Python's json.dumps writes it, so that files can be compared byte by byte.
    [Fact]
    public void A_line_has_the_authors_keys_order_and_blanks()
    {
        var path = Path.Combine(folder.Path, "alternates.json");
        AlternateFile.Write(path, [new("Q é", "A", "B")]);

        Assert.Equal("{\"question\": \"Q \\u00e9\", \"answer\": \"A\", \"sub_answer\": \"B\"}\n", File.ReadAllText(path));
    }

    [Theory]
    [InlineData("{\"question\":\"Q\",\"answer\":\"A\",\"sub_answer\":\"B\"}\n{\"question\"", "alternates.json(2): expected one complete JSON")]
    [InlineData("{\"question\":\"Q\",\"answer\":\"A\"}", "(1): expected a text 'sub_answer' or 'alternate', got neither")]
    [InlineData("{\"question\":\"Q\",\"answer\":3,\"alternate\":\"B\"}", "(1): expected a text 'answer', got none")]
    [InlineData("{\"question\":\"Q\",\"answer\":\"A\",\"alternate\":[\"B\"]}", "(1): expected a text 'sub_answer' or 'alternate'")]
    [InlineData("{\"question\":\"Q\",\"answer\":\"A\",\"alternate\":\"\\ud83d\"}", "half of a surrogate pair")]
    [InlineData("[1]", "(1): expected a JSON object")]
    [InlineData("\n \n", "got a file without any")]
    public void A_damaged_file_is_refused_with_file_and_line(string text, string said) =>
        Assert.Contains(said, Assert.Throws<InvalidDataException>(() => AlternateFile.Read(FileOf(text))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void No_rows_are_not_written() =>
        Assert.Throws<ArgumentException>(() => AlternateFile.Write(Path.Combine(folder.Path, "none.json"), []));
}
