using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Unlearn.Kernel.Language;

/// <summary>A place in a cell that is being written: the word there and what stands before it.</summary>
internal sealed class CellPlace
{
    // How far back an unfinished statement is looked for.
    private const int LongestStatement = 2_000;

    private CellPlace(SyntaxTree tree, int position, SyntaxToken word, SyntaxToken before, bool isText)
    {
        (Tree, Position, Before, IsText) = (tree, position, before, isText);
        Root = tree.GetRoot();
        Span = word.RawKind == 0 ? new(position, 0) : word.Span;
        Word = word;
        Typed = Root.SyntaxTree.GetText().ToString(TextSpan.FromBounds(Span.Start, position)).TrimStart('@');
    }

    public SyntaxTree Tree { get; }

    public SyntaxNode Root { get; }

    public int Position { get; }

    /// <summary>The identifier or keyword at the place; none where a new word would begin.</summary>
    public SyntaxToken Word { get; }

    /// <summary>What a proposal replaces.</summary>
    public TextSpan Span { get; }

    /// <summary>The part of the word that stands before the place.</summary>
    public string Typed { get; }

    /// <summary>The token before the word; none at the cell's start.</summary>
    public SyntaxToken Before { get; }

    /// <summary>Whether the place is in a comment, a string or a number, where nothing is to be proposed.</summary>
    public bool IsText { get; }

    /// <summary>Whether the word stands on the line of the token before it.</summary>
    public bool IsOnLineOfBefore =>
        Before.RawKind != 0 && Before.GetLocation().GetLineSpan().EndLinePosition.Line
            == Tree.GetText().Lines.GetLineFromPosition(Span.Start).LineNumber;

    /// <summary>Looks at a place.</summary>
    /// <param name="parse">Parses a text as a cell.</param>
    /// <param name="text">The cell's C# (see <see cref="CSharpText.Of"/>).</param>
    /// <param name="position">A place in it.</param>
    public static CellPlace Find(Func<string, SyntaxTree> parse, string text, int position)
    {
        var place = Find(parse(text), position);
        if (place.IsText || Ending(place) is not { } ending) return place;
        return Find(parse(text.Insert(place.Span.End, ending)), position);
    }

    private static CellPlace Find(SyntaxTree tree, int position)
    {
        var root = tree.GetRoot();
        var left = root.FindToken(position);
        while (left.RawKind != 0 && (left.SpanStart >= position || left.Span.IsEmpty))
        {
            left = left.GetPreviousToken(includeZeroWidth: false, includeSkipped: true);
        }
        var isWord = left.RawKind != 0 && position <= left.Span.End
            && (left.IsKind(SyntaxKind.IdentifierToken) || SyntaxFacts.IsKeywordKind(left.Kind()));
        var before = isWord ? left.GetPreviousToken(includeZeroWidth: false, includeSkipped: true) : left;
        return new(tree, position, isWord ? left : default, before, IsInTrivia(root, position) || IsInLiteral(left, position));
    }

    /// <summary>
    /// What ends the statement at the place when the next line begins another one; null when it goes on. Without this the parser
    /// takes <c>torch.</c> and <c>var x</c> of the next line for one declaration.
    /// </summary>
    private static string? Ending(CellPlace place)
    {
        var next = place.Root.FindToken(place.Span.End);
        while (next.Span.IsEmpty && next.RawKind != (int)SyntaxKind.EndOfFileToken || next.SpanStart < place.Span.End)
        {
            var after = next.GetNextToken(includeZeroWidth: true, includeSkipped: true);
            if (after.RawKind == 0) break;
            next = after;
        }
        var lines = place.Tree.GetText().Lines;
        var goesOn = !next.IsKind(SyntaxKind.EndOfFileToken)
            && (lines.IndexOf(next.SpanStart) == lines.IndexOf(place.Span.End)
                || !next.IsKind(SyntaxKind.IdentifierToken) && !SyntaxFacts.IsKeywordKind(next.Kind()));
        if (goesOn) return null;

        var ending = new StringBuilder();
        var open = new Stack<SyntaxKind>();
        var token = place.Word.RawKind == 0 ? place.Before : place.Word;
        for (var i = 0; i < LongestStatement && token.RawKind != 0; i++)
        {
            var kind = token.Kind();
            if (kind is SyntaxKind.CloseParenToken or SyntaxKind.CloseBracketToken or SyntaxKind.CloseBraceToken)
            {
                if (open.Count == 0 && token.Parent is BlockSyntax or MemberDeclarationSyntax) break;
                open.Push(kind);
            }
            else if (kind is SyntaxKind.OpenParenToken or SyntaxKind.OpenBracketToken or SyntaxKind.OpenBraceToken)
            {
                if (open.Count > 0)
                {
                    open.Pop();
                }
                else if (kind == SyntaxKind.OpenBraceToken
                    && token.Parent is BlockSyntax or MemberDeclarationSyntax or SwitchStatementSyntax)
                {
                    break;
                }
                else
                {
                    // Inside a hole of a string nothing can be closed that the string's own end does not close.
                    if (token.Parent is InterpolationSyntax) return null;
                    ending.Append(kind switch { SyntaxKind.OpenParenToken => ')', SyntaxKind.OpenBracketToken => ']', _ => '}' });
                }
            }
            else if (kind == SyntaxKind.SemicolonToken && open.Count == 0)
            {
                break;
            }
            token = token.GetPreviousToken(includeZeroWidth: false, includeSkipped: true);
        }
        return ending.Append(';').ToString();
    }

    private static bool IsInTrivia(SyntaxNode root, int position)
    {
        if (position == 0) return false;
        var trivia = root.FindTrivia(position - 1);
        return trivia.Kind() switch
        {
            SyntaxKind.SingleLineCommentTrivia or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.DisabledTextTrivia => true,
            SyntaxKind.MultiLineCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia =>
                position < trivia.FullSpan.End || !trivia.ToFullString().EndsWith("*/", StringComparison.Ordinal),
            SyntaxKind.SkippedTokensTrivia => false,
            _ => trivia.HasStructure && trivia.GetStructure() is DirectiveTriviaSyntax directive
                && position <= directive.EndOfDirectiveToken.SpanStart,
        };
    }

    private static bool IsInLiteral(SyntaxToken left, int position) => left.Kind() switch
    {
        SyntaxKind.NumericLiteralToken => position <= left.Span.End,
        SyntaxKind.InterpolatedStringTextToken => true,
        SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedVerbatimStringStartToken
            or SyntaxKind.InterpolatedSingleLineRawStringStartToken or SyntaxKind.InterpolatedMultiLineRawStringStartToken => true,
        SyntaxKind.CloseBraceToken => left.Parent is InterpolationSyntax,
        SyntaxKind.ColonToken => left.Parent is InterpolationFormatClauseSyntax,
        SyntaxKind.StringLiteralToken or SyntaxKind.Utf8StringLiteralToken or SyntaxKind.CharacterLiteralToken
            or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
            or SyntaxKind.Utf8SingleLineRawStringLiteralToken or SyntaxKind.Utf8MultiLineRawStringLiteralToken =>
            position < left.Span.End || position == left.Span.End && left.ContainsDiagnostics,
        _ => false,
    };
}
