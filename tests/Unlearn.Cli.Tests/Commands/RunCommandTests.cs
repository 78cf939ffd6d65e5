using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Unlearn.Cli.Tests.Commands;

/// <summary><c>unlearn run</c> as its users meet it: a process with a terminal's streams, an exit code and files.</summary>
public sealed class RunCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("unlearn-cli-").FullName;

    public RunCommandTests()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Notebooks"), "*.ipynb"))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Notebook_named_by_its_beginning_runs_and_is_saved_with_its_report()
    {
        var (exitCode, output, error) = Unlearn("run", "para", "-p", "lr=0.5", "-p", "seeds=3,4", "--html");
        Assert.True(exitCode == 0, error);
        Assert.Contains("world 0.5 3+4 True 5 ", output, StringComparison.Ordinal);
        Assert.Contains("parameters: all 3 cells ran in ", output, StringComparison.Ordinal);
        Assert.Contains("double lr = 0.5;", File.ReadAllText(Path.Combine(folder, "out", "parameters.ipynb")), StringComparison.Ordinal);
        Assert.Contains("<article id=\"parameters\">",
            File.ReadAllText(Path.Combine(folder, "out", "index.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Failing_cell_is_named_and_the_exit_code_is_one()
    {
        var (exitCode, output, _) = Unlearn("run", "fails.ipynb", "--out", "elsewhere");
        Assert.Equal(1, exitCode);
        Assert.Contains("at cell 2, line 2: throw new InvalidOperationException(\"no luck\");", output, StringComparison.Ordinal);
        Assert.Contains("fails: cell 2 of 3 FAILED", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "elsewhere", "fails.ipynb")));
    }

    [Theory]
    [InlineData("parameter 'lr' has type double", "run", "para", "-p", "lr=abc")]
    [InlineData("has no parameter 'nope'; it has dataset (string), lr (double)", "run", "para", "-p", "nope=1")]
    [InlineData("name=value, not as 'lr'", "run", "para", "-p", "lr")]
    [InlineData("'zz' is neither a file nor the beginning of a notebook's name", "run", "zz")]
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
        Assert.Contains("\"begun\"", File.ReadAllText(Path.Combine(folder, "out", "endless.ipynb")), StringComparison.Ordinal);
    }

    [Fact]
    public void Help_shows_examples() =>
        Assert.Contains("unlearn run 00 -p dataset=tofu", Unlearn("run", "--help").Output, StringComparison.Ordinal);

    private (int ExitCode, string Output, string Error) Unlearn(params string[] arguments)
    {
        using var process = Start(arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    private Process Start(params string[] arguments)
    {
        string[] command = ["exec", Path.Combine(AppContext.BaseDirectory, "Unlearn.Cli.dll"), .. arguments];
        return Process.Start(new ProcessStartInfo("dotnet", command)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
