using System.Collections.Immutable;

namespace Unlearn.Kernel.Sessions;

/// <summary>What running a cell, or a directive of one, can use and change.</summary>
/// <param name="Scripts">The session's C#.</param>
/// <param name="Packages">The session's packages.</param>
/// <param name="Cell">Where outputs go.</param>
/// <param name="Cancellation">Stops the cell.</param>
internal sealed record CellContext(ScriptChain Scripts, PackageStore Packages, CellRecorder Cell, CancellationToken Cancellation)
{
    /// <summary>The text that runs.</summary>
    public required CellText Text { get; init; }

    /// <summary>The files whose import led to this text, outermost first.</summary>
    public ImmutableArray<string> Importing { get; init; } = [];

    /// <summary>What has still to be done when the text has run, in order.</summary>
    public List<Action> AtEnd { get; } = [];

    /// <summary>Shows a value that needs no code of the notebook's to be formatted.</summary>
    public void Display(object value, params string[] mimeTypes) => Cell.Display(value, mimeTypes);

    /// <summary>Runs the text, part by part.</summary>
    /// <exception cref="CellException">A directive is wrong.</exception>
    /// <exception cref="CellCompilationException">Some C# does not compile.</exception>
    public async Task RunAsync()
    {
        Scripts.Sources.Add(Text.Name, Text.Text);
        try
        {
            await RunPartsAsync().ConfigureAwait(false);
        }
        catch (CellException e)
        {
            e.Text ??= Text.Name;     // the innermost text is the one whose line is meant
            throw;
        }
    }

    /// <summary>Runs another text as if it stood here.</summary>
    public Task RunAsync(CellText text, string? file) =>
        (new CellContext(Scripts, Packages, Cell, Cancellation)
        {
            Text = text,
            Importing = file is null ? Importing : Importing.Add(file),
        }).RunAsync();

    private async Task RunPartsAsync()
    {
        foreach (var segment in CellSource.Parse(Text.Text))
        {
            Cancellation.ThrowIfCancellationRequested();
            await (segment switch
            {
                TextSegment part => part.Language.RunAsync(part, this),
                MagicSegment part => part.Magic.RunAsync(part.Line, this),
                _ => Task.CompletedTask,
            }).ConfigureAwait(false);
        }
        foreach (var action in AtEnd) action();
    }
}
