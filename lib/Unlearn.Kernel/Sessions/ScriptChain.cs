using System.Collections.Immutable;
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
using Unlearn.Kernel.Language;

namespace Unlearn.Kernel.Sessions;

/// <summary>The C# of a session: scripts that continue each other, compiled and run on the session's thread.</summary>
internal sealed class ScriptChain : IDisposable
{
    private static readonly string[] Imports =
        ["System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq"];

    // Generated code may nest deeper than what an editor is asked about: a sum of a thousand terms compiles.
    private const int DeepestTree = 5_000;

    // The functions that the original kernel adds for Jupyter are part of the chain, so that cells may shadow them.
    private const string Prelude = """
        using static Microsoft.DotNet.Interactive.Kernel;
        static string input(string prompt = "") => GetInputAsync(prompt).GetAwaiter().GetResult();
        static Microsoft.DotNet.Interactive.PasswordString password(string prompt = "") =>
            GetPasswordAsync(prompt).GetAwaiter().GetResult();
        """;

    // Read once per process: every session starts from the framework and the display functions.
    private static readonly Lazy<ImmutableArray<MetadataReference>> BaseReferences = new(() =>
        [.. ((Type[])[typeof(DisplayedValue), typeof(Formatter), typeof(IHtmlContent), typeof(CellLoop)]).Select(t => t.Assembly.Location)
            .Concat(HostAssemblies.Framework)
            .Select(p => MetadataReference.CreateFromFile(p))]);

    private readonly TimeSpan grace;
    private readonly InteractiveAssemblyLoader loader = new();
    private readonly ReferenceResolver resolver;
    private CellThread thread = new();

    public ScriptChain(string folder, TimeSpan grace)
    {
        (this.grace, Folder) = (grace, folder);
        resolver = new(folder);
        Sources = new(folder);
        Options = ScriptOptions.Default
            .WithReferences(BaseReferences.Value)
            .WithMetadataResolver(resolver)
            .WithImports(Imports)
            .WithLanguageVersion(LanguageVersion.CSharp14)
            .WithOptimizationLevel(OptimizationLevel.Release)
            .WithEmitDebugInformation(true)
            .WithFileEncoding(Encoding.UTF8);
        Options = Rebased();

        // User code must be a continuation: a first script has no fields to shadow.
        State = thread.Invoke(() => CSharpScript.Create<object>(Prelude, Options, globalsType: null, loader)
            .RunAsync().GetAwaiter().GetResult()).GetAwaiter().GetResult();
    }

    /// <summary>Where relative paths start.</summary>
    public string Folder { get; }

    /// <summary>The texts that have been run.</summary>
    public SourceTexts Sources { get; }

    /// <summary>How the next script will be compiled.</summary>
    public ScriptOptions Options { get; private set; }

    /// <summary>What the next script continues.</summary>
    public ScriptState<object> State { get; private set; }

    /// <summary>The last variable of each name.</summary>
    public IReadOnlyList<SessionVariable> Variables => [.. State.Variables
        .GroupBy(v => v.Name, (_, all) => all.Last())
        .OrderBy(v => v.Name, StringComparer.Ordinal)
        .Select(v => new SessionVariable(v.Name, v.Type, v.Value))];

