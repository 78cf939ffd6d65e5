using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Unlearn.Kernel.Language;

/// <summary>A list of arguments and what it may be passed to.</summary>
/// <param name="List">The arguments with their brackets.</param>
/// <param name="Candidates">The methods, constructors or indexers, the one that Roslyn picks first.</param>
/// <param name="IsResolved">Whether the arguments so far fit the first candidate and no other.</param>
internal sealed record Invocation(SyntaxNode List, ImmutableArray<ISymbol> Candidates, bool IsResolved)
{
    /// <summary>The arguments.</summary>
    public IEnumerable<SyntaxNode> Arguments => List switch
    {
        BaseArgumentListSyntax list => list.Arguments,
        AttributeArgumentListSyntax list => list.Arguments,
        _ => [],
    };

    /// <summary>What a node that is a list of arguments may be passed to; null for another node.</summary>
    public static Invocation? Of(SyntaxNode? list, SemanticModel model)
    {
        if (list is not (BaseArgumentListSyntax or AttributeArgumentListSyntax)) return null;
        var target = list.Parent;
        var position = list.SpanStart;
        var info = target is null ? default : model.GetSymbolInfo(target);
        ImmutableArray<ISymbol> all = target switch
        {
            InvocationExpressionSyntax call => Called(call, model),
            BaseObjectCreationExpressionSyntax creation => Constructors(Made(creation, model), model, position),
            ElementAccessExpressionSyntax access => model.GetTypeInfo(access.Expression).Type is { } type
                ? [.. model.LookupSymbols(position, type, "this[]")] : [],
            ConstructorInitializerSyntax or PrimaryConstructorBaseTypeSyntax or AttributeSyntax => info.CandidateSymbols,
            _ => [],
        };
        var picked = info.Symbol;
        if (picked is IMethodSymbol or IPropertySymbol)
        {
            var others = all.Where(s => !SymbolEqualityComparer.Default.Equals(s.OriginalDefinition, picked.OriginalDefinition));
            return new(list, [picked, .. others], true);
        }
        return new(list, all, all.Length == 1);
    }

    /// <summary>The parameters of a method, an indexer or a delegate.</summary>
    public static ImmutableArray<IParameterSymbol> Parameters(ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => method.Parameters,
        IPropertySymbol property => property.Parameters,
        _ => [],
    };

    private static ImmutableArray<ISymbol> Called(InvocationExpressionSyntax call, SemanticModel model)
    {
        var group = model.GetMemberGroup(call.Expression);
        if (!group.IsEmpty) return group;
        return model.GetTypeInfo(call.Expression).Type is INamedTypeSymbol { DelegateInvokeMethod: { } invoke } ? [invoke] : [];
    }

    private static ITypeSymbol? Made(BaseObjectCreationExpressionSyntax creation, SemanticModel model)
    {
        if (creation is ObjectCreationExpressionSyntax named && model.GetSymbolInfo(named.Type).Symbol is ITypeSymbol type) return type;
        var info = model.GetTypeInfo(creation);
        return info.Type is null or IErrorTypeSymbol ? info.ConvertedType : info.Type;
    }

    // A record's copy constructor is no one's to call.
    private static ImmutableArray<ISymbol> Constructors(ITypeSymbol? type, SemanticModel model, int position) =>
        type is not INamedTypeSymbol named ? [] :
        [
            .. named.InstanceConstructors.Where(c => model.IsAccessible(position, c)
                && !(named.IsRecord && c.Parameters is [{ Type: var only }] && SymbolEqualityComparer.Default.Equals(only, named))),
        ];
}
