namespace Setup.Tests;

public sealed class TestsRunTests : IDisposable
{
    private readonly Machine _machine = new();

    public TestsRunTests()
    {
        _machine.WriteScript(".devcontainer/setup.sh", "exit 0");
        foreach (var project in new[] { "A", "B" })
            _machine.Write($"tests/{project}.Tests/{project}.Tests.csproj", "<Project />");

        // Plays the SDK: a report for each test project from the state files "<project>.report" and "<project>.code".
        _machine.Play("dotnet", """
            [ ! -e "$STATE/$1-fails" ] || exit 1
            [ "$1" = test ] || exit 0
            name=$(basename "$2" .csproj)
            while [ "$1" != --results-directory ]; do shift; done
            mkdir -p "$2"
            [ ! -e "$STATE/$name.report" ] || cat "$STATE/$name.report" >"$2/$name.trx"
            exit "$(cat "$STATE/$name.code" 2>/dev/null || echo 0)"
            """);
        Report("A", total: 3, executed: 3, passed: 3);
        Report("B", total: 2, executed: 2, passed: 2);
    }

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void The_last_line_sums_all_projects_and_the_format_check()
    {
        var outcome = _machine.Run("tests/run");

        Assert.Equal("6 passed, 0 failed, 0 skipped", outcome.LastLine);
        Assert.Equal(0, outcome.ExitCode);
    }

    [Fact]
    public void A_failed_test_fails_the_run()
    {
        Report("A", total: 3, executed: 3, passed: 1);
        _machine.Set("A.Tests.code", "1");

        var outcome = _machine.Run("tests/run");

        Assert.Equal("4 passed, 2 failed, 0 skipped", outcome.LastLine);
        Assert.Equal(1, outcome.ExitCode);
    }

    [Fact]
    public void A_failed_test_fails_the_run_even_where_the_test_command_ends_well()
    {
        Report("A", total: 3, executed: 3, passed: 2);

        Assert.Equal(1, _machine.Run("tests/run").ExitCode);
    }

    [Fact]
    public void Skipped_tests_are_counted_and_listed_with_their_reasons()
    {
        Report("A", total: 3, executed: 2, passed: 2, """
            <UnitTestResult executionId="1" testName="A.Tests.Needs_data(name: &quot;x&quot;)" outcome="NotExecuted">
              <Output><ErrorInfo><Message>no ../shared/data &amp; no
            UNLEARN_DATA</Message></ErrorInfo></Output>
            </UnitTestResult>
            <UnitTestResult executionId="2" testName="A.Tests.Other" outcome="Passed"></UnitTestResult>
            """);

        var outcome = _machine.Run("tests/run");

        Assert.Equal("5 passed, 0 failed, 1 skipped", outcome.LastLine);
        Assert.Contains("  A.Tests.Needs_data(name: \"x\"): no ../shared/data & no UNLEARN_DATA\n", outcome.Output);
        Assert.DoesNotContain("A.Tests.Other", outcome.Output);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_project_whose_process_dies_counts_as_a_failure(bool leavesReport)
    {
        if (!leavesReport)
            Report("A", null);
        _machine.Set("A.Tests.code", "134");

        var outcome = _machine.Run("tests/run");

        Assert.Contains(" 1 failed,", outcome.LastLine);
        Assert.Contains("A.Tests ended with exit code 134", outcome.Output);
        Assert.Equal(1, outcome.ExitCode);
    }

    [Fact]
    public void A_project_that_runs_no_test_counts_as_a_failure()
    {
        Report("B", total: 0, executed: 0, passed: 0);

        Assert.Equal("4 passed, 1 failed, 0 skipped", _machine.Run("tests/run").LastLine);
    }

    [Theory]
    [InlineData("build")]
    [InlineData("format")]
    public void A_failed_build_or_format_check_is_a_failure_with_the_same_last_line(string command)
    {
        _machine.Set($"{command}-fails", "");

        var outcome = _machine.Run("tests/run");

        Assert.Equal(command == "build" ? "0 passed, 1 failed, 0 skipped" : "5 passed, 1 failed, 0 skipped", outcome.LastLine);
        Assert.Equal(1, outcome.ExitCode);
    }

    [Fact]
    public void Words_select_tests_and_a_report_of_an_earlier_run_is_not_counted()
    {
        _machine.Run("tests/run");
        Report("B", null);

        var outcome = _machine.Run("tests/run", ["Rouge", "Npo"]);

        Assert.Equal("3 passed, 0 failed, 0 skipped", outcome.LastLine);
        Assert.Contains("--filter FullyQualifiedName~Rouge|FullyQualifiedName~Npo", outcome.CallsOf("dotnet").Last());
        Assert.Equal(0, outcome.ExitCode);
    }

    [Fact]
    public void A_word_that_selects_nothing_fails_the_run()
    {
        Report("A", null);
        Report("B", null);

        var outcome = _machine.Run("tests/run", ["Nothing"]);

        Assert.Equal("0 passed, 0 failed, 0 skipped", outcome.LastLine);
        Assert.Equal(1, outcome.ExitCode);
    }

    private void Report(string project, int total, int executed, int passed, string results = "") => Report(project, $"""
        <TestRun>
          <Results>{results}</Results>
          <Counters total="{total}" executed="{executed}" passed="{passed}" failed="{executed - passed}" notExecuted="0" />
        </TestRun>
        """);

    private void Report(string project, string? text)
    {
        if (text is not null)
            _machine.Set($"{project}.Tests.report", text);
        else
            _machine.Unset($"{project}.Tests.report");
    }
}
