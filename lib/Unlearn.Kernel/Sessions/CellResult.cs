namespace Unlearn.Kernel.Sessions;

/// <summary>How a cell ended.</summary>
public enum CellStatus
{
    /// <summary>All of its code ran.</summary>
    Succeeded,

    /// <summary>It did not compile, or an exception left it.</summary>
    Failed,

    /// <summary>It was stopped from outside.</summary>
    Interrupted,
}

/// <summary>The end of one cell's execution; its outputs were emitted while it ran.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="ExecutionCount">Its number in the session, from 1.</param>
/// <param name="Elapsed">Wall time, compilation included.</param>
/// <param name="Error">What ended it, unless it succeeded.</param>
/// <param name="Exception">The exception behind the error, where there is one.</param>
public sealed record CellResult(CellStatus Status, int ExecutionCount, TimeSpan Elapsed, ErrorOutput? Error, Exception? Exception);
