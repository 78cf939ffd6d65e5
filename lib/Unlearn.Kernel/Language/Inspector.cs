using System.Collections.Immutable;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Unlearn.Kernel.Language;

/// <summary>Says what is known about the symbol at a place in a cell.</summary>
internal sealed class Inspector(CellCompiler compiler, SemanticModel model, CancellationToken token)
{
    // More overloads than this are not read.
    private const int MostOverloads = 30;

    private readonly Documentation documentation = new(model.Compilation);

    /// <summary>The symbol at a place, or the method whose arguments stand there; null where there is neither.</summary>
    public Inspection? Run(int position, int detail)
    {
        var root = model.SyntaxTree.GetRoot(token);
        var symbols = At(root, position);
        if (symbols.IsEmpty) symbols = Around(root, position);
        if (symbols.IsEmpty) return null;
        var value = CurrentValue.Of(symbols[0], compiler);
        return new(Text(symbols, value, detail, markdown: false), Text(symbols, value, detail, markdown: true));
    }

    private ImmutableArray<ISymbol> At(SyntaxNode root, int position)
    {
        var word = root.FindToken(position);
        if (position == word.SpanStart && !IsWord(word) || word.SpanStart > position) word = root.FindToken(Math.Max(0, position - 1));
        if (!IsWord(word) || position < word.SpanStart || position > word.Span.End) return [];
        var node = word.Parent!;
        if (word.IsKind(SyntaxKind.NewKeyword)) return Symbols(node);
        if (SyntaxFacts.IsKeywordKind(word.Kind()) && node is not (PredefinedTypeSyntax or ThisExpressionSyntax)) return [];

        if (node is NameColonSyntax or NameEqualsSyntax) node = word.Parent!;
        if (model.GetDeclaredSymbol(node, token) is { } declared) return [declared];
        if (node is SimpleNameSyntax && Constructed(node) is { } creation && Symbols(creation) is [IMethodSymbol, ..] constructors)
        {
            return constructors;
        }
        return Symbols(node);
    }

    /// <summary>The method, constructor or indexer in whose argument list the place is.</summary>
    private ImmutableArray<ISymbol> Around(SyntaxNode root, int position)
    {
        var list = root.FindToken(Math.Max(0, position - 1)).Parent?.AncestorsAndSelf()
            .FirstOrDefault(n => n is BaseArgumentListSyntax or AttributeArgumentListSyntax && n.SpanStart < position
                && (position < n.Span.End || n.GetLastToken(includeZeroWidth: true).IsMissing));
        list ??= root.FindToken(position).Parent?.AncestorsAndSelf()
            .FirstOrDefault(n => n is BaseArgumentListSyntax && n.SpanStart < position && position < n.Span.End);
        return Invocation.Of(list, model) is { } invocation ? Ranked(invocation) : [];
    }

    /// <summary>Of overloads among which nothing is decided yet, those come first that take as many arguments as there are.</summary>
    private static ImmutableArray<ISymbol> Ranked(Invocation invocation)
    {
        if (invocation.IsResolved) return invocation.Candidates;
        // A comma with nothing behind it asks for one more.
        var count = invocation.Arguments.Count();
        return [.. invocation.Candidates.OrderBy(c => Takes(Invocation.Parameters(c)) ? 0 : 1)];

        bool Takes(ImmutableArray<IParameterSymbol> parameters) => parameters.Length >= count || parameters is [.., { IsParams: true }];
    }

    private ImmutableArray<ISymbol> Symbols(SyntaxNode node)
    {
        var info = model.GetSymbolInfo(node, token);
        var group = model.GetMemberGroup(node, token);
        if (info.Symbol is { } symbol)
        {
            return [symbol, .. group.Where(s => !SymbolEqualityComparer.Default.Equals(s.OriginalDefinition, symbol.OriginalDefinition))];
        }
        var candidates = info.CandidateSymbols;
        if (!candidates.IsEmpty) return [.. candidates, .. group.Except(candidates, SymbolEqualityComparer.Default)];
        if (!group.IsEmpty) return group;
        return model.GetTypeInfo(node, token).Type is { TypeKind: not TypeKind.Error } type && node is TypeSyntax ? [type] : [];
    }

    private static BaseObjectCreationExpressionSyntax? Constructed(SyntaxNode name)
    {
        while (name.Parent is QualifiedNameSyntax qualified && qualified.Right == name) name = qualified;
        return name.Parent as ObjectCreationExpressionSyntax;
    }

    private static bool IsWord(SyntaxToken word) =>
        word.Parent is not null && (word.IsKind(SyntaxKind.IdentifierToken) || SyntaxFacts.IsKeywordKind(word.Kind()));

    private string Text(ImmutableArray<ISymbol> symbols, string? value, int detail, bool markdown)
    {
        var writer = new DocumentationText(markdown);
        var (symbol, parts) = (symbols[0], new List<string>());
        var others = symbols.Skip(1).Take(MostOverloads).Select(SymbolText.Full).Distinct(StringComparer.Ordinal).ToList();
        var signature = SymbolText.Full(symbol);
        if (detail > 0) signature = string.Join('\n', others.Prepend(signature));
        parts.Add(markdown ? $"```csharp\n{signature}\n```" : signature);
        if (detail == 0 && others.Count > 0) parts.Add(others.Count == 1 ? "+ 1 overload" : $"+ {others.Count} overloads");
        if (value is not null) parts.Add(Heading("Value", markdown) + (markdown ? $"\n\n```\n{value}\n```" : $"\n  {Indented(value)}"));

        if (documentation.Of(symbol) is { } member) Add(member);
        else if (TypeOf(symbol) is { } type && documentation.Of(type)?.Element("summary") is { } summary) parts.Add(writer.Of(summary));
        return string.Join("\n\n", parts.Where(p => p.Length > 0));

        void Add(XElement member)
        {
            // The summary leads; a parameter's documentation is inside its method's.
            if (member.Element("summary") is { } summary) parts.Add(writer.Of(summary));
            Named("Type parameters", "typeparam", "name");
            Named("Parameters", "param", "name");
            Single("Returns", "returns");
            Single("Value", "value");
            Named("Exceptions", "exception", "cref");
            Single("Remarks", "remarks");
            Single("Example", "example");

            void Single(string heading, string name)
            {
                if (member.Element(name) is { } element && writer.Of(element) is { Length: > 0 } text)
                {
                    parts.Add($"{Heading(heading, markdown)}\n\n{text}");
                }
            }

            void Named(string heading, string name, string attribute)
            {
                var lines = member.Elements(name)
                    .Select(e => (Name: DocumentationText.ShortName((string?)e.Attribute(attribute) ?? ""), Text: writer.Of(e)))
                    .Where(e => e.Text.Length > 0)
                    .Select(e => markdown ? $"- `{e.Name}`: {Indented(e.Text)}" : $"  {e.Name}: {Indented(e.Text)}")
                    .ToList();
                if (lines.Count > 0) parts.Add($"{Heading(heading, markdown)}\n{(markdown ? "\n" : "")}{string.Join('\n', lines)}");
            }
        }
    }

    private static string Heading(string text, bool markdown) => markdown ? $"**{text}**" : $"{text}:";

    private static string Indented(string text) => text.Replace("\n", "\n  ", StringComparison.Ordinal);

    // What a variable is for, its type says.
    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IRangeVariableSymbol => null,
        IFieldSymbol { ContainingType.IsScriptClass: true } field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };
}