    /// <summary>Compiles and runs a text and shows the value of its last expression.</summary>
    /// <exception cref="CellCompilationException">It does not compile; nothing has changed then.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted; what it had assigned stays assigned.</exception>
    public async Task RunAsync(CellText code, CellRecorder cell, CancellationToken cancellation)
    {
        var script = Compile(code, cell, cancellation);
        var partial = PartialState.Before(State);
        try
        {
            var running = await RunOnThreadAsync(
                () => script.RunFromAsync(partial.Start, static _ => true, CancellationToken.None),
                cell, cancellation).ConfigureAwait(false);
            State = await WithinGraceAsync(running, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            State = partial.After(script) ?? State;
            throw;
        }
        if (State.Exception is not null) ExceptionDispatchInfo.Throw(State.Exception);
        cancellation.ThrowIfCancellationRequested();
        if (!HasResult(script.GetCompilation())) return;
        await ComputeAsync(() => cell.Result(State.ReturnValue), cell, cancellation).ConfigureAwait(false);
    }

    /// <summary>Runs something that calls code of the notebook's (getters, lazy sequences) where the notebook's code runs.</summary>
    public Task ComputeAsync(Action action, CellRecorder cell, CancellationToken cancellation) =>
        RunOnThreadAsync(() => { action(); return 0; }, cell, cancellation);

    /// <summary>Declares a variable; its type must be one that every cell can name.</summary>
    public async Task DeclareAsync(string name, Type type, object? value)
    {
        var script = State.Script.ContinueWith<object>($"{type.FullName} @{name} = default;", Options);
        var previous = State;
        State = await await thread.Invoke(() => script.RunFromAsync(previous)).ConfigureAwait(false);
        State.GetVariable(name).Value = value;
    }

    /// <summary>Lets later scripts use assemblies, and native libraries be found.</summary>
    public void Add(RestoredPackages packages)
    {
        foreach (var folder in packages.NativeFolders) HostAssemblies.Probe(folder);
        Options = Options.AddReferences(packages.Assemblies.Select(a => resolver.Reference(a)));
    }

    public void Dispose()
    {
        thread.Dispose();
        loader.Dispose();
    }

    private async Task<T> RunOnThreadAsync<T>(Func<T> function, CellRecorder cell, CancellationToken cancellation)
    {
        var own = thread;
        var running = own.Invoke(() =>
        {
            KernelInvocationContext.Current = new(cell);
            return own.Controlled(function, cancellation);
        });
        try
        {
            return await WithinGraceAsync(running, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!running.IsCompleted)
        {
            // It is in native code, or waits for threads of its own: it cannot be stopped, so the notebook goes on without its thread.
            own.Dispose();
            thread = new();
            throw;
        }
    }

    /// <summary>Waits; once the cell is interrupted, only as long as the grace period.</summary>
    private async Task<T> WithinGraceAsync<T>(Task<T> running, CancellationToken cancellation)
    {
        try
        {
            return await running.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested && !running.IsCompleted)
        {
            await Task.WhenAny(running, Task.Delay(grace, CancellationToken.None)).ConfigureAwait(false);
            return running.IsCompleted ? await running.ConfigureAwait(false) : throw new OperationCanceledException(cancellation);
        }
    }

    private Script<object> Compile(CellText code, CellRecorder cell, CancellationToken cancellation)
    {
        Options = Rebased();
        if (BracketNesting.TooDeepAt(code.Text) is { } deep) throw new CellCompilationException(Traceback.TooDeep(code, deep));
        var script = State.Script.ContinueWith<object>(code.Text, Options.WithFilePath(code.Name));
        if (CSharpText.IsTooDeep(script.GetCompilation().SyntaxTrees.Last(), DeepestTree))
            throw new CellCompilationException(Traceback.TooDeep(code, 0));
        var diagnostics = script.Compile(cancellation);
        Diagnostic[] errors = [.. diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)];
        if (errors.Length > 0) throw new CellCompilationException(Traceback.Of(errors, script.GetCompilation()));
        foreach (var warning in diagnostics.Where(d => d is { Severity: DiagnosticSeverity.Warning, IsSuppressed: false }))
        {
            var place = warning.Location.GetMappedLineSpan().StartLinePosition;
            cell.Write("stderr", $"({place.Line + 1},{place.Character + 1}): warning {warning.Id}: {warning.GetMessage(null)}\n");
        }
        if (LoopChecks.Insert((CSharpSyntaxTree)script.GetCompilation().SyntaxTrees.Last()) is { } checkedText)
        {
            // The messages above are about the text as written; what runs is the same with checks.
            script = State.Script.ContinueWith<object>(checkedText, Options.WithFilePath(code.Name));
            script.Compile(cancellation);
        }
        foreach (var file in resolver.TakePending()) loader.RegisterDependency(HostAssemblies.Load(file));
        foreach (var loaded in script.GetCompilation().SyntaxTrees.SkipLast(1)) Sources.Add(loaded.FilePath, loaded.ToString());
        return script;
    }

    // Paths may also start at the current directory, which a cell can change.
    private ScriptOptions Rebased() =>
        Options.WithSourceResolver(new SourceFileResolver([Directory.GetCurrentDirectory()], Folder));

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
