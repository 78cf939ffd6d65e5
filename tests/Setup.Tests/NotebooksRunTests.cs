namespace Setup.Tests;

public sealed class NotebooksRunTests : IDisposable
{
    private readonly Machine _machine = new();

    public NotebooksRunTests()
    {
        _machine.WriteScript(".devcontainer/setup.sh", "echo set up");
        _machine.Play("dotnet", """
            case $1 in *.dll) echo result; exit 7 ;; *) echo built ;; esac
            """);
    }

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData]
    [InlineData("00")]
    [InlineData("-p", "dataset=tofu", "00", "--keep-going")]
    public void Names_and_options_reach_the_runner_as_they_are(params string[] arguments)
    {
        var call = _machine.Run("notebooks/run", arguments).CallsOf("dotnet").Last();

        var runner = _machine.PathOf("lib/artifacts/bin/Unlearn.Cli/release/Unlearn.Cli.dll");
        string[] fixedPart = ["run", "--notebooks", _machine.PathOf("notebooks"), "--out", _machine.PathOf("notebooks/out"), "--html"];
        Assert.Equal(string.Join(' ', ["dotnet", runner, .. fixedPart, .. arguments]), call.TrimEnd());
    }

    [Fact]
    public void The_exit_code_is_the_runners() => Assert.Equal(7, _machine.Run("notebooks/run").ExitCode);

    [Fact]
    public void Standard_output_holds_nothing_but_what_the_runner_writes()
    {
        var outcome = _machine.Run("notebooks/run", ["--json"]);

        Assert.Equal("result\n", outcome.Output);
        Assert.Contains("set up\nbuilt\n", outcome.Errors);
    }

    [Fact]
    public void Nothing_runs_when_the_set_up_fails()
    {
        _machine.WriteScript(".devcontainer/setup.sh", "exit 1");

        var outcome = _machine.Run("notebooks/run");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Empty(outcome.Calls);
    }

    [Fact]
    public void Nothing_runs_when_the_build_fails()
    {
        _machine.Play("dotnet", "exit 1");

        var outcome = _machine.Run("notebooks/run");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Single(outcome.Calls);
    }
}
