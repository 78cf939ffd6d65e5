using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Unlearn.Kernel.Language;

/// <summary>Proposals where a value of a known enum is expected: its members.</summary>
internal sealed class ExpectedValues(CellPlace place, SemanticModel model)
{
    public void Add(CompletionItems items)
    {
        foreach (var type in Types(place, model).Where(t => t.TypeKind == TypeKind.Enum))
        {
            var name = NameOf(type);
            foreach (var member in type.GetMembers().OfType<IFieldSymbol>().Where(f => f.IsConst && !SymbolFacts.Of(f).IsHidden))
            {
                items.Add($"{name}.{SymbolText.Escaped(member.Name)}", "enumMember", SymbolFacts.Of(member).Signature,
                    CompletionItems.Nearness.Expected, member.Name, type.Name);
            }
        }
    }

    /// <summary>The types that the value at a place may be meant to have: of the variable it is assigned to, of the parameter it is
    /// passed for, of what it is compared with.</summary>
    public static IReadOnlyList<ITypeSymbol> Types(CellPlace place, SemanticModel model)
    {
        var before = place.Before;
        if (before.IsKind(SyntaxKind.NewKeyword)) before = before.GetPreviousToken();
        ITypeSymbol? TypeOf(SyntaxNode? node) => node is null ? null : model.GetTypeInfo(node).Type;

        IEnumerable<ITypeSymbol?> types = (before.Kind(), before.Parent) switch
        {
            (SyntaxKind.EqualsToken, EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax d }) =>
                [d.Type.IsVar ? null : TypeOf(d.Type)],
            (SyntaxKind.EqualsToken, EqualsValueClauseSyntax { Parent: ParameterSyntax p }) => [TypeOf(p.Type)],
            (SyntaxKind.EqualsToken, EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax p }) => [TypeOf(p.Type)],
            (_, AssignmentExpressionSyntax assignment) when assignment.OperatorToken == before => [TypeOf(assignment.Left)],
            (_, BinaryExpressionSyntax binary) when binary.OperatorToken == before => [TypeOf(binary.Left)],
            (SyntaxKind.ColonToken, ConditionalExpressionSyntax choice) => [TypeOf(choice.WhenTrue)],
            (SyntaxKind.ColonToken, NameColonSyntax { Parent: ArgumentSyntax { Parent: { } list } } name) =>
                Parameters(list, model, _ => name.Name.Identifier.ValueText),
            (SyntaxKind.OpenParenToken or SyntaxKind.CommaToken, BaseArgumentListSyntax list) =>
                Parameters(list, model, all => At(all, list.Arguments.GetSeparators().Count(s => s.SpanStart <= before.SpanStart))),
            (SyntaxKind.CaseKeyword, _) => [TypeOf(before.Parent?.FirstAncestorOrSelf<SwitchStatementSyntax>()?.Expression)],
            (SyntaxKind.OpenBraceToken or SyntaxKind.CommaToken, SwitchExpressionSyntax choice) => [TypeOf(choice.GoverningExpression)],
            (SyntaxKind.IsKeyword, IsPatternExpressionSyntax pattern) => [TypeOf(pattern.Expression)],
            (SyntaxKind.IsKeyword, BinaryExpressionSyntax binary) => [TypeOf(binary.Left)],
            (SyntaxKind.NotKeyword or SyntaxKind.OrKeyword or SyntaxKind.AndKeyword, _) => [Governing(before.Parent, model)],
            (SyntaxKind.ColonToken, NameColonSyntax { Parent: SubpatternSyntax } name) => [TypeOf(name.Name)],
            _ => [],
        };
        return
        [
            .. types.OfType<ITypeSymbol>()
                .Where(t => t is not IErrorTypeSymbol)
                .Select(Bare)
                .Distinct(SymbolEqualityComparer.Default)
                .Cast<ITypeSymbol>(),
        ];
    }

    private static ITypeSymbol? Governing(SyntaxNode? pattern, SemanticModel model) => pattern?.Ancestors().Select(n => n switch
    {
        IsPatternExpressionSyntax test => model.GetTypeInfo(test.Expression).Type,
        SwitchExpressionSyntax choice => model.GetTypeInfo(choice.GoverningExpression).Type,
        SwitchStatementSyntax choice => model.GetTypeInfo(choice.Expression).Type,
        _ => null,
    }).FirstOrDefault(t => t is not null);

    private static IEnumerable<ITypeSymbol?> Parameters(
        SyntaxNode list, SemanticModel model, Func<IReadOnlyList<IParameterSymbol>, string?> nameOf)
    {
        foreach (var candidate in Invocation.Of(list, model)?.Candidates ?? [])
        {
            var parameters = Invocation.Parameters(candidate);
            var name = nameOf(parameters);
            if (parameters.FirstOrDefault(p => p.Name == name) is { } parameter) yield return parameter.Type;
        }
    }

    private static string? At(IReadOnlyList<IParameterSymbol> parameters, int index) =>
        index < parameters.Count ? parameters[index].Name : parameters is [.., { IsParams: true } rest] ? rest.Name : null;

    private static ITypeSymbol Bare(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } n ? n.TypeArguments[0] : type;

    // As short as the usings at the place allow: ScalarType under `using static TorchSharp.torch`, torch.ScalarType without.
    private string NameOf(ITypeSymbol type) => type.ToMinimalDisplayString(model, place.Span.Start);
}
