namespace Unlearn.Objectives;

/// <summary>The scores of one batch, group by group. Row i of every group belongs to the same drawing.</summary>
public sealed class BatchScores
{
    private readonly Dictionary<RowGroup, AnswerScores> groups = [];

    /// <summary>The scores of a group.</summary>
    /// <param name="group">Which rows.</param>
    /// <exception cref="InvalidOperationException">The batch has none of these rows.</exception>
    public AnswerScores this[RowGroup group]
    {
        get => groups.TryGetValue(group, out var scores) ? scores
            : throw new InvalidOperationException($"This batch has no {group} rows: an objective that reads them should say so in its Needs.");
        init => groups[group] = value;
    }

    /// <summary>A batch of groups known only when the program runs.</summary>
    /// <param name="groups">Groups, each at most once.</param>
    public static BatchScores Of(params IEnumerable<(RowGroup Group, AnswerScores Scores)> groups)
    {
        var batch = new BatchScores();
        foreach (var (group, scores) in groups) batch.groups.Add(group, scores);
        return batch;
    }

    /// <summary>The groups there are.</summary>
    public IReadOnlyCollection<RowGroup> Groups => groups.Keys;
}
