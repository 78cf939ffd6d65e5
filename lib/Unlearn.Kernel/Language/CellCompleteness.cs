using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Unlearn.Kernel.Language;

/// <summary>Tells whether a cell's text ends where its C# does.</summary>
internal static class CellCompleteness
{
    private const int IndentWidth = 4;

    // No further line closes a string that must end on its own.
    private const string NewLineInString = "CS1010";

    // Nobody reads code that stands farther to the right.
    private const int DeepestIndent = 20;

    public static (Completeness Status, string Indent) Of(SyntaxTree tree)
    {
        var indent = new string(' ', IndentWidth * Math.Clamp(Depth(tree), 0, DeepestIndent));
        var errors = tree.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.Id).ToList();
        if (errors.Contains(NewLineInString)) return (Completeness.Invalid, "");
        if (!SyntaxFactory.IsCompleteSubmission(tree)) return (Completeness.Incomplete, indent);
        return errors.Count > 0 ? (Completeness.Invalid, "") : (Completeness.Complete, "");
    }

    /// <summary>How many braces are open at the end; those in strings and comments are no tokens and do not count.</summary>
    private static int Depth(SyntaxTree tree)
    {
        var depth = 0;
        foreach (var token in tree.GetRoot().DescendantTokens())
        {
            if (token.IsMissing) continue;
            if (token.IsKind(SyntaxKind.OpenBraceToken)) depth++;
            if (token.IsKind(SyntaxKind.CloseBraceToken)) depth--;
        }
        return depth;
    }
}
