namespace Unlearn.Kernel.Sessions;

/// <summary>How one cell is run.</summary>
public sealed record CellOptions
{
    /// <summary>As every cell of a notebook is run.</summary>
    public static CellOptions Default { get; } = new();

    /// <summary>Nothing is put out, whatever the cell does; its <see cref="CellResult"/> still tells how it ended. Such a cell takes no
    /// number of its own.</summary>
    public bool IsSilent { get; init; }

    /// <summary>Whether the cell takes the next number of the session. Default: true.</summary>
    public bool IsCounted { get; init; } = true;

    /// <summary>Asks the reader for text, instead of <see cref="SessionOptions.Input"/>: a front that answers several clients asks the
    /// one whose cell it is.</summary>
    public Func<string, bool, CancellationToken, Task<string>>? Input { get; init; }
}
