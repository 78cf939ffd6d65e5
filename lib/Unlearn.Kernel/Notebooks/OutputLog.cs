namespace Unlearn.Kernel.Notebooks;

/// <summary>The outputs of a run, by cell, with updates of displayed values applied wherever the value is shown.</summary>
public sealed class OutputLog
{
    private readonly Dictionary<int, List<CellOutput>> cells = [];
    private readonly HashSet<int> clearing = [];        // cells whose outputs go when the next one comes
    private readonly Lock gate = new();

    /// <summary>Takes one output of a cell; an update may change the outputs of other cells too.</summary>
    /// <returns>The numbers of the cells whose outputs changed.</returns>
    public IReadOnlyList<int> Add(int cell, CellOutput output)
    {
        lock (gate)
        {
            if (output is UpdateOutput update) return [.. cells.Keys.Order().Where(c => Apply(cells[c], update))];
            if (!cells.TryGetValue(cell, out var outputs)) cells[cell] = outputs = [];
            if (output is ClearOutput { Wait: true })
            {
                clearing.Add(cell);
                return [];
            }
            if (clearing.Remove(cell) || output is ClearOutput) outputs.Clear();
            if (output is not ClearOutput) outputs.Add(output);
            return [cell];
        }
    }

    /// <summary>The outputs of a cell as a notebook stores them: texts written in a row to one stream are one output.</summary>
    public IReadOnlyList<CellOutput> Of(int cell)
    {
        lock (gate)
        {
            var merged = new List<CellOutput>();
            var outputs = cells.GetValueOrDefault(cell) ?? [];
            for (var i = 0; i < outputs.Count; i++)
            {
                if (outputs[i] is not StreamOutput stream)
                {
                    merged.Add(outputs[i]);
                    continue;
                }
                var run = outputs.Skip(i).TakeWhile(o => o is StreamOutput s && s.Name == stream.Name).Cast<StreamOutput>().ToList();
                merged.Add(stream with { Text = string.Concat(run.Select(s => s.Text)) });
                i += run.Count - 1;
            }
            return merged;
        }
    }

    private static bool Apply(List<CellOutput> outputs, UpdateOutput update)
    {
        var changed = false;
        for (var i = 0; i < outputs.Count; i++)
        {
            if (outputs[i] is not DisplayOutput display || display.DisplayId != update.DisplayId) continue;
            outputs[i] = display with { Bundle = update.Bundle };
            changed = true;
        }
        return changed;
    }
}
