using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Scripting;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Kernel.Language;

/// <summary>Gives cells that are being written a compilation behind the last one that ran. Nothing is emitted, nothing is run.</summary>
internal sealed class CellCompiler(Session session)
{
    // A cell without references of its own differs from the last one seen by its tree alone; Roslyn then keeps all bound references.
    private Basis? basis;

    /// <summary>The folder from which relative paths in cells start.</summary>
    public string Folder => session.Continuation.Folder;

    /// <summary>The value of a variable that a cell which ran has declared, or null when there is none.</summary>
    public ScriptVariable? Variable(string name) => session.Continuation.State.GetVariable(name);

    /// <summary>Parses a cell as a continuation of the session.</summary>
    public SyntaxTree Parse(string text, CancellationToken token) =>
        CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)Current().Tree.Options, cancellationToken: token);

    /// <summary>What the names of a parsed cell mean.</summary>
    public SemanticModel Bind(SyntaxTree tree)
    {
        var current = Current();
        return current.Compilation.ReplaceSyntaxTree(current.Tree, tree).GetSemanticModel(tree);
    }

    private Basis Current()
    {
        var (state, options, folder) = session.Continuation;
        if (basis is { } known && ReferenceEquals(known.State, state) && ReferenceEquals(known.Options, options)) return known;

        var script = state.Script.ContinueWith<object>("", options
            .WithMetadataResolver(new QuietReferences(options.MetadataResolver, folder))
            .WithFilePath(""));
        var compilation = script.GetCompilation();
        return basis = new(state, options, compilation, compilation.SyntaxTrees.Single());
    }

    private sealed record Basis(ScriptState State, ScriptOptions Options, Compilation Compilation, SyntaxTree Tree);
}
