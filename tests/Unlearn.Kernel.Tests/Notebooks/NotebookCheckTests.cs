using System.Text.Json;
using System.Text.Json.Nodes;
using Unlearn.Kernel.Notebooks;

namespace Unlearn.Kernel.Tests.Notebooks;

public sealed class NotebookCheckTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("unlearn-check-").FullName;

    private string File => Path.Combine(folder, "n.ipynb");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // Written by schema_cases.py, with Jupyter's own nbformat as the judge.
    public static TheoryData<string> Cases =>
        [.. JsonDocument.Parse(System.IO.File.ReadAllText(Fixture)).RootElement.EnumerateArray()
            .Select(c => c.GetProperty("name").GetString()!)];

    private static string Fixture => Path.Combine(AppContext.BaseDirectory, "Notebooks", "schema-cases.json");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Format_is_judged_as_Jupyters_own_library_judges_it(string name)
    {
        var test = JsonNode.Parse(System.IO.File.ReadAllText(Fixture))!.AsArray().Single(c => (string?)c!["name"] == name)!;
        Assert.Equal((bool)test["valid"]!, IsValid(test["notebook"]!.ToJsonString()));
    }

    [Fact]
    public void Id_that_two_cells_share_is_found()
    {
        var root = Good().Root;
        root["cells"]![1]!["id"] = "text";
        Assert.Equal([("cell 2", "an id of its own", "'text', which is cell 1's")], NotebookSchema.Breaches(root));
    }

    [Fact]
    public void Notebook_that_is_fit_has_no_finding() => Assert.Empty(Check(Good()));

    [Fact]
    public void Finding_is_one_line_with_file_place_expected_and_found()
    {
        var notebook = Good();
        notebook.Cells[2].Store([], null);
        Assert.Equal($"{File}: cell 3: expected the outputs of one run from top to bottom, this cell's number being 2, "
            + "found a cell that did not run", Assert.Single(Check(notebook)).ToString());
    }

    [Theory]
    [InlineData("var lr = 0.5;", "var lr = 0.25;")]
    [InlineData("Console.Write(lr);", "Console.Write(lr + 1);")]
    public void Outputs_of_other_parameters_or_code_are_found(string old, string changed)
    {
        var notebook = Notebook.Parse(Good().ToString().Replace(old, changed, StringComparison.Ordinal), "n");
        Assert.StartsWith("outputs of the code and parameters that stand here",
            Assert.Single(Check(notebook)).Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_record_of_the_run_is_found()
    {
        var notebook = Good();
        notebook.Root["metadata"]!.AsObject().Remove("unlearn");
        Assert.Equal("the record of the run that made the outputs", Assert.Single(Check(notebook)).Expected);
    }

    [Fact]
    public void Metadata_of_another_kernel_is_found()
    {
        var notebook = Good();
        notebook.Root["metadata"]!["kernelspec"]!["name"] = "csharp";
        notebook.Root["metadata"]!.AsObject().Remove("language_info");
        Assert.Equal(
            ["kernelspec.name \".net-csharp\"", "language_info.name \"C#\"", "language_info.file_extension \".cs\"",
            "language_info.mimetype \"text/x-csharp\"", "language_info.pygments_lexer \"csharp\""],
            Check(notebook).Select(f => f.Expected));
    }

    [Theory]
    [InlineData("see /srv/models/a.bin", "/srv/models/a.bin")]
    [InlineData("\"/opt/x\"", "/opt/x")]
    [InlineData(@"C:\data\x.csv", @"C:\data\x.csv")]
    [InlineData("file:///srv/x", "file:///srv/x")]
    [InlineData("https://a.org/b/c and/or x/y/z </td></tr> text/html ../a/b ./c/d {a}/b/c", null)]
    [InlineData("<img src=\"data:image/png;base64,AA /aa/bb\">", "/aa/bb")]
    [InlineData("data:image/png;base64,AA/aa/bb==", null)]
    public void Absolute_paths_in_outputs_are_found_and_nothing_else(string text, string? path)
    {
        var notebook = Good();
        notebook.Cells[2].Store([new StreamOutput("stdout", text)], 2);
        Assert.Equal(path is null ? [] : [path], Check(notebook).Select(f => f.Found));
    }

    [Fact]
    public void Chart_without_picture_and_text_is_found()
    {
        var notebook = Good();
        notebook.Cells[2].Store([new DisplayOutput(MimeBundle.Empty.With(MimeTypes.Plotly, new JsonObject()), "d")], 2);
        Assert.Equal(["none as image/png", "none as text/plain"], Check(notebook).Select(f => f.Found));
    }

    [Fact]
    public void Picture_that_is_not_there_is_found()
    {
        Directory.CreateDirectory(Path.Combine(folder, "images"));
        System.IO.File.WriteAllText(Path.Combine(folder, "images", "a b.png"), "x");
        var notebook = Good("![a](images/a%20b.png) ![b](images/b.png) <img src='c.png'> ![d](https://x.org/d.png) ![e](attachment:e.png)");
        Assert.Equal(["images/b.png", "c.png", "attachment:e.png"], Check(notebook).Select(f => f.Found));
    }

    [Fact]
    public void File_of_more_than_a_megabyte_is_found()
    {
        var notebook = Good();
        notebook.Cells[2].Store([new StreamOutput("stdout", new string('x', 1_000_000))], 2);
        Assert.StartsWith("at most 1,000,000 bytes", Assert.Single(Check(notebook)).Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_and_injected_cells_are_found_unless_a_tag_allows_the_error()
    {
        var notebook = Good();
        notebook.Cells[2].Store([new ErrorOutput("E", "m", [])], 2);
        notebook.InsertCode(2, "injected-parameters", "double lr = 0.5;", "injected-parameters");
        Assert.Contains(Check(notebook), f => f is { Place: "cell 4", Expected: "no error" });
        Assert.Contains(Check(notebook), f => f is { Place: "cell 3", Expected: "the parameters in the cell of defaults only" });
    }

    [Fact]
    public void File_that_is_no_notebook_is_a_finding()
    {
        System.IO.File.WriteAllText(File, "{");
        Assert.Contains("not a valid notebook", Assert.Single(NotebookCheck.Run(File)).Found, StringComparison.Ordinal);
    }

    private static bool IsValid(string json)
    {
        try
        {
            return !NotebookSchema.Breaches(Notebook.Parse(json, "n").Root).Any();
        }
        catch (NotebookException)
        {
            return false;
        }
    }

    private IReadOnlyList<Finding> Check(Notebook notebook)
    {
        notebook.Save(File);
        return NotebookCheck.Run(File);
    }

    private static Notebook Good(string text = "# Title")
    {
        var notebook = Notebook.Parse("""
            {
             "cells": [
              {"cell_type": "markdown", "id": "text", "metadata": {}, "source": []},
              {"cell_type": "code", "execution_count": 1, "id": "p", "metadata": {"tags": ["parameters"]}, "outputs": [],
               "source": "var lr = 0.5;"},
              {"cell_type": "code", "execution_count": 2, "id": "c", "metadata": {}, "outputs": [], "source": "Console.Write(lr);"}
             ],
             "metadata": {
              "kernelspec": {"display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp"},
              "language_info": {"file_extension": ".cs", "mimetype": "text/x-csharp", "name": "C#", "pygments_lexer": "csharp"}
             },
             "nbformat": 4,
             "nbformat_minor": 5
            }
            """, "n");
        notebook.Cells[0].Rewrite(text);
        new RunRecord(RunRecord.HashOf(notebook), null, null, new Dictionary<string, string>()).Store(notebook);
        return notebook;
    }
}
