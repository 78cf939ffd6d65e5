using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Unlearn.Kernel.Language;

/// <summary>Proposals in the braces behind <c>new T</c> and <c>with</c>: the members that can be set and are not yet.</summary>
internal sealed class InitializerProposals
{
    private readonly CellPlace place;
    private readonly InitializerExpressionSyntax braces;

    private InitializerProposals(CellPlace place, InitializerExpressionSyntax braces) => (this.place, this.braces) = (place, braces);

    /// <summary>The initialiser that has its next member at a place, or null where there is none.</summary>
    public static InitializerProposals? Find(CellPlace place) =>
        place.Before.Kind() is SyntaxKind.OpenBraceToken or SyntaxKind.CommaToken
        && place.Before.Parent is InitializerExpressionSyntax
        {
            Parent: BaseObjectCreationExpressionSyntax or WithExpressionSyntax or AssignmentExpressionSyntax,
        } braces
            ? new(place, braces) : null;

    /// <summary>Adds the members.</summary>
    /// <returns>Whether an expression may stand there as well, as an element of a collection.</returns>
    public bool Add(SemanticModel model, CompletionItems items)
    {
        var type = braces.Parent switch
        {
            WithExpressionSyntax with => model.GetTypeInfo(with.Expression).Type,
            AssignmentExpressionSyntax assignment => model.GetTypeInfo(assignment.Left).Type,
            ExpressionSyntax creation => model.GetTypeInfo(creation) is var info ? info.Type ?? info.ConvertedType : null,
            _ => null,
        };
        if (type is null or IErrorTypeSymbol) return true;

        var assigned = braces.Expressions.OfType<AssignmentExpressionSyntax>()
            .Select(a => a.Left.ToString())
            .ToHashSet(StringComparer.Ordinal);
        foreach (var member in model.LookupSymbols(place.Span.Start, type))
        {
            if (!assigned.Contains(member.Name) && CanBeSet(member, model)) items.Add(member, CompletionItems.Nearness.Expected);
        }
        return braces.Parent is not WithExpressionSyntax
            && type.AllInterfaces.Any(i => i.SpecialType == SpecialType.System_Collections_IEnumerable);
    }

    private bool CanBeSet(ISymbol member, SemanticModel model) => !member.IsStatic && member switch
    {
        IPropertySymbol { IsIndexer: false, SetMethod: { } setter } => model.IsAccessible(place.Span.Start, setter),
        IFieldSymbol field => !field.IsReadOnly && !field.IsConst,
        _ => false,
    };
}
