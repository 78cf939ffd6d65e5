using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Unlearn.Kernel.Sessions;

/// <summary>Puts a call of <see cref="CellLoop.Check"/> at the beginning of every round of the loops that a cell writes.</summary>
/// <remarks>
/// The runtime can abort a thread, but an abort that strikes a loop with calls in it may end the process; this makes it the last resort.
/// Nothing moves to another line, so tracebacks stay right. The price is one read of a static field a round.
/// </remarks>
internal static class LoopChecks
{
    private const string Call = "global::Unlearn.Kernel.Sessions.CellLoop.Check();";

    /// <summary>The text with its checks; null when it has no loops.</summary>
    public static string? Insert(CSharpSyntaxTree tree)
    {
        var insertions = new List<(int Position, bool IsEnd, string Text)>();
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            var body = node switch
            {
                WhileStatementSyntax loop => loop.Statement,
                DoStatementSyntax loop => loop.Statement,
                ForStatementSyntax loop => loop.Statement,
                CommonForEachStatementSyntax loop => loop.Statement,
                _ => null,
            };
            if (body is BlockSyntax block)
            {
                insertions.Add((block.OpenBraceToken.Span.End, false, Call));
            }
            else if (body is not null)
            {
                insertions.Add((body.SpanStart, false, "{" + Call));
                insertions.Add((body.Span.End, true, "}"));
            }
        }
        if (insertions.Count == 0) return null;

        var source = tree.GetText().ToString();
        var (text, done) = (new StringBuilder(), 0);
        foreach (var (position, _, inserted) in insertions.OrderBy(i => i.Position).ThenByDescending(i => i.IsEnd))
        {
            text.Append(source, done, position - done).Append(inserted);
            done = position;
        }
        return text.Append(source, done, source.Length - done).ToString();
    }
}
