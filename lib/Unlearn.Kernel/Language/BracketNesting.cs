using Microsoft.CodeAnalysis.CSharp;

namespace Unlearn.Kernel.Language;

/// <summary>How deep the brackets of a text are nested, found without parsing it.</summary>
internal sealed class BracketNesting
{
    private const int Deepest = 300;

    private int brackets, angles;

    /// <summary>The place of the bracket that goes deeper than anybody writes; null where there is none.</summary>
    public static int? TooDeepAt(string code)
    {
        // Strings and comments may hold any brackets; setting them aside takes the lexer. It is asked only where it matters, and not where
        // it would itself recurse: at strings within strings, and in the conditions of directives.
        if (new BracketNesting().Read(code) is not { } place) return null;
        var isForLexer = code.Count(c => c == '$') <= Deepest
            && code.Split('\n').All(line => line.AsSpan().TrimStart() is not ['#', ..] || new BracketNesting().Read(line) is null);
        if (!isForLexer) return place;

        var nesting = new BracketNesting();
        return SyntaxFactory.ParseTokens(code).Where(token => !IsString(token.Kind()))
            .Select(token => token.SpanStart + nesting.Read(token.Text)).FirstOrDefault(at => at is not null);
    }

    private static bool IsString(SyntaxKind kind) => kind
        is SyntaxKind.StringLiteralToken or SyntaxKind.Utf8StringLiteralToken or SyntaxKind.CharacterLiteralToken
        or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.Utf8SingleLineRawStringLiteralToken
        or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.Utf8MultiLineRawStringLiteralToken;

    private int? Read(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            // A < may also compare, so that only those of one statement are counted together.
            (brackets, angles) = text[at] switch
            {
                '(' or '[' => (brackets + 1, angles),
                '{' => (brackets + 1, 0),
                ')' or ']' => (Math.Max(0, brackets - 1), angles),
                '}' => (Math.Max(0, brackets - 1), 0),
                '<' => (brackets, angles + 1),
                '>' => (brackets, Math.Max(0, angles - 1)),
                ';' => (brackets, 0),
                _ => (brackets, angles),
            };
            if (brackets > Deepest || angles > Deepest) return at;
        }
        return null;
    }
}
