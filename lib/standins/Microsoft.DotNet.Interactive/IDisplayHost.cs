using System.Collections;

namespace Microsoft.DotNet.Interactive;

/// <summary>What a session engine provides to the cell that runs; not part of the original's surface.</summary>
internal interface IDisplayHost
{
    CancellationToken CancellationToken { get; }

    /// <summary>Shows a value and returns the display id under which it can be replaced.</summary>
    string Display(object? value, IReadOnlyList<string> mimeTypes);

    /// <summary>Shows a sequence as a table with a column for each property, and returns its display id.</summary>
    string DisplayTable(IEnumerable rows);

    /// <summary>Replaces what is shown under a display id.</summary>
    void Update(string displayId, object? value, IReadOnlyList<string> mimeTypes);

    /// <summary>Asks the reader of the notebook for a line of text.</summary>
    /// <exception cref="InvalidOperationException">Nobody can be asked.</exception>
    Task<string> ReadAsync(string prompt, bool isHidden);
}
