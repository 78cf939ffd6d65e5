using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Unlearn.Kernel.Language;

/// <summary>
/// Proposals for a place in a cell, from Roslyn's semantic model. Hand-written, because Roslyn's completion service is in
/// CSharp.Features, which closed feeds lack, and the Recommender of Workspaces wants the session's whole chain of submissions a second time
/// as a solution and knows no keywords, named arguments or initialisers.
/// </summary>
internal sealed class Completer(CellPlace place, SemanticModel model, CancellationToken token)
{
    private readonly CompletionItems items = new(place.Typed);

    /// <summary>The proposals, best first.</summary>
    public ImmutableArray<Completion> Run()
    {
        if (place.IsText) return [];
        if (place.Before.Kind() is SyntaxKind.DotToken or SyntaxKind.ColonColonToken)
        {
            new MemberProposals(place, model, items).Add();
        }
        else if (InitializerProposals.Find(place) is { } initializer)
        {
            if (initializer.Add(model, items)) AddScope(WordRole.Expression);
        }
        else
        {
            AddScope(WordRoles.Of(place));
        }
        return items.Sorted();
    }

    private void AddScope(WordRole role)
    {
        token.ThrowIfCancellationRequested();
        switch (role)
        {
            case WordRole.Name:
                return;
            case WordRole.AfterExpression:
                AddKeywords(Keywords.AfterExpression);
                if (IsInQuery()) AddKeywords(Keywords.Query);
                return;
            case WordRole.Namespace:
                AddKeywords(["static", "var"]);
                AddNames(s => s is INamespaceSymbol);
                return;
            case WordRole.NamespaceOrType:
                AddNames(s => s is INamespaceOrTypeSymbol);
                return;
            case WordRole.Type:
                AddKeywords(Keywords.Types);
                AddNames(s => s is INamespaceOrTypeSymbol);
                return;
            case WordRole.Declaration:
                AddKeywords([.. Keywords.Types, .. Keywords.Statements, "async", "static", "var"]);
                AddNames(s => s is INamespaceOrTypeSymbol);
                return;
            case WordRole.New:
                AddKeywords(Keywords.Types);
                if (ExpectedValues.Types(place, model).FirstOrDefault(CanBeMade) is { Name.Length: > 0 } wanted) AddExpectedType(wanted);
                AddNames(s => s is INamespaceSymbol || s is ITypeSymbol type && CanBeMade(type));
                return;
            case WordRole.Pattern:
                AddKeywords([.. Keywords.Types, .. Keywords.Patterns]);
                new ExpectedValues(place, model).Add(items);
                AddNames(s => s is INamespaceOrTypeSymbol or IFieldSymbol { IsConst: true } or ILocalSymbol { IsConst: true });
                return;
            case WordRole.Statement:
                AddKeywords([.. Keywords.Statements, .. Keywords.Expressions, .. Keywords.Types]);
                if (IsInQuery()) AddKeywords(Keywords.Query);
                AddNames(static _ => true);
                return;
            default:
                new ArgumentNames(place, model).Add(items);
                new ExpectedValues(place, model).Add(items);
                AddKeywords([.. Keywords.Expressions, .. Keywords.Types]);
                if (place.Before.IsKind(SyntaxKind.EqualsGreaterThanToken)) AddKeywords(["throw"]);
                AddNames(static _ => true);
                return;
        }
    }

    private void AddKeywords(IReadOnlyList<string> words)
    {
        foreach (var word in words) items.Add(word, "keyword", null, CompletionItems.Nearness.Keyword);
    }

    private void AddNames(Func<ISymbol, bool> fits)
    {
        foreach (var symbol in model.LookupSymbols(place.Span.Start))
        {
            token.ThrowIfCancellationRequested();
            if (fits(symbol) && !IsDeclaredLater(symbol)) items.Add(symbol, NearnessOf(symbol));
        }
    }

    private void AddExpectedType(ITypeSymbol type) =>
        items.Add(SymbolText.Escaped(type.Name), SymbolText.Kind(type), SymbolText.Short(type), CompletionItems.Nearness.Expected);

    private static bool CanBeMade(ITypeSymbol type) =>
        type is { IsStatic: false, TypeKind: not TypeKind.Interface and not TypeKind.Error } && (!type.IsAbstract || ContainsTypes(type));

    // torch.nn and its like: classes that are only there for the classes in them.
    private static bool ContainsTypes(ITypeSymbol type) => !type.GetTypeMembers().IsEmpty;

    private bool IsInQuery() => place.Before.Parent?.AncestorsAndSelf().Any(n => n is QueryExpressionSyntax) is true;

    /// <summary>A variable is not there yet where its declaration follows.</summary>
    private bool IsDeclaredLater(ISymbol symbol) =>
        symbol is ILocalSymbol or IFieldSymbol { ContainingType.IsScriptClass: true }
        && symbol.Locations is [{ SourceTree: { } tree, SourceSpan: var span }, ..]
        && tree == model.SyntaxTree && span.Start >= place.Span.Start;

    private static CompletionItems.Nearness NearnessOf(ISymbol symbol) => symbol switch
    {
        ILocalSymbol or IParameterSymbol or IRangeVariableSymbol => CompletionItems.Nearness.Local,
        IMethodSymbol { MethodKind: MethodKind.LocalFunction } => CompletionItems.Nearness.Local,
        { ContainingType.IsScriptClass: true } => CompletionItems.Nearness.Cell,
        ITypeSymbol => CompletionItems.Nearness.Imported,
        _ => CompletionItems.Nearness.Usual,
    };
}
