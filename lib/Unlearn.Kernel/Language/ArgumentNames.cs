using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Unlearn.Kernel.Language;

/// <summary>Proposals at the beginning of an argument: the names of parameters that have no argument yet.</summary>
internal sealed class ArgumentNames(CellPlace place, SemanticModel model)
{
    public void Add(CompletionItems items)
    {
        if (place.Before.Kind() is not (SyntaxKind.OpenParenToken or SyntaxKind.CommaToken or SyntaxKind.OpenBracketToken)) return;
        if (Invocation.Of(place.Before.Parent, model) is not { } invocation) return;

        var before = invocation.Arguments.Where(a => a.Span.End <= place.Before.SpanStart && a.FullSpan.Length > 0).ToList();
        var positional = before.Count(a => a is ArgumentSyntax { NameColon: null });
        var named = invocation.Arguments.OfType<ArgumentSyntax>()
            .Where(a => a.NameColon is not null && !a.Span.Contains(place.Span.Start))
            .Select(a => a.NameColon!.Name.Identifier.ValueText)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var parameter in invocation.Candidates.SelectMany(c => Invocation.Parameters(c).Skip(positional)))
        {
            if (named.Contains(parameter.Name)) continue;
            var name = SymbolText.Escaped(parameter.Name);
            items.Add(name + ":", "param", SymbolText.Short(parameter), CompletionItems.Nearness.Expected, parameter.Name);
        }
    }
}
