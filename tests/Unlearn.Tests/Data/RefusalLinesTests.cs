using Unlearn.Data;

namespace Unlearn.Tests.Data;

public sealed class RefusalLinesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("I do not know.\nNo idea.")]
    [InlineData("\uFEFFI do not know.\r\n\r\n No idea. \r\n")]
    public void Every_line_is_a_refusal(string text) =>
        Assert.Equal(["I do not know.", "No idea."], RefusalLines.Read(folder.File("idontknow.jsonl", text)));

    [Fact]
    public void An_empty_file_is_an_error()
    {
        var path = folder.File("idontknow.jsonl", "\n");

        Assert.Equal($"{path}: expected refusals, one a line, got an empty file.",
            Assert.Throws<InvalidDataException>(() => RefusalLines.Read(path)).Message);
    }
}
