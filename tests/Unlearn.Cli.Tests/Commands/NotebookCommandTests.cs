using System.Text.Json;

namespace Unlearn.Cli.Tests.Commands;

public sealed class NotebookCommandTests : IDisposable
{
    private readonly CommandLine unlearn = new();

    public void Dispose() => unlearn.Dispose();

    [Fact]
    public void Check_prints_findings_and_fails()
    {
        var (exitCode, output, _) = unlearn.Run("notebook", "check", "tags.ipynb");
        Assert.Equal(1, exitCode);
        Assert.Contains("tags.ipynb: metadata: expected language_info.name \"C#\", found nothing", output, StringComparison.Ordinal);
        Assert.Contains("tags.ipynb: cell 3: expected the outputs of one run", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_come_as_one_JSON_document_too()
    {
        var (exitCode, output, _) = unlearn.Run("notebook", "check", "tags", "fails", "--json");
        var findings = JsonDocument.Parse(output).RootElement.GetProperty("findings").EnumerateArray();
        Assert.Equal(1, exitCode);
        Assert.Contains(findings, f =>
            f.GetProperty("file").GetString() == "fails.ipynb" && f.GetProperty("place").GetString() == "metadata");
    }

    [Fact]
    public void Run_save_and_strip_come_back_to_the_first_bytes()
    {
        var path = Path.Combine(unlearn.Folder, "parameters.ipynb");
        var before = File.ReadAllText(path);
        Assert.Equal(0, unlearn.Run("run", "parameters").ExitCode);
        Assert.Equal(before, File.ReadAllText(path));
        var (exitCode, output, error) = unlearn.Run("notebook", "save", "para");
        Assert.True(exitCode == 0, error);
        Assert.Equal($"{Path.Combine("out", "parameters.ipynb")} → parameters.ipynb\n", output);
        Assert.Contains("code_sha256", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Equal("parameters.ipynb: 2 cells changed\n", unlearn.Run("notebook", "strip", "parameters.ipynb").Output);
        Assert.Equal(before, File.ReadAllText(path));
    }

    [Theory]
    [InlineData("no such", "notebook", "check", "no such")]
    [InlineData("cannot be read", "notebook", "save", "fails.ipynb", "--notebooks", "absent")]
    [InlineData("is the committed notebook itself", "notebook", "save", "fails.ipynb")]
    public void Wrong_request_says_what_was_expected_and_the_exit_code_is_two(string expected, params string[] arguments)
    {
        var (exitCode, _, error) = unlearn.Run(arguments);
        Assert.Equal(2, exitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }
}
