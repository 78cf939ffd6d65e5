namespace Unlearn.Kernel.Sessions;

/// <summary>The engine itself cannot run a cell: a directive, a reference or a package that it does not understand or find.</summary>
internal sealed class CellException(string name, string message, int? line = null) : Exception(message)
{
    /// <summary>What the error is called in the notebook.</summary>
    public string Name { get; } = name;

    /// <summary>The line of the cell, from 1, where it is known.</summary>
    public int? Line { get; } = line;

    /// <summary>The text whose line it is; null until known.</summary>
    public string? Text { get; set; }
}
