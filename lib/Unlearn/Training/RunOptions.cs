namespace Unlearn.Training;

/// <summary>What a run leaves on disk, how it goes on after an interruption, and when it is measured.</summary>
public sealed record RunOptions
{
    /// <summary>Where the log (<c>log.jsonl</c>) and checkpoints go; null leaves nothing behind.</summary>
    public string? Folder { get; init; }

    /// <summary>Goes on from the newest whole checkpoint in <see cref="Folder"/>, or begins where there is none.</summary>
    public bool Resume { get; init; }

    /// <summary>Updates between checkpoints; null for none but the one at the end.</summary>
    public int? CheckpointSteps { get; init; }

    /// <summary>Time between checkpoints; null for none by time. When they are made never changes the result.</summary>
    public TimeSpan? CheckpointInterval { get; init; }

    /// <summary>Where log-probabilities of reference models are kept for later runs; null computes them anew.</summary>
    public string? ReferenceCache { get; init; }

    /// <summary>Facts for the log's first line: data files' digests, the command, a model's name.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>();

    /// <summary>Measures the model along the way; null for never.</summary>
    public PeriodicEvaluation? Evaluation { get; init; }

    /// <summary>Told of what is worth a line: a damaged checkpoint passed over, a stale cache refused.</summary>
    public Action<string>? Note { get; init; }

    /// <summary>
    /// Ends the run after the update in progress: a checkpoint is saved, then <see cref="OperationCanceledException"/> thrown.
    /// </summary>
    public CancellationToken Cancellation { get; init; }
}

/// <summary>Measures a model every few updates, and may keep the best and stop when it gets no better.</summary>
/// <param name="EverySteps">Updates between measurements; there is one after the last update too.</param>
/// <param name="Measure">Given the number of updates so far, returns numbers by name. Leaves the model as it is.</param>
public sealed record PeriodicEvaluation(int EverySteps, Func<int, IReadOnlyDictionary<string, double>> Measure)
{
    /// <summary>The number that decides which model is best; null keeps none and never stops early.</summary>
    public string? Metric { get; init; }

    /// <summary>Whether more of it is better.</summary>
    public bool HigherIsBetter { get; init; } = true;

    /// <summary>Measurements without a better value after which the run ends; null for never.</summary>
    public int? Patience { get; init; }

    /// <summary>Asked after every measurement: a reason to end the run now, null to go on. Null where nobody is asked.</summary>
    public Func<string?>? Ended { get; init; }
}
