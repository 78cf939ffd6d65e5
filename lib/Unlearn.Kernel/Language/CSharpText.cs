using Microsoft.CodeAnalysis;

namespace Unlearn.Kernel.Language;

/// <summary>A cell's text as the C# parser may see it.</summary>
internal static class CSharpText
{
    // Each call of a chain of methods takes two levels, each bracket two or three.
    private const int DeepestTree = 1_000;

    /// <summary>
    /// The text with everything that is not C# turned into spaces: directives, package references and parts in other languages.
    /// Every offset and every line stays where it was, so that no place has to be translated.
    /// </summary>
    /// <param name="code">The cell.</param>
    /// <param name="position">A place in it.</param>
    /// <returns>The text, and whether the place is in C#.</returns>
    public static (string Text, bool IsCSharp) Of(string code, int position = 0)
    {
        var text = code.ToCharArray();
        var (isCSharp, isCSharpThere) = (true, true);
        for (var start = 0; start <= text.Length;)
        {
            var end = LineEnd(code, start);
            var line = code.AsSpan(start, end - start);
            var isDirective = line.StartsWith("#!", StringComparison.Ordinal);
            if (isDirective) isCSharp = DirectiveWords.IsCSharpAfter(line.ToString(), isCSharp);
            var isHidden = isDirective || !isCSharp || IsPackage(line);
            if (isHidden) text.AsSpan(start, end - start).Fill(' ');
            if (position >= start && position <= end) isCSharpThere = !isHidden;
            start = end + 1;
        }
        return (new(text), isCSharpThere);
    }

    /// <summary>
    /// Whether a text nests brackets deeper than anybody writes. The parser must not see it: it recurses at every bracket, and some of
    /// its paths (tuple types, type arguments) do so until the process dies.
    /// </summary>
    public static bool IsTooDeep(string code) => BracketNesting.TooDeepAt(code) is not null;

    /// <summary>
    /// Whether a parsed text nests deeper than anybody writes, with brackets or without. The binder must not see it, for the same reason.
    /// </summary>
    /// <param name="tree">The parsed text.</param>
    /// <param name="deepest">The number of levels that are let pass.</param>
    public static bool IsTooDeep(SyntaxTree tree, int deepest = DeepestTree)
    {
        var level = new Stack<(SyntaxNode Node, int Depth)>([(tree.GetRoot(), 0)]);
        while (level.TryPop(out var next))
        {
            if (next.Depth > deepest) return true;
            foreach (var child in next.Node.ChildNodes()) level.Push((child, next.Depth + 1));
        }
        return false;
    }

    /// <summary>Where the line that contains a place begins.</summary>
    public static int LineStart(string code, int position) =>
        position == 0 ? 0 : code.AsSpan(0, position).LastIndexOfAny('\n', '\r') + 1;

    /// <summary>Where the line that contains a place ends, before its line break.</summary>
    public static int LineEnd(string code, int position) =>
        code.AsSpan(position).IndexOfAny('\n', '\r') is var length and >= 0 ? position + length : code.Length;

    private static bool IsPackage(ReadOnlySpan<char> line)
    {
        if (!line.StartsWith("#r", StringComparison.Ordinal) && !line.StartsWith("#i", StringComparison.Ordinal)) return false;
        var argument = line[2..].TrimStart();
        return argument is ['"', ..] && argument[1..].TrimStart().StartsWith("nuget:", StringComparison.OrdinalIgnoreCase);
    }
}
