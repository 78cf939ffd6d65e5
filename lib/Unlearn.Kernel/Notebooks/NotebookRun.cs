using System.Collections.Immutable;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Notebooks;

/// <summary>How to run a notebook.</summary>
public sealed record RunOptions
{
    /// <summary>The session, whose folder is the notebook's.</summary>
    public SessionOptions Session { get; init; } = new();

    /// <summary>Name → text of the parameters to set.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The longest that one cell may take; null means any time.</summary>
    public TimeSpan? CellTimeout { get; init; }

    /// <summary>Tells the times that are noted beside the cells. Default: the machine's clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where the executed notebook is saved, after every cell; null means nowhere.</summary>
    public string? Output { get; init; }
}

/// <summary>One code cell of a run.</summary>
/// <param name="Number">Its number among the code cells that ran, from 1: the number shown beside it.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Elapsed">Wall time.</param>
/// <param name="Headline">The first line of the cell that says something.</param>
/// <param name="Error">What ended it, unless it succeeded.</param>
/// <param name="WasAllowedToFail">Whether the run went on although it failed.</param>
public sealed record CellRun(
    int Number, CellStatus Status, TimeSpan Elapsed, string Headline, ErrorOutput? Error = null, bool WasAllowedToFail = false);

/// <summary>The end of a notebook's run.</summary>
/// <param name="Notebook">Its name.</param>
/// <param name="Status">Failed or interrupted when a cell was; the cells behind that one did not run.</param>
/// <param name="Cells">The cells that ran.</param>
/// <param name="Total">The number of code cells there are to run.</param>
/// <param name="Elapsed">Wall time, the session's start included.</param>
/// <param name="Error">What ended the run early, if anything.</param>
public sealed record NotebookRun(
    string Notebook, CellStatus Status, ImmutableArray<CellRun> Cells, int Total, TimeSpan Elapsed, ErrorOutput? Error);

/// <summary>Follows a run while it happens.</summary>
public interface IRunProgress
{
    /// <summary>A cell begins.</summary>
    void Started(int number, int total, string source);

    /// <summary>The cell puts something out; may be called from any thread, never from two at once.</summary>
    void Output(CellOutput output);

    /// <summary>A cell ended.</summary>
    void Ended(int total, CellRun cell);
}
