using Unlearn.Kernel.Notebooks;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Tests.Notebooks;

public sealed class NotebookRunnerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("unlearn-runs-").FullName;

    private string Saved => Path.Combine(folder, "saved.ipynb");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Parameters_shadow_the_defaults()
    {
        var notebook = Sample.Load("parameters");
        var parameters = new Dictionary<string, string> { ["lr"] = "0.25", ["seeds"] = "7,8,9", ["limit"] = "3" };
        var run = await Run(notebook, new() { Parameters = parameters });
        Assert.Equal(CellStatus.Succeeded, run.Status);
        Assert.Equal(3, run.Cells.Length);
        Assert.Equal("world 0.25 7+8+9 True 5 3", StreamOf(notebook.Cells[^1]));
    }

    [Fact]
    public async Task Run_stops_at_the_failing_cell_and_saves_what_ran()
    {
        var notebook = Sample.Load("fails");
        var run = await Run(notebook, new() { Output = Saved });
        Assert.Equal((CellStatus.Failed, 2, 3), (run.Status, run.Cells.Length, run.Total));
        Assert.Equal(("InvalidOperationException", "no luck"), (run.Error!.Name, run.Error.Message));

        var saved = Notebook.Load(Saved);
        Assert.Equal([1, 2, null], saved.Cells.Where(c => c.Kind == CellKind.Code).Select(c => c.ExecutionCount));
        Assert.Equal("told from cell 2", NotebookJson.Text(saved.Cells[1].Outputs.First()!["data"]!["text/plain"]));
        Assert.Equal("error", (string?)saved.Cells[2].Outputs.Single()!["output_type"]);
        Assert.Empty(saved.Cells[3].Outputs);
        Assert.Equal([Saved], Directory.GetFiles(folder));
    }

    [Fact]
    public async Task Interruption_saves_what_ran()
    {
        using var stop = new CancellationTokenSource();
        var progress = new Watch(o => { if (o is StreamOutput { Text: "looping" }) stop.CancelAfter(100); });
        var run = await NotebookRunner.RunAsync(Sample.Load("endless"), new() { Output = Saved }, progress, stop.Token);
        Assert.Equal((CellStatus.Interrupted, 2), (run.Status, run.Cells.Length));

        var saved = Notebook.Load(Saved);
        Assert.Equal("begun", StreamOf(saved.Cells[0]));
        Assert.Equal("looping", StreamOf(saved.Cells[1]));
        Assert.Equal("Interrupted", (string?)saved.Cells[1].Outputs.Last()!["ename"]);
        Assert.Null(saved.Cells[2].ExecutionCount);
    }

    [Fact]
    public async Task Cell_that_takes_too_long_fails_by_its_number()
    {
        var notebook = Sample.Load("endless");
        var run = await Run(notebook, new() { CellTimeout = TimeSpan.FromSeconds(6) });
        Assert.Equal(CellStatus.Failed, run.Status);
        Assert.Equal("cell 2 took longer than the 6 s it may take", run.Error!.Message);
        Assert.Equal("Timeout", (string?)notebook.Cells[1].Outputs.Last()!["ename"]);
    }

    [Fact]
    public async Task Tags_skip_a_cell_or_let_it_fail()
    {
        var notebook = Sample.Load("tags");
        var run = await Run(notebook, new());
        Assert.Equal((CellStatus.Succeeded, 2), (run.Status, run.Cells.Length));
        Assert.Equal("reached", StreamOf(notebook.Cells[2]));
    }

    [Fact]
    public async Task Progress_hears_of_every_cell_in_order()
    {
        var progress = new Watch(_ => { });
        await NotebookRunner.RunAsync(Sample.Load("fails"), new(), progress);
        Assert.Equal(["started 1/3", "ended 1 Succeeded", "started 2/3", "ended 2 Failed"], progress.Events);
    }

    [Fact]
    public async Task Cell_of_another_language_is_refused_before_anything_runs()
    {
        var json = File.ReadAllText(Sample.PathOf("fails"))
            .Replace(
                "\"id\": \"third\",\n   \"metadata\": {}",
                "\"id\": \"third\",\n   \"metadata\": {\"polyglot_notebook\": {\"kernelName\": \"fsharp\"}}",
                StringComparison.Ordinal);
        var error = await Assert.ThrowsAsync<NotebookException>(() => Run(Notebook.Parse(json, "n"), new() { Output = Saved }));
        Assert.Equal("n: code cell 3 is for the subkernel 'fsharp'; only C# cells can be run.", error.Message);
        Assert.False(File.Exists(Saved));
    }

    private static Task<NotebookRun> Run(Notebook notebook, RunOptions options) => NotebookRunner.RunAsync(notebook, options);

    private static string StreamOf(NotebookCell cell) => NotebookJson.Text(cell.Outputs.First()!["text"]);

    private sealed class Watch(Action<CellOutput> see) : IRunProgress
    {
        public List<string> Events { get; } = [];

        public void Started(int number, int total, string source) => Events.Add($"started {number}/{total}");

        public void Output(CellOutput output) => see(output);

        public void Ended(int total, CellRun cell) => Events.Add($"ended {cell.Number} {cell.Status}");
    }
}
