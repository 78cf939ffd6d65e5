namespace Unlearn.Reporting;

/// <summary>
/// One updating bar for one long job, wherever it is shown: in a notebook,
/// <c>new ProgressBar("training", steps, "steps", display("").Update)</c>; a line written over itself on a terminal (<see cref="Line"/>).
/// </summary>
/// <remarks>Tells its sink of the first state, then at most every 200 ms, and of the last. May be reported to from any thread.</remarks>
public sealed class ProgressBar : IProgress<long>, IProgress<(int Done, int Total)>, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Lock gate = new();
    private readonly Action<ProgressState> show;
    private readonly TimeProvider clock;
    private readonly long begun;
    private ProgressState state;
    private ProgressState? shown;

    /// <summary>Starts the clock and shows the empty bar.</summary>
    /// <param name="job">What is done, e.g. "training".</param>
    /// <param name="total">Units there are; 0 where nobody knows.</param>
    /// <param name="unit">What is counted, in the plural.</param>
    /// <param name="show">Receives the states to show; a <c>DisplayedValue</c>'s <c>Update</c> fits. Null for silence.</param>
    /// <param name="clock">Tells the time; null means the machine's.</param>
    /// <exception cref="ArgumentOutOfRangeException">The total is negative.</exception>
    public ProgressBar(string job, long total, string unit, Action<ProgressState>? show, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentOutOfRangeException.ThrowIfNegative(total);
        (this.show, this.clock) = (show ?? (static _ => { }), clock ?? TimeProvider.System);
        begun = this.clock.GetTimestamp();
        state = new(job, 0, total, unit, TimeSpan.Zero);
        Show();
    }

    /// <summary>The state as of the latest report.</summary>
    public ProgressState State
    {
        get
        {
            lock (gate) return state;
        }
    }

    /// <summary>A sink for a terminal: the line is written over until the job is done.</summary>
    /// <param name="console">The terminal.</param>
    public static Action<ProgressState> Line(TextWriter console)
    {
        ArgumentNullException.ThrowIfNull(console);
        return state => console.Write($"\r{state}\u001b[K{(state.IsComplete ? "\n" : "")}");
    }

    /// <summary>Says how many units are done.</summary>
    public void Report(long value) => Report(value, "");

    /// <summary>Says how many units are done, and something about the latest.</summary>
    /// <param name="done">Units done, all together.</param>
    /// <param name="note">E.g. "loss 0.31"; may be empty.</param>
    public void Report(long done, string note)
    {
        lock (gate) Move(state with { Done = Math.Max(0, done), Note = note });
    }

    /// <summary>Says how many units are done of how many.</summary>
    public void Report((int Done, int Total) value)
    {
        lock (gate) Move(state with { Done = Math.Max(0, value.Done), Total = Math.Max(0, value.Total) });
    }

    /// <summary>Says that further units are done.</summary>
    public void Advance(long by = 1)
    {
        lock (gate) Move(state with { Done = Math.Max(0, state.Done + by) });
    }

    /// <summary>Shows the last state, whatever was left out for being too soon.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (shown != state) Show();
        }
    }

    private void Move(ProgressState next)
    {
        var elapsed = clock.GetElapsedTime(begun);
        var wasComplete = state.IsComplete;
        state = next with { Elapsed = elapsed };
        if ((state.IsComplete && !wasComplete) || elapsed - shown!.Elapsed >= Pause) Show();
    }

    private void Show()
    {
        shown = state;
        show(state);
    }
}

/// <summary>Progress bars for loops.</summary>
public static class ProgressBarExtensions
{
    /// <summary>Passes items on and shows how many have been dealt with: an item is done when the next one is asked for.</summary>
    /// <param name="items">The items.</param>
    /// <param name="bar">The bar; ends with the loop, also when that is left early.</param>
    public static IEnumerable<T> Tracked<T>(this IEnumerable<T> items, ProgressBar bar)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(bar);
        using (bar)
        {
            foreach (var item in items)
            {
                yield return item;
                bar.Advance();
            }
        }
    }
}
