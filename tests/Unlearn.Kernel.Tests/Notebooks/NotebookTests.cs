using System.Text.Json.Nodes;
using Unlearn.Kernel.Notebooks;

namespace Unlearn.Kernel.Tests.Notebooks;

public sealed class NotebookTests
{
    [Fact]
    public void Untouched_notebook_is_written_back_byte_for_byte() =>
        Assert.Equal(File.ReadAllText(Sample.PathOf("round-trip")), Sample.Load("round-trip").ToString());

    [Fact]
    public void Executed_notebook_differs_only_in_what_ran()
    {
        var notebook = Sample.Load("round-trip");
        notebook.Cells[1].Store([new ResultOutput(MimeBundle.Plain("2\nlines"), 1)], 1);
        var expected = File.ReadAllText(Sample.PathOf("round-trip"))
            .Replace("\"execution_count\": null", "\"execution_count\": 1", StringComparison.Ordinal)
            .Replace("   \"outputs\": [],", """
                   "outputs": [
                    {
                     "data": {
                      "text/plain": [
                       "2\n",
                       "lines"
                      ]
                     },
                     "execution_count": 1,
                     "metadata": {},
                     "output_type": "execute_result"
                    }
                   ],
                """.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(expected, notebook.ToString());
    }

    [Theory]
    [InlineData("\"a\\nb\"")]
    [InlineData("[\"a\\n\", \"b\"]")]
    public void Source_may_be_one_text_or_a_list_of_lines(string source)
    {
        var notebook = Notebook.Parse($$"""{"nbformat":4,"cells":[{"cell_type":"code","source":{{source}} }],"metadata":{} }""", "n");
        Assert.Equal("a\nb", notebook.Cells[0].Source);
    }

    [Theory]
    [InlineData("", "not a valid notebook")]
    [InlineData("[]", "JSON object")]
    [InlineData("{\"nbformat\":3}", "nbformat 4")]
    [InlineData("{\"nbformat\":\"4\"}", "not a valid notebook")]
    [InlineData("{\"nbformat\":4}", "no list of cells")]
    [InlineData("{\"nbformat\":4,\"cells\":[1]}", "cell 1")]
    [InlineData("{\"nbformat\":4,\"cells\":[{\"cell_type\":\"video\"}]}", "video")]
    [InlineData("{\"nbformat\":4,\"nbformat\":4,\"cells\":[]}", "not a valid notebook")]
    [InlineData("{\"nbformat\":4,\"cells\":[{\"cell_type\":\"code\",\"source\":[1]}]}", "cell 1: source should be text or a list")]
    [InlineData("{\"nbformat\":4,\"cells\":[],\"metadata\":{\"kernelspec\":{\"language\":\"python\"}}}", "notebook for python")]
    public void Malformed_notebook_says_what_is_wrong(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<NotebookException>(() => Notebook.Parse(json, "n")).Message, StringComparison.Ordinal);

    [Fact]
    public void Missing_file_is_named() =>
        Assert.Contains("absent.ipynb",
            Assert.Throws<NotebookException>(() => Notebook.Load("absent.ipynb")).Message, StringComparison.Ordinal);

    [Fact]
    public void Pictures_stay_one_text_and_keep_their_metadata()
    {
        var bundle = MimeBundle.Plain("chart")
            .With(MimeTypes.Png, JsonValue.Create("AAAA"), new JsonObject { ["width"] = 10 })
            .With(MimeTypes.Plotly, new JsonObject { ["data"] = new JsonArray() });
        var expected = JsonNode.Parse("""
            {
              "data": { "application/vnd.plotly.v1+json": { "data": [] }, "image/png": "AAAA", "text/plain": ["chart"] },
              "metadata": { "image/png": { "width": 10 } },
              "output_type": "display_data"
            }
            """);
        Assert.Equal(expected!.ToJsonString(), NotebookJson.Output(new DisplayOutput(bundle, "d")).ToJsonString());
    }

    [Fact]
    public void Writes_in_a_row_to_one_stream_become_one_output()
    {
        var log = new OutputLog();
        foreach (var (name, text) in new[] { ("stdout", "a"), ("stdout", "b\n"), ("stderr", "c"), ("stdout", "d") })
            log.Add(1, new StreamOutput(name, text));
        Assert.Equal([new StreamOutput("stdout", "ab\n"), new StreamOutput("stderr", "c"), new StreamOutput("stdout", "d")], log.Of(1));
    }
}
