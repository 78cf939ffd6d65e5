using System.Text.Json.Nodes;

namespace Unlearn.Kernel.Notebooks;

/// <summary>Keeps the outputs of a run in the notebook that is committed.</summary>
public static class NotebookSave
{
    /// <summary>
    /// Copies the outputs of an executed notebook into the committed one, numbered as if nothing had been injected. Texts and metadata of
    /// the committed notebook stay; times of the run are left behind, so that equal outputs give equal files.
    /// </summary>
    /// <param name="run">The executed notebook.</param>
    /// <param name="committed">The notebook to fill.</param>
    /// <param name="withParameters">Whether the run's parameters become the committed notebook's defaults, where they differ; without this
    /// a difference is refused, because outputs must have been made with the parameters that stand above them.</param>
    /// <exception cref="NotebookException">The run did not succeed, or ran other code or parameters.</exception>
    public static void Into(Notebook run, Notebook committed, bool withParameters = false)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(committed);
        if (RunRecord.Of(run) is not { } record)
            throw new NotebookException($"{run.Name} has no record of a run; execute it with 'unlearn run' first.");
        if (record.Status is not "succeeded")
            throw new NotebookException($"the run of {run.Name} is '{record.Status}'; only outputs of a run that succeeded are kept.");

        var injected = run.Cells.FirstOrDefault(c => c.Tags.Contains(ParameterCell.InjectedTag));
        NotebookCell[] from = [.. run.Cells.Where(c => c.Kind == CellKind.Code && c != injected)];
        NotebookCell[] to = [.. committed.Cells.Where(c => c.Kind == CellKind.Code)];
        RejectOtherCode(from, to, committed.Name);
        if (injected is not null) TakeParameters(committed, injected.Source, withParameters);
        if (RunRecord.HashOf(committed) != record.CodeSha256)
            throw new NotebookException($"the record in {run.Name} is of other code than it holds; execute it again.");

        var number = 0;
        foreach (var (source, target) in from.Zip(to))
        {
            var hasRun = source.ExecutionCount is not null;
            target.ForgetTimes();
            target.StoreJson(Numbered(source, hasRun ? ++number : null), hasRun ? number : null);
        }
        (record with { Status = null, Seconds = null, Parameters = new Dictionary<string, string>() }).Store(committed);
    }

    private static void RejectOtherCode(NotebookCell[] run, NotebookCell[] committed, string name)
    {
        if (run.Length != committed.Length)
            throw new NotebookException($"the run has {run.Length} code cells, {name} has {committed.Length}; execute it again.");
        foreach (var (index, (ran, stands)) in run.Zip(committed).Index())
        {
            if (ran.Source.TrimEnd() != stands.Source.TrimEnd())
                throw new NotebookException($"{stands.Place} (code cell {index + 1}) has changed since the run; execute it again.");
        }
    }

    private static void TakeParameters(Notebook committed, string injected, bool withParameters)
    {
        var cell = ParameterCell.Of(committed) ?? throw new NotebookException($"{committed.Name} has no parameters cell any more.");
        var merged = ParameterCell.Merge(cell.Source, injected);
        if (merged == cell.Source) return;
        if (!withParameters)
        {
            var values = string.Join(' ', injected.Split('\n').Where(l => !l.StartsWith("//", StringComparison.Ordinal)));
            throw new NotebookException($"the run was made with {values} and {cell.Place} says otherwise: execute it without these "
                + "parameters, or make them the notebook's defaults with --with-parameters.");
        }
        cell.Rewrite(merged);
    }

    private static JsonArray Numbered(NotebookCell cell, int? number)
    {
        var outputs = new JsonArray([.. cell.Outputs.Select(o => o!.DeepClone())]);
        foreach (var output in outputs.OfType<JsonObject>().Where(o => o.ContainsKey("execution_count")))
            output["execution_count"] = number;
        return outputs;
    }
}
