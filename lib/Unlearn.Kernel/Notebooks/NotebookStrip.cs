using System.Text.Json.Nodes;

namespace Unlearn.Kernel.Notebooks;

/// <summary>Takes out of a notebook what running it put in.</summary>
public static class NotebookStrip
{
    /// <summary>The tag of a cell whose outputs stay.</summary>
    public const string KeepTag = "keep_output";

    /// <summary>Removes outputs, numbers, times and the record of the run. Cells tagged <c>keep_output</c> keep theirs.</summary>
    /// <returns>The number of cells that changed.</returns>
    public static int Apply(Notebook notebook)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        (notebook.Root["metadata"] as JsonObject)?.Remove(Notebook.OwnMetadata);
        var changed = 0;
        foreach (var cell in notebook.Cells.Where(c => c.Kind == CellKind.Code && !c.Tags.Contains(KeepTag)))
        {
            if (cell.Outputs.Any() || cell.ExecutionCount is not null || cell.HasTimes) changed++;
            cell.Clear();
        }
        return changed;
    }
}
