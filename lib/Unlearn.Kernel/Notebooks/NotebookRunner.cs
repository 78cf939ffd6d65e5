using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Notebooks;

/// <summary>Executes a notebook from top to bottom in this process, without a Jupyter server.</summary>
public static class NotebookRunner
{
    private const string TimeoutName = "Timeout";

    /// <summary>Runs every code cell in order and stores what each put out. Stops behind the first cell that fails.</summary>
    /// <remarks>
    /// A cell tagged <c>skip-execution</c> is passed over; a cell tagged <c>raises-exception</c> may fail. The notebook object, and the
    /// file <see cref="RunOptions.Output"/>, hold whatever ran, however the run ends.
    /// </remarks>
    /// <exception cref="NotebookException">A parameter is unknown or of another type, or a cell is not C#:
    /// nothing has run then.</exception>
    public static async Task<NotebookRun> RunAsync(
        Notebook notebook, RunOptions options, IRunProgress? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        ArgumentNullException.ThrowIfNull(options);
        var clock = Stopwatch.StartNew();
        ParameterCell.Inject(notebook, options.Parameters);
        RejectOtherLanguages(notebook);

        foreach (var cell in notebook.Cells.Where(c => c.Kind == CellKind.Code)) cell.Clear();
        NotebookCell[] cells = [.. notebook.Cells.Where(c => !c.IsSkipped)];
        var record = new RunRecord(RunRecord.HashOf(notebook), "running", null, options.Parameters);
        var runs = ImmutableArray.CreateBuilder<CellRun>(cells.Length);
        var (status, error) = (CellStatus.Succeeded, (ErrorOutput?)null);
        using var session = Session.Start(options.Session);
        var log = new OutputLog();

        foreach (var (index, cell) in cells.Index())
        {
            if (cancellation.IsCancellationRequested)
            {
                (status, error) = (CellStatus.Interrupted, null);
                break;
            }
            progress?.Started(index + 1, cells.Length, cell.Source);
            var result = await RunCellAsync(cell, index + 1).ConfigureAwait(false);
            var mayFail = result is { Status: CellStatus.Failed, Error.Name: not TimeoutName } && cell.Tags.Contains("raises-exception");
            runs.Add(new(index + 1, result.Status, result.Elapsed, Headline(cell.Source), result.Error, mayFail));
            progress?.Ended(cells.Length, runs[^1]);

            if (result.Status != CellStatus.Succeeded && !mayFail) (status, error) = (result.Status, result.Error);
            if (status != CellStatus.Succeeded) break;
            Save("running");
        }
        Save(status.ToString().ToLowerInvariant());
        return new(notebook.Name, status, runs.DrainToImmutable(), cells.Length, clock.Elapsed, error);

        void Save(string state)
        {
            (record with { Status = state, Seconds = clock.Elapsed.TotalSeconds }).Store(notebook);
            if (options.Output is not null) notebook.Save(options.Output);
        }

        async Task<CellResult> RunCellAsync(NotebookCell cell, int number)
        {
            var changed = new SortedSet<int> { number };
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            if (options.CellTimeout is { } timeout) limit.CancelAfter(timeout);

            var begun = options.Clock.GetUtcNow();
            var result = await session.RunAsync(cell.Source, output =>
            {
                var told = IsTimeout(output) ? TimedOut(number) : output;
                changed.UnionWith(log.Add(number, told));
                progress?.Output(told);
            }, limit.Token).ConfigureAwait(false);

            foreach (var other in changed) cells[other - 1].Store(log.Of(other), other);
            cell.StoreTimes(begun, options.Clock.GetUtcNow());
            return IsTimeout(result.Error) ? result with { Status = CellStatus.Failed, Error = TimedOut(number) } : result;
        }

        // The session knows only that it was told to stop; here the limit told it to.
        bool IsTimeout(CellOutput? output) => output is ErrorOutput { Name: "Interrupted" } && !cancellation.IsCancellationRequested;

        ErrorOutput TimedOut(int number)
        {
            var message = string.Create(CultureInfo.InvariantCulture,
                $"cell {number} took longer than the {options.CellTimeout!.Value.TotalSeconds} s it may take");
            return new(TimeoutName, message, [message]);
        }
    }

    private static string Headline(string source) =>
        source.Split('\n').FirstOrDefault(l => !string.IsNullOrWhiteSpace(l))?.Trim() ?? "";

    private static void RejectOtherLanguages(Notebook notebook)
    {
        foreach (var (index, cell) in notebook.Cells.Where(c => c.Kind == CellKind.Code).Index())
        {
            if (cell.Subkernel is { } other && other is not ("csharp" or "C#"))
            {
                throw new NotebookException(
                    $"{notebook.Name}: code cell {index + 1} is for the subkernel '{other}'; only C# cells can be run.");
            }
        }
    }
}
