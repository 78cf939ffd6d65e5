using Microsoft.DotNet.Interactive;

namespace Unlearn.Kernel.Sessions;

/// <summary>Receives everything a cell writes and displays while it runs, and passes it on in order.</summary>
internal sealed class CellRecorder(
    int number, IOutputFormatter formatter, Action<CellOutput> emit,
    Func<string, bool, CancellationToken, Task<string>>? input, CancellationToken cancellation) : IDisplayHost
{
    private readonly Lock gate = new();
    private int displays;

    public int Number => number;

    public CancellationToken CancellationToken => cancellation;

    /// <summary>False once the cell has ended: what its left-over threads write then belongs to no cell.</summary>
    public bool IsOpen { get; private set; } = true;

    public void Write(string stream, string text) => Emit(new StreamOutput(stream, text));

    public string Display(object? value, IReadOnlyList<string> mimeTypes)
    {
        var bundle = formatter.Format(value, mimeTypes);
        lock (gate)
        {
            var id = $"cell-{number}-display-{++displays}";
            Emit(new DisplayOutput(bundle, id));
            return id;
        }
    }

    public void Update(string displayId, object? value, IReadOnlyList<string> mimeTypes) =>
        Emit(new UpdateOutput(formatter.Format(value, mimeTypes), displayId));

    public void Result(object? value)
    {
        // A displayed value that happens to be the last expression is on the page already.
        if (value is not DisplayedValue) Emit(new ResultOutput(formatter.Format(value), number));
    }

    public Task<string> ReadAsync(string prompt, bool isHidden) => input is null
        ? throw new InvalidOperationException($"The cell asked for input ({(prompt.Length > 0 ? prompt : "without a prompt")}), but nobody "
            + "can be asked here: run the notebook in an editor, or set the value as a parameter.")
        : input(prompt, isHidden, cancellation);

    public void Emit(CellOutput output)
    {
        lock (gate)
        {
            if (IsOpen) emit(output);
        }
    }

    public void Close()
    {
        lock (gate) IsOpen = false;
    }
}
