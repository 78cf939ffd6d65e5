using System.Collections.Immutable;

namespace Unlearn.Dialogues;

/// <summary>How a step's rows to forget are shared among kinds.</summary>
/// <remarks>
/// <code>
///   finished kind:  μ · B / kinds rows, on average over steps
///   active kind:    an equal share of the rest
/// </code>
/// A pure function of the step: broken rows are paid out over steps, odd ones go around.
/// </remarks>
internal static class ForgetShares
{
    /// <summary>Rows of each kind.</summary>
    /// <param name="rows">B.</param>
    /// <param name="active">Whether each kind is worked on; all are where none is.</param>
    /// <param name="maintenance">μ, the part of an equal share that a finished kind keeps, from 0 to 1.</param>
    /// <param name="step">The update, from 0.</param>
    /// <returns>Counts that sum to B.</returns>
    public static ImmutableArray<int> Of(int rows, IReadOnlyList<bool> active, double maintenance, int step)
    {
        var (kinds, working) = (active.Count, active.Count(isActive => isActive));
        var counts = new int[kinds];
        var left = rows;
        if (working > 0)
        {
            var share = maintenance * rows / kinds;
            for (var k = 0; k < kinds; k++)
            {
                if (active[k]) continue;
                counts[k] = Math.Min(left, (int)(Math.Floor((step + 1) * share) - Math.Floor(step * share)));
                left -= counts[k];
            }
        }
        int[] rest = [.. Enumerable.Range(0, kinds).Where(k => working == 0 || active[k])];
        for (var i = 0; i < rest.Length; i++) counts[rest[i]] = left / rest.Length;
        for (var i = 0; i < left % rest.Length; i++) counts[rest[(step + i) % rest.Length]]++;
        return [.. counts];
    }
}
