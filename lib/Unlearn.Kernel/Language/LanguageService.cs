using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Language;

/// <summary>Answers an editor's questions about a cell that is being written, against what a session has run so far.</summary>
/// <remarks>Nothing of the cell is run. Every method may be called while a cell runs, from any thread, with any text.</remarks>
/// <param name="session">The session whose variables, types, usings and references are seen.</param>
public sealed class LanguageService(Session session)
{
    /// <summary>The longest cell that is looked at, in UTF-16 units; nobody writes longer ones by hand.</summary>
    public const int LongestCell = 200_000;

    private readonly CellCompiler compiler = new(session);

    /// <summary>The last error that left a question without its answer, or null: for tests, which know that there should be none.</summary>
    internal Exception? LastFailure { get; private set; }

    /// <summary>Reads what the first question would otherwise wait for: the compiler's code and the framework's types.</summary>
    /// <param name="token">Ends it early.</param>
    public async Task WarmUpAsync(CancellationToken token = default)
    {
        await CompleteAsync("Console.", 8, token).ConfigureAwait(false);
        await CompleteAsync("C", 1, token).ConfigureAwait(false);
    }

    /// <summary>What could stand at a place in a cell.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="position">The place, in UTF-16 units; outside the text it is moved to the nearest end.</param>
    /// <param name="token">Ends the search early.</param>
    /// <returns>The proposals; none where nothing is known, in comments and strings, and in a cell longer than
    /// <see cref="LongestCell"/>.</returns>
    /// <exception cref="OperationCanceledException">The search was ended.</exception>
    public async Task<CompletionList> CompleteAsync(string code, int position, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(code);
        position = Math.Clamp(position, 0, code.Length);
        var nothing = new CompletionList([], position, position);
        return await AnswerAsync(code, () => Complete(code, position, token), nothing, token).ConfigureAwait(false);
    }

    /// <summary>What is known about the symbol at a place in a cell, or about the method whose arguments stand there.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="position">The place, in UTF-16 units; outside the text it is moved to the nearest end.</param>
    /// <param name="detail">0 for one declaration, 1 for every overload.</param>
    /// <param name="token">Ends the search early.</param>
    /// <returns>The documentation; null where there is no known symbol.</returns>
    /// <exception cref="OperationCanceledException">The search was ended.</exception>
    public async Task<Inspection?> InspectAsync(string code, int position, int detail = 0, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(code);
        position = Math.Clamp(position, 0, code.Length);
        return await AnswerAsync(code, () => Inspect(code, position, detail, token), null, token).ConfigureAwait(false);
    }

    /// <summary>Whether a cell can be run as it stands, and how far the next line is to be indented where it goes on.</summary>
    /// <param name="code">The cell's text.</param>
    public (Completeness Status, string Indent) IsComplete(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (IsRefused(code)) return (Completeness.Complete, "");
        try
        {
            return CellCompleteness.Of(compiler.Parse(CSharpText.Of(code).Text, CancellationToken.None));
        }
        catch (InsufficientExecutionStackException)
        {
            return (Completeness.Invalid, "");
        }
    }

    private static bool IsRefused(string code) => code.Length > LongestCell || CSharpText.IsTooDeep(code);

    private CompletionList Complete(string code, int position, CancellationToken token)
    {
        if (PathProposals.Find(code, position, compiler.Folder) is { } directive) return directive;
        var (csharp, isCSharp) = CSharpText.Of(code, position);
        if (!isCSharp) return new([], position, position);
        var place = CellPlace.Find(text => compiler.Parse(text, token), csharp, position);
        if (place.IsText || CSharpText.IsTooDeep(place.Tree)) return new([], position, position);
        return new(new Completer(place, compiler.Bind(place.Tree), token).Run(), place.Span.Start, place.Span.End);
    }

    private Inspection? Inspect(string code, int position, int detail, CancellationToken token)
    {
        var (csharp, isCSharp) = CSharpText.Of(code, position);
        if (!isCSharp) return null;
        var tree = compiler.Parse(csharp, token);
        if (CSharpText.IsTooDeep(tree)) return null;
        return new Inspector(compiler, compiler.Bind(tree), token).Run(position, detail);
    }

    private async Task<T> AnswerAsync<T>(string code, Func<T> answer, T nothing, CancellationToken token)
    {
        if (IsRefused(code)) return nothing;
        try
        {
            return await Task.Run(answer, token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // an editor asks at every key; a question that the compiler chokes on has no answer, and the kernel lives on
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LastFailure = e;
            return nothing;
        }
#pragma warning restore CA1031
    }
}
