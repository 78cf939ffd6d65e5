using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Language;

/// <summary>Answers an editor's questions about a cell that is being written, against what a session has run so far.</summary>
/// <param name="session">The session whose variables, types, usings and references are seen. Nothing is run in it.</param>
public sealed class LanguageService(Session session)
{
    /// <summary>What could stand at a place in a cell.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="position">The place, in UTF-16 units; outside the text it is moved to the nearest end.</param>
    /// <param name="token">Ends the search early.</param>
    /// <returns>The proposals; none where nothing is known.</returns>
    public Task<CompletionList> CompleteAsync(string code, int position, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        return Task.FromResult(new CompletionList([], position, position));
    }

    /// <summary>What is known about the symbol at a place in a cell.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="position">The place, in UTF-16 units; outside the text it is moved to the nearest end.</param>
    /// <param name="detail">0 for the documentation, 1 for every overload too.</param>
    /// <param name="token">Ends the search early.</param>
    /// <returns>The documentation; null where there is no known symbol.</returns>
    public Task<Inspection?> InspectAsync(string code, int position, int detail = 0, CancellationToken token = default) =>
        session is null ? throw new ArgumentNullException(nameof(code)) : Task.FromResult<Inspection?>(null);

    /// <summary>Whether a cell can be run as it stands, and how far the next line is to be indented.</summary>
    /// <param name="code">The cell's text.</param>
    public (Completeness Status, string Indent) IsComplete(string code) => session is null ? default : (Completeness.Complete, "");
}
