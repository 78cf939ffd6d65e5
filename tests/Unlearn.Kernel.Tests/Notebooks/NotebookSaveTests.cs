using Unlearn.Kernel.Notebooks;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Tests.Notebooks;

public sealed class NotebookSaveTests
{
    [Fact]
    public async Task Saved_outputs_are_numbered_as_if_nothing_had_been_injected_and_leave_no_times()
    {
        // The default itself, passed from outside: the same parameters, although a cell was injected.
        var run = await Run(("lr", "0.0010"));
        var committed = Sample.Load("parameters");
        NotebookSave.Into(run, committed);
        Assert.Equal([1, 2], committed.Cells.Where(c => c.Kind == CellKind.Code).Select(c => c.ExecutionCount));
        Assert.DoesNotContain("execution\":", committed.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("injected", committed.ToString(), StringComparison.Ordinal);
        Assert.Equal(RunRecord.HashOf(committed), RunRecord.Of(committed)!.CodeSha256);

        var once = committed.ToString();
        NotebookSave.Into(await Run(), committed);
        Assert.Equal(once, committed.ToString());
    }

    [Fact]
    public async Task Outputs_of_other_parameters_are_refused_or_bring_their_parameters_along()
    {
        var run = await Run(("lr", "0.25"), ("seeds", "7,8"), ("limit", "3"));
        var committed = Sample.Load("parameters");
        Assert.Contains("--with-parameters", Assert.Throws<NotebookException>(() => NotebookSave.Into(run, committed)).Message,
            StringComparison.Ordinal);
        Assert.Equal(Sample.Load("parameters").ToString(), committed.ToString());

        NotebookSave.Into(run, committed, withParameters: true);
        Assert.Equal(RunRecord.HashOf(committed), RunRecord.Of(run)!.CodeSha256);
        var again = await NotebookRunner.RunAsync(committed, new());
        Assert.Equal(CellStatus.Succeeded, again.Status);
        Assert.Contains("0.25 7+8 ", NotebookJson.Text(committed.Cells[^1].Outputs.First()!["text"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outputs_of_changed_code_and_of_broken_runs_are_refused()
    {
        var run = await Run();
        var committed = Sample.Load("parameters");
        committed.Cells[^1].Rewrite(committed.Cells[^1].Source + " ;");
        Assert.Contains("has changed since the run", Assert.Throws<NotebookException>(() => NotebookSave.Into(run, committed)).Message,
            StringComparison.Ordinal);

        var broken = Sample.Load("fails");
        await NotebookRunner.RunAsync(broken, new());
        Assert.Contains("'failed'", Assert.Throws<NotebookException>(() => NotebookSave.Into(broken, Sample.Load("fails"))).Message,
            StringComparison.Ordinal);
        Assert.Contains("no record of a run", Assert.Throws<NotebookException>(
            () => NotebookSave.Into(Sample.Load("fails"), Sample.Load("fails"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("var lr = 3e-4;", "double lr = 0.0003;", "var lr = 3e-4;")]
    [InlineData("var lr = 0.5; // rate", "double lr = 1;", "double lr = 1; // rate")]
    [InlineData("var seed = 0L;", "long seed = 5;", "long seed = 5;")]
    [InlineData("var p = \"quick\";", "string p = \"full\";", "var p = \"full\";")]
    [InlineData("var s = new[] { 1, 2 };", "int[] s = [3];", "int[] s = [3];")]
    [InlineData("int a = 1, b = -2;", "int b = 3;", "int a = 1, b = 3;")]
    [InlineData("var a = -2;", "int a = -2;", "var a = -2;")]
    public void Injected_values_take_the_place_of_defaults_that_differ(string defaults, string injected, string merged) =>
        Assert.Equal(merged, ParameterCell.Merge(defaults, injected));

    [Fact]
    public async Task Stripping_a_run_gives_the_committed_notebook_again_but_for_cells_that_keep_theirs()
    {
        var run = await Run();
        Assert.Equal(2, NotebookStrip.Apply(run));
        Assert.Equal(Sample.Load("parameters").ToString(), run.ToString());

        var kept = Notebook.Parse(Sample.Load("tags").ToString().Replace("raises-exception", "keep_output", StringComparison.Ordinal), "n");
        kept.Cells[1].Store([new StreamOutput("stdout", "x")], 1);
        kept.Cells[2].Store([new StreamOutput("stdout", "x")], 2);
        Assert.Equal(1, NotebookStrip.Apply(kept));
        Assert.Single(kept.Cells[1].Outputs);
        Assert.Empty(kept.Cells[2].Outputs);
    }

    private static async Task<Notebook> Run(params (string Name, string Value)[] parameters)
    {
        var notebook = Sample.Load("parameters");
        var run = await NotebookRunner.RunAsync(notebook, new() { Parameters = parameters.ToDictionary(p => p.Name, p => p.Value) });
        Assert.Equal(CellStatus.Succeeded, run.Status);
        return notebook;
    }
}
