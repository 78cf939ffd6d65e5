using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Unlearn.Kernel.Language;

/// <summary>Proposals behind a dot: what a value, a type or a namespace has.</summary>
internal sealed class MemberProposals(CellPlace place, SemanticModel model, CompletionItems items)
{
    private int Position => place.Span.Start;

    public void Add()
    {
        switch (place.Before.Parent)
        {
            case MemberAccessExpressionSyntax access:
                AddOf(access.Expression, typesOnly: false);
                break;
            case MemberBindingExpressionSyntax binding:
                AddConditional(binding);
                break;
            case QualifiedNameSyntax name:
                AddOf(name.Left, typesOnly: IsType(name));
                break;
            case AliasQualifiedNameSyntax:
                AddNamespace(model.Compilation.GlobalNamespace, typesToo: true);
                break;
        }
    }

    private void AddOf(ExpressionSyntax left, bool typesOnly)
    {
        var symbol = model.GetSymbolInfo(left).Symbol;
        var type = model.GetTypeInfo(left).Type;
        if (symbol is null && type is null or IErrorTypeSymbol && !typesOnly)
        {
            // The parser took a value for the beginning of a type's name.
            var expression = SyntaxFactory.ParseExpression(left.ToString());
            symbol = model.GetSpeculativeSymbolInfo(left.SpanStart, expression, SpeculativeBindingOption.BindAsExpression).Symbol;
            type = model.GetSpeculativeTypeInfo(left.SpanStart, expression, SpeculativeBindingOption.BindAsExpression).Type;
        }
        switch (symbol)
        {
            case INamespaceSymbol ns:
                var directive = left.FirstAncestorOrSelf<UsingDirectiveSyntax>();
                AddNamespace(ns, typesToo: directive is not { StaticKeyword.RawKind: 0, Alias: null });
                return;
            case ITypeSymbol named when left is not (ThisExpressionSyntax or BaseExpressionSyntax):
                AddStatic(named, typesOnly);
                return;
        }
        if (typesOnly || type is null or IErrorTypeSymbol || type.SpecialType == SpecialType.System_Void) return;
        AddInstance(type);

        // A value that is named as its type is may mean either.
        if (left is IdentifierNameSyntax name && name.Identifier.ValueText == type.Name) AddStatic(type, typesOnly: false);
    }

    private void AddConditional(MemberBindingExpressionSyntax binding)
    {
        var conditional = binding.Ancestors().OfType<ConditionalAccessExpressionSyntax>()
            .FirstOrDefault(c => c.OperatorToken.Span.End <= binding.SpanStart && c.WhenNotNull.Span.Contains(binding.SpanStart));
        if (conditional is null || model.GetTypeInfo(conditional.Expression).Type is not { } type) return;
        AddInstance(type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0] : type);
    }

    private void AddNamespace(INamespaceSymbol ns, bool typesToo)
    {
        foreach (var symbol in model.LookupNamespacesAndTypes(Position, ns))
        {
            if (typesToo || symbol is INamespaceSymbol) items.Add(symbol, CompletionItems.Nearness.Usual);
        }
    }

    private void AddStatic(ITypeSymbol type, bool typesOnly)
    {
        foreach (var symbol in model.LookupStaticMembers(Position, type))
        {
            if (!typesOnly || symbol is ITypeSymbol) items.Add(symbol, CompletionItems.Nearness.Usual);
        }
    }

    private void AddInstance(ITypeSymbol type)
    {
        foreach (var symbol in model.LookupSymbols(Position, type, includeReducedExtensionMethods: true))
        {
            var isOfValue = symbol is IMethodSymbol { ReducedFrom: not null } || !symbol.IsStatic;
            if (isOfValue && symbol is not ITypeSymbol) items.Add(symbol, CompletionItems.Nearness.Usual);
        }
    }

    private static bool IsType(QualifiedNameSyntax name)
    {
        SyntaxNode whole = name;
        while (whole.Parent is QualifiedNameSyntax outer) whole = outer;
        return whole.Parent is ObjectCreationExpressionSyntax or BaseTypeSyntax or TypeArgumentListSyntax or UsingDirectiveSyntax
            or TypeOfExpressionSyntax or DefaultExpressionSyntax or ParameterSyntax or CastExpressionSyntax;
    }
}
