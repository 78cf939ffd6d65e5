namespace Setup.Tests;

public sealed class NotebooksRunTests : IDisposable
{
    private readonly Machine _machine = new();

    public NotebooksRunTests()
    {
        _machine.Write(".devcontainer/setup.sh", "exit 0");
        File.SetUnixFileMode(_machine.PathOf(".devcontainer/setup.sh"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        foreach (var notebook in new[] { "10-npo", "00-start-here", "out/00-start-here", ".ipynb_checkpoints/00-start-here" })
            _machine.Write($"notebooks/{notebook}.ipynb", "{}");
        _machine.Play("dotnet", """
            case $1 in *.dll) exit 7 ;; esac
            """);
    }

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Without_a_name_every_notebook_runs_in_order_but_no_result_of_an_earlier_run() =>
        Assert.Equal(Command("00-start-here", "10-npo"), RunnerCall());

    [Theory]
    [InlineData("00")]
    [InlineData("00-start-here.ipynb")]
    public void A_name_selects_by_its_beginning(string name) => Assert.Equal(Command("00-start-here"), RunnerCall(name));

    [Fact]
    public void Several_names_run_in_the_order_they_are_given() => Assert.Equal(Command("10-npo", "00-start-here"), RunnerCall("10", "00"));

    [Fact]
    public void Parameters_and_other_options_reach_the_runner_as_they_are() =>
        Assert.Equal(Command("00-start-here") + " -p dataset=tofu --fresh", RunnerCall("-p", "dataset=tofu", "00", "--fresh"));

    [Fact]
    public void The_exit_code_is_the_runners() => Assert.Equal(7, _machine.Run("notebooks/run").ExitCode);

    [Fact]
    public void An_unknown_name_is_answered_with_the_names_there_are()
    {
        var outcome = _machine.Run("notebooks/run", ["99"]);

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("no notebook's name starts with 99", outcome.Errors);
        Assert.Contains("00-start-here.ipynb", outcome.Errors);
        Assert.Contains("10-npo.ipynb", outcome.Errors);
        Assert.Empty(outcome.Calls);
    }

    [Fact]
    public void A_parameter_without_a_value_is_refused()
    {
        var outcome = _machine.Run("notebooks/run", ["00", "-p"]);

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("expected name=value after -p", outcome.Errors);
    }

    [Fact]
    public void Nothing_runs_when_the_build_fails()
    {
        _machine.Play("dotnet", "exit 1");

        var outcome = _machine.Run("notebooks/run");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Single(outcome.Calls);
    }

    private string Command(params string[] notebooks) =>
        $"dotnet {_machine.PathOf("lib/artifacts/bin/Unlearn.Cli/release/Unlearn.Cli.dll")} run "
        + string.Join(' ', notebooks.Select(name => _machine.PathOf($"notebooks/{name}.ipynb")))
        + $" --out {_machine.PathOf("notebooks/out")} --html";

    private string RunnerCall(params string[] arguments) => _machine.Run("notebooks/run", arguments).CallsOf("dotnet").Last();
}
