using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Text;
using Microsoft.AspNetCore.Html;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;

namespace Unlearn.Kernel.Sessions;

/// <summary>
/// A running notebook: cells of C# script, one after the other, each seeing what the earlier ones declared. The semantics are those
/// of the C# kernel of .NET Interactive, plus interruption, updatable displays and errors that name cell and line.
/// </summary>
/// <remarks>One cell at a time. A cell that was interrupted in synchronous code leaves no variables of its own behind.</remarks>
public sealed class Session : IDisposable
{
    private static readonly string[] Imports =
        ["System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq"];

    // Read once per process: every session starts from the framework and the display functions.
    private static readonly Lazy<ImmutableArray<MetadataReference>> BaseReferences = new(() =>
        [.. ((Type[])[typeof(DisplayedValue), typeof(Formatter), typeof(IHtmlContent)]).Select(t => t.Assembly.Location)
            .Concat(HostAssemblies.Framework)
            .Select(p => MetadataReference.CreateFromFile(p))]);

    private readonly SessionOptions options;
    private readonly CellThread thread = new();
    private readonly InteractiveAssemblyLoader loader = new();
    private readonly ReferenceResolver resolver;
    private readonly Dictionary<string, string[]> sources = new(StringComparer.Ordinal);
    private ScriptOptions scriptOptions;
    private ScriptState<object> state;
    private int count;

    private Session(SessionOptions options)
    {
        this.options = options;
        ConsoleRouter.Ensure();
        resolver = new(Path.GetFullPath(options.Folder));
        scriptOptions = ScriptOptions.Default
            .WithReferences(BaseReferences.Value)
            .WithMetadataResolver(resolver)
            .WithSourceResolver(new SourceFileResolver([], Path.GetFullPath(options.Folder)))
            .WithImports(Imports)
            .WithLanguageVersion(LanguageVersion.CSharp14)
            .WithOptimizationLevel(OptimizationLevel.Release)
            .WithEmitDebugInformation(true)
            .WithFileEncoding(Encoding.UTF8);

        // User code must be a continuation, and the first uses of the compiler and of the formatters take a second: both are settled here.
        state = thread.Invoke(() => CSharpScript
            .Create<object>("using static Microsoft.DotNet.Interactive.Kernel;", scriptOptions, globalsType: null, loader)
            .RunAsync().GetAwaiter().GetResult()).GetAwaiter().GetResult();
        using var warm = new CancellationTokenSource();
        AttemptAsync("0", new(0, options.Formatter, static _ => { }, null, warm.Token), warm.Token).GetAwaiter().GetResult();
    }

    /// <summary>The number of the last cell that took one; 0 before the first.</summary>
    public int ExecutionCount => count;

    /// <summary>The variables that cells declared, by name. Not while a cell runs.</summary>
    public IReadOnlyList<SessionVariable> Variables => [.. state.Variables
        .GroupBy(v => v.Name, (_, all) => all.Last())
        .OrderBy(v => v.Name, StringComparer.Ordinal)
        .Select(v => new SessionVariable(v.Name, v.Type, v.Value))];

    /// <summary>What a cell that is being written would continue, for an editor's questions about it.</summary>
    internal (ScriptState<object> State, ScriptOptions Options, string Folder) Continuation =>
        (state, scriptOptions, Path.GetFullPath(options.Folder));

    /// <summary>Starts a session and warms the compiler up (about a second).</summary>
    public static Session Start(SessionOptions? options = null) => new(options ?? new());

    /// <summary>Runs one cell to its end.</summary>
    /// <param name="source">The cell's text: C# with <c>#r</c>, <c>#load</c> and the directives <c>#!csharp</c>,
    /// <c>#!markdown</c>, <c>#!time</c>.</param>
    /// <param name="emit">Receives every output as it happens; may be called from any thread, never from two at once.</param>
    /// <param name="cancellation">Stops the cell: synchronous code is aborted, asynchronous code is asked through
    /// <see cref="KernelInvocationContext.CancellationToken"/> and abandoned after <see cref="SessionOptions.Grace"/>.</param>
    /// <returns>How the cell ended. Failures of the cell are results, not exceptions.</returns>
    public Task<CellResult> RunAsync(string source, Action<CellOutput> emit, CancellationToken cancellation = default) =>
        RunAsync(source, emit, CellOptions.Default, cancellation);

    /// <inheritdoc cref="RunAsync(string, Action{CellOutput}, CancellationToken)"/>
    /// <param name="source">The cell's text.</param>
    /// <param name="emit">Receives every output as it happens.</param>
    /// <param name="cell">How this one cell is run.</param>
    /// <param name="cancellation">Stops the cell.</param>
    public async Task<CellResult> RunAsync(
        string source, Action<CellOutput> emit, CellOptions cell, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(emit);
        var clock = Stopwatch.StartNew();
        ArgumentNullException.ThrowIfNull(cell);
        var number = cell.IsCounted && !cell.IsSilent ? ++count : count;
        var recorder = new CellRecorder(
            number, options.Formatter, cell.IsSilent ? static _ => { } : emit, cell.Input ?? options.Input, cancellation);
        sources[Traceback.FileName(number)] = source.ReplaceLineEndings("\n").Split('\n');

        var (status, error, exception) = await AttemptAsync(source, recorder, cancellation).ConfigureAwait(false);
        if (error is not null) recorder.Emit(error);
        recorder.Close();
        return new(status, number, clock.Elapsed, error, exception);
    }

