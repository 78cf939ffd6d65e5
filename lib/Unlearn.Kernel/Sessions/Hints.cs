using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Unlearn.Kernel.Sessions;

/// <summary>What to do about compiler messages that mislead in a notebook, where code stands in no method and types in no file.</summary>
internal static class Hints
{
    private const int MostNamespaces = 3;

    /// <summary>A sentence that helps, or null where the compiler's own is enough.</summary>
    public static string? For(Diagnostic error, Compilation? compilation) => error.Id switch
    {
        "CS7021" => "A cell cannot declare a namespace. Leave the namespace line out, or compile the file into a library and use #r.",
        "CS1002" or "CS1519" when IsUsing(error) =>
            "'using var' stands only inside braces: { using var x = …; }, or use using (var x = …) { … }.",
        "CS9283" => "An extension block needs a top-level class, and a cell's types are nested. "
            + "Write an extension method at the top of the cell: static int Twice(this int x) => 2 * x;",
        "CS9054" => "A cell's types are nested, so none can be file-local. Leave 'file' out.",
        "CS8345" => "A variable of a cell lasts beyond it, so it cannot be a ref struct such as Span. "
            + "Put the code into braces or into a method.",
        "CS0102" => "A name can be declared again in a later cell, but only once within one cell.",
        "CS0201" => "To show the value of the last line, leave its semicolon out.",
        "CS7020" => "Put the iterator into a method: IEnumerable<int> Numbers() { yield return 1; }",
        "CS9378" => "A magic command must begin its line: remove the space in front of #!.",
        "CS0006" => "The path starts at the notebook's folder. Was the library built? Packages are written #r \"nuget: Id, Version\".",
        "CS0103" or "CS0246" or "CS0234" => Namespaces(error, compilation),
        _ => null,
    };

    private static bool IsUsing(Diagnostic error)
    {
        if (error.Location.SourceTree is not { } tree) return false;
        var line = tree.GetText().Lines.GetLineFromPosition(error.Location.SourceSpan.Start).ToString().TrimStart();
        return line.StartsWith("using ", StringComparison.Ordinal) || line.StartsWith("await using ", StringComparison.Ordinal);
    }

    // Names that notebooks of the original kernel import by themselves are few; say where the missing type lives.
    private static string? Namespaces(Diagnostic error, Compilation? compilation)
    {
        if (compilation is null || error.Location.SourceTree is not { } tree) return null;
        var node = tree.GetRoot().FindNode(error.Location.SourceSpan, getInnermostNodeForTie: true);
        if (node is not SimpleNameSyntax name) return null;
        string[] found = [.. Search(compilation.GlobalNamespace, name.Identifier.ValueText, name.Arity)
            .Select(type => type.ContainingNamespace.ToDisplayString())
            .Distinct(StringComparer.Ordinal)
            .OrderBy(space => space.Count(c => c == '.'))
            .ThenBy(space => space, StringComparer.Ordinal)];
        return found is [] or { Length: > MostNamespaces } ? null
            : $"{name.Identifier.ValueText} is in {string.Join(" and in ", found)}: add "
                + $"{string.Join(" or ", found.Select(space => $"'using {space};'"))}.";
    }

    private static IEnumerable<INamedTypeSymbol> Search(INamespaceSymbol space, string name, int arity) =>
        space.GetTypeMembers(name, arity).Where(type => type.DeclaredAccessibility == Accessibility.Public && !space.IsGlobalNamespace)
            .Concat(space.GetNamespaceMembers().SelectMany(inner => Search(inner, name, arity)));
}
