using System.Text;
using System.Text.Json.Nodes;
using Unlearn.Kernel.Notebooks;

namespace Unlearn.Kernel.Tests.Notebooks;

/// <summary>What a notebook does not change it does not touch, and what it cannot read it refuses.</summary>
public sealed class NotebookBytesTests
{
    // Spellings that no JSON writer would choose all at once: escapes, numbers, spaces, an unknown field, half a surrogate pair.
    private const string Odd = "{ \"nbformat\":4,\n\t\"zz\" : [1.50, 1e+2,-0.0 ,\"\\u0041\\/\\ud83d\" ],\"nbformat_minor\" :5,\n"
        + "\"metadata\":{\"k\\u0065y\":\"Gr\\u00f6ße 😀 \\u2028\"},\n"
        + "\"cells\":[ {\"cell_type\":\"code\",\"id\":\"a\",\"metadata\":{},\"execution_count\":null,\"outputs\":[],\"source\":\"1\"},\n"
        + " {\"cell_type\":\"markdown\",\"id\":\"b\",\"metadata\":{\"x\":1E400},\"source\":[ \"a\" ,\"\\u0062\"]}]\t}  ";

    [Fact]
    public void Odd_spellings_are_written_back_as_they_were() => Assert.Equal(Odd, Notebook.Parse(Odd, "n").ToString());

    [Fact]
    public void Storing_outputs_changes_nothing_else_and_keeps_the_files_own_layout()
    {
        var notebook = Notebook.Parse(Odd, "n");
        notebook.Cells[0].Store([new StreamOutput("stdout", "é\n")], 7);
        var stored = Odd.Replace("\"execution_count\":null", "\"execution_count\":7", StringComparison.Ordinal)
            .Replace("\"outputs\":[]", "\"outputs\":«»", StringComparison.Ordinal).Split("«»");
        var text = notebook.ToString();
        Assert.StartsWith(stored[0], text, StringComparison.Ordinal);
        Assert.EndsWith(stored[1], text, StringComparison.Ordinal);
        var outputs = JsonNode.Parse(text[stored[0].Length..^stored[1].Length])!;
        Assert.Equal("""[{"name":"stdout","output_type":"stream","text":["\u00E9\n"]}]""", outputs.ToJsonString());
        Assert.Contains("\"é\\n\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Clearing_what_was_stored_gives_the_first_bytes_again()
    {
        var notebook = Notebook.Parse(Odd, "n");
        notebook.Cells[0].Store([new StreamOutput("stdout", "x")], 1);
        notebook.Cells[0].Clear();
        Assert.Equal(Odd, notebook.ToString());
    }

    [Fact]
    public void New_metadata_takes_its_place_in_the_alphabet()
    {
        var notebook = Sample.Load("round-trip");
        notebook.Cells[1].StoreTimes(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(1.5));
        Assert.Contains("""
               "metadata": {
                "collapsed": false,
                "execution": {
                 "iopub.execute_input": "1970-01-01T00:00:00.000000Z",
                 "iopub.status.busy": "1970-01-01T00:00:00.000000Z",
                 "iopub.status.idle": "1970-01-01T00:00:01.500000Z",
                 "shell.execute_reply": "1970-01-01T00:00:01.500000Z"
                }
               },
            """.ReplaceLineEndings("\n"), notebook.ToString(), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(1.5), notebook.Cells[1].Elapsed);
    }

    [Fact]
    public void Every_truncation_of_a_notebook_is_refused_clearly()
    {
        var bytes = File.ReadAllText(Sample.PathOf("round-trip"));
        var whole = bytes.TrimEnd().Length;
        for (var length = 0; length < whole; length += 7) AssertRefused(bytes[..length]);
    }

    [Fact]
    public void Mutated_notebooks_load_and_write_themselves_back_or_are_refused_clearly()
    {
        var original = File.ReadAllText(Sample.PathOf("tags"));
        string[] pieces =
            ["null", "\"", "{", "}", "[", "]", ",", ":", "1e999", "-1", "true", "\\u0000", "\\ud800", "\"\"", "[]", "{}", "\u0007"];
        var random = new Random(20_261_121);
        var (loaded, refused) = (0, 0);
        for (var round = 0; round < 3000; round++)
        {
            var at = random.Next(original.Length);
            var text = original.Remove(at, random.Next(Math.Min(12, original.Length - at))).Insert(at, pieces[random.Next(pieces.Length)]);
            try
            {
                var notebook = Notebook.Parse(text, "n");
                Assert.Equal(text, notebook.ToString());
                _ = NotebookSchema.Breaches(notebook.Root).Count();
                _ = RunRecord.HashOf(notebook);
                NotebookStrip.Apply(notebook);
                loaded++;
            }
            catch (NotebookException e)
            {
                Assert.StartsWith("n", e.Message, StringComparison.Ordinal);
                refused++;
            }
        }
        Assert.True(loaded > 100 && refused > 100, $"{loaded} loaded, {refused} refused");
    }

    [Theory]
    [InlineData("\"id\":\"a\"", "\"id\":3")]
    [InlineData("\"execution_count\":null", "\"execution_count\":\"1\"")]
    [InlineData("\"execution_count\":null", "\"execution_count\":1e99")]
    [InlineData("\"outputs\":[]", "\"outputs\":{}")]
    [InlineData("\"outputs\":[]", "\"outputs\":[3]")]
    [InlineData("\"source\":\"1\"", "\"source\":{}")]
    [InlineData("\"source\":\"1\"", "\"source\":[\"a\",null]")]
    [InlineData("\"source\":\"1\"", "\"source\":\"\\ud800\"")]
    [InlineData("\"metadata\":{},\"exec", "\"metadata\":[],\"exec")]
    [InlineData("\"cell_type\":\"code\"", "\"cell_type\":4")]
    public void Field_of_another_type_is_refused_clearly(string old, string wrong)
    {
        Assert.Contains(old, Odd, StringComparison.Ordinal);
        AssertRefused(Odd.Replace(old, wrong, StringComparison.Ordinal));
    }

    [Fact]
    public void Nesting_without_end_is_refused_clearly() => AssertRefused(new string('[', 100_000));

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused_because_they_could_not_be_kept()
    {
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, [.. Encoding.UTF8.GetBytes(Odd[..^3]), 0xFF, (byte)'}']);
        try
        {
            Assert.Contains("not a valid notebook",
                Assert.Throws<NotebookException>(() => Notebook.Load(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void AssertRefused(string text) =>
        Assert.StartsWith("n", Assert.Throws<NotebookException>(() => Notebook.Parse(text, "n")).Message, StringComparison.Ordinal);
}