    /// <summary>Ends the session's thread. Assemblies that cells loaded stay loaded until the process ends.</summary>
    public void Dispose()
    {
        thread.Dispose();
        loader.Dispose();
    }

    private async Task<(CellStatus, ErrorOutput?, Exception?)> AttemptAsync(
        string source, CellRecorder cell, CancellationToken cancellation)
    {
        try
        {
            var clock = Stopwatch.StartNew();
            var parsed = CellSource.Parse(source);
            foreach (var segment in parsed.Segments)
            {
                cancellation.ThrowIfCancellationRequested();
                if (segment is MarkdownSegment markdown) cell.Display(Markdown.ToBundle(markdown.Text), []);
                if (segment is CodeSegment code) await RunCodeAsync(code, cell, cancellation).ConfigureAwait(false);
            }
            if (parsed.IsTimed) cell.Display($"Wall time: {clock.Elapsed.TotalMilliseconds}ms", []);
            return (CellStatus.Succeeded, null, null);
        }
        catch (Exception e) when (cancellation.IsCancellationRequested && e is OperationCanceledException or ThreadInterruptedException)
        {
            var where = $"{Traceback.FileName(cell.Number)} was interrupted";
            return (CellStatus.Interrupted, new("Interrupted", where, [where]), e);
        }
        catch (CompilationErrorException e)
        {
            return (CellStatus.Failed, Traceback.Of(e.Diagnostics, Line), e);
        }
        catch (CellException e)
        {
            var where = Traceback.FileName(cell.Number) + (e.Line is { } line ? $", line {line}" : "");
            return (CellStatus.Failed, new(e.Name, e.Message, [$"{where}: {e.Message}"]), e);
        }
        catch (Exception e)
        {
            return (CellStatus.Failed, Traceback.Of(e, Line), e);
        }
    }

    private async Task RunCodeAsync(CodeSegment code, CellRecorder cell, CancellationToken cancellation)
    {
        var script = Compile(code, cell, cancellation);
        var previous = state;
        var running = await thread.Invoke(() =>
        {
            KernelInvocationContext.Current = new(cell);
            return thread.Controlled(() => script.RunFromAsync(previous, static _ => true, CancellationToken.None), cancellation);
        }).ConfigureAwait(false);

        state = await EndAsync(running, cancellation).ConfigureAwait(false);
        if (state.Exception is not null) ExceptionDispatchInfo.Throw(state.Exception);
        cancellation.ThrowIfCancellationRequested();
        if (HasResult(script.GetCompilation()))
        {
            // Formatting runs code of the notebook's (getters, lazy sequences), so it happens where the notebook's code does.
            var value = state.ReturnValue;
            await thread.Invoke(() => thread.Controlled(() => { cell.Result(value); return 0; }, cancellation)).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for the cell; once it is interrupted, only as long as the grace period.</summary>
    private async Task<ScriptState<object>> EndAsync(Task<ScriptState<object>> running, CancellationToken cancellation)
    {
        try
        {
            return await running.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested && !running.IsCompleted)
        {
            await Task.WhenAny(running, Task.Delay(options.Grace, CancellationToken.None)).ConfigureAwait(false);
            return running.IsCompleted ? await running.ConfigureAwait(false) : throw new OperationCanceledException(cancellation);
        }
    }

    private Script<object> Compile(CodeSegment code, CellRecorder cell, CancellationToken cancellation)
    {
        foreach (var package in code.Packages)
        {
            var restored = RestoredPackage.Find(package);
            foreach (var folder in restored.NativeFolders) HostAssemblies.Probe(folder);
            scriptOptions = scriptOptions.AddReferences(restored.Assemblies.Select(a => resolver.Reference(a)));
        }

        var script = state.Script.ContinueWith<object>(code.Text, scriptOptions.WithFilePath(Traceback.FileName(cell.Number)));
        var diagnostics = script.Compile(cancellation);
        Diagnostic[] errors = [.. diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)];
        if (errors.Length > 0) throw new CompilationErrorException(errors[0].GetMessage(null), [.. errors]);
        foreach (var warning in diagnostics.Where(d => d is { Severity: DiagnosticSeverity.Warning, IsSuppressed: false }))
        {
            var place = warning.Location.GetMappedLineSpan().StartLinePosition;
            cell.Write("stderr", $"({place.Line + 1},{place.Character + 1}): warning {warning.Id}: {warning.GetMessage(null)}\n");
        }
        foreach (var file in resolver.TakePending()) loader.RegisterDependency(HostAssemblies.Load(file));
        return script;
    }

    private string? Line(string file, int number) =>
        sources.TryGetValue(file, out var lines) && number >= 1 && number <= lines.Length ? lines[number - 1] : null;

    /// <summary>Whether the submission ends in an expression to show: null is a value, a call that returns nothing is none.</summary>
    private static bool HasResult(Compilation compilation)
    {
        var tree = compilation.SyntaxTrees.Last();
        var members = ((CompilationUnitSyntax)tree.GetRoot()).Members;
        return members.LastOrDefault() is GlobalStatementSyntax last && last.Statement switch
        {
            ReturnStatementSyntax { Expression: not null } => true,
            ExpressionStatementSyntax { SemicolonToken.IsMissing: true } statement =>
                compilation.GetSemanticModel(tree).GetTypeInfo(statement.Expression).Type?.SpecialType != SpecialType.System_Void,
            _ => false,
        };
    }
}
