using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Xml.Linq;

namespace Unlearn.Cli.Tests.Commands;

/// <summary><c>unlearn run</c> as its users meet it: a process with a terminal's streams, an exit code and files.</summary>
public sealed class RunCommandTests : IDisposable
{
    private readonly CommandLine unlearn = new();

    private string Folder => unlearn.Folder;

    public void Dispose() => unlearn.Dispose();

    [Fact]
    public void Notebook_named_by_its_beginning_runs_and_is_saved_with_its_report()
    {
        var (exitCode, output, error) = Unlearn("run", "para", "-p", "lr=0.5", "-p", "seeds=3,4", "--html");
        Assert.True(exitCode == 0, error);
        Assert.Contains("world 0.5 3+4 True 5 ", output, StringComparison.Ordinal);
        Assert.Contains("parameters: all 3 cells ran in ", output, StringComparison.Ordinal);
        Assert.Contains("double lr = 0.5;", File.ReadAllText(Path.Combine(Folder, "out", "parameters.ipynb")), StringComparison.Ordinal);
        Assert.Contains("<article id=\"parameters\">",
            File.ReadAllText(Path.Combine(Folder, "out", "index.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Failing_cell_is_named_and_the_exit_code_is_one()
    {
        var (exitCode, output, _) = Unlearn("run", "fails.ipynb", "--out", "elsewhere");
        Assert.Equal(1, exitCode);
        Assert.Contains("at cell 2, line 2: throw new InvalidOperationException(\"no luck\");", output, StringComparison.Ordinal);
        Assert.Contains("fails: cell 2 of 3 FAILED", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Folder, "elsewhere", "fails.ipynb")));
    }

    [Theory]
    [InlineData("parameter 'lr' has type double", "run", "para", "-p", "lr=abc")]
    [InlineData("has no parameter 'nope'; it has dataset (string), lr (double)", "run", "para", "-p", "nope=1")]
    [InlineData("name=value, not as 'lr'", "run", "para", "-p", "lr")]
    [InlineData("'zz' is neither a file nor the beginning of a notebook's name", "run", "zz")]
    [InlineData("--profile sets the parameter 'profile', which parameters does not declare; there are dataset, limit, lr",
        "run", "para", "--profile", "smoke")]
    [InlineData("matches no notebook", "run", "z*.ipynb")]
    [InlineData("there are no notebooks in", "run", "--notebooks", "absent")]
    [InlineData("would be overwritten by its executed copy", "run", "fails", "--out", ".")]
    public void Wrong_request_says_what_was_expected_and_the_exit_code_is_two(string expected, params string[] arguments)
    {
        var (exitCode, _, error) = Unlearn(arguments);
        Assert.Equal(2, exitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_is_one_document_and_nothing_else()
    {
        var (exitCode, output, _) = Unlearn("run", "fails", "parameters", "--keep-going", "--json");
        Assert.Equal(1, exitCode);
        var runs = JsonDocument.Parse(output).RootElement.GetProperty("notebooks").EnumerateArray().ToList();
        Assert.Equal(["failed", "succeeded"], runs.Select(r => r.GetProperty("status").GetString()));
        Assert.Equal(2, runs[0].GetProperty("failedCell").GetInt32());
        Assert.Equal("no luck", runs[0].GetProperty("error").GetString());
    }

    [Fact]
    public void Shorthand_sets_its_parameter_where_a_notebook_declares_it_and_says_where_not()
    {
        var (exitCode, output, error) = Unlearn("run", "parameters", "tags", "--dataset", "tofu", "--seeds", "4,5");
        Assert.Equal(0, exitCode);
        Assert.Contains("tofu 0.001 4+5 ", output, StringComparison.Ordinal);
        Assert.Contains("note: tags has no parameter 'dataset', so --dataset tofu does not change it.", error, StringComparison.Ordinal);
        Assert.Contains("2 of 2 notebooks ran to the end", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Value_that_an_option_does_not_have_is_refused()
    {
        Assert.NotEqual(0, Unlearn("run", "para", "--profile", "huge").ExitCode);
        Assert.NotEqual(0, Unlearn("run", "para", "--timeout", "0").ExitCode);
    }

    [Fact]
    public void Pattern_runs_what_matches_and_JUnit_counts_every_cell()
    {
        var (exitCode, _, _) = Unlearn("run", "[ft]a*.ipynb", "ta*.ipynb", "fails", "--junit", "report/runs.xml", "--keep-going");
        Assert.Equal(2, exitCode);          // brackets are no pattern
        (exitCode, _, _) = Unlearn("run", "ta*.ipynb", "fai?s.ipynb", "--junit", "report/runs.xml", "--keep-going");
        Assert.Equal(1, exitCode);
        var suites = XDocument.Load(Path.Combine(Folder, "report", "runs.xml")).Root!;
        Assert.Equal(["tags", "fails"], suites.Elements().Select(e => (string)e.Attribute("name")!));
        Assert.Equal(["5", "1", "1"], ((string[])["tests", "failures", "skipped"]).Select(name => (string)suites.Attribute(name)!));
    }

    [Fact]
    public void Cell_that_takes_too_long_is_stopped_and_its_error_is_saved()
    {
        var (exitCode, output, _) = Unlearn("run", "endless", "--timeout", "6");
        Assert.Equal(1, exitCode);
        Assert.Contains("cell 2 took longer than the 6 s it may take", output, StringComparison.Ordinal);
        Assert.Contains("\"ename\": \"Timeout\"", File.ReadAllText(Path.Combine(Folder, "out", "endless.ipynb")), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_keep_going_the_first_failure_ends_the_command()
    {
        var (exitCode, output, _) = Unlearn("run", "fails", "parameters", "--json");
        Assert.Equal(1, exitCode);
        Assert.Equal(1, JsonDocument.Parse(output).RootElement.GetProperty("notebooks").GetArrayLength());
    }

    [Fact]
    public void Ctrl_C_stops_the_cell_saves_and_exits_with_130()
    {
        using var process = Start("run", "endless");
        while (process.StandardOutput.ReadLine() is { } line && !line.Contains("[2/3]", StringComparison.Ordinal))
        {
        }
        while (process.StandardOutput.Read() is not (-1 or 'l'))
        {
        }
        Assert.Equal(0, Signal(process.Id, 2));
        var rest = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)), "the command did not end");
        Assert.Contains("endless: interrupted in cell 2 of 3", rest, StringComparison.Ordinal);
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("\"begun\"", File.ReadAllText(Path.Combine(Folder, "out", "endless.ipynb")), StringComparison.Ordinal);
    }

    [Fact]
    public void Help_shows_examples() =>
        Assert.Contains("unlearn run 00 -p dataset=tofu", Unlearn("run", "--help").Output, StringComparison.Ordinal);

    private (int ExitCode, string Output, string Error) Unlearn(params string[] arguments) => unlearn.Run(arguments);

    private Process Start(params string[] arguments) => unlearn.Start(arguments);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
