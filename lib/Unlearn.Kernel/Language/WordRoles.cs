using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Unlearn.Kernel.Language;

/// <summary>Reads from the token before a word what the word may be.</summary>
internal static class WordRoles
{
    /// <summary>The role of the word at a place that is not behind a dot.</summary>
    public static WordRole Of(CellPlace place)
    {
        var before = place.Before;
        var parent = before.Parent;
        if (place.Word.Parent is ParameterSyntax { Type: not null } parameter && parameter.Identifier == place.Word) return WordRole.Name;
        return before.Kind() switch
        {
            SyntaxKind.None => WordRole.Statement,
            SyntaxKind.SemicolonToken => parent is ForStatementSyntax ? WordRole.Expression : WordRole.Statement,
            SyntaxKind.OpenBraceToken => parent switch
            {
                InitializerExpressionSyntax or AnonymousObjectCreationExpressionSyntax or InterpolationSyntax => WordRole.Expression,
                SwitchExpressionSyntax => WordRole.Pattern,
                EnumDeclarationSyntax or PropertyPatternClauseSyntax => WordRole.Name,
                _ => WordRole.Statement,
            },
            SyntaxKind.CloseBraceToken => parent is BlockSyntax or BaseTypeDeclarationSyntax or SwitchStatementSyntax or AccessorListSyntax
                ? WordRole.Statement : After(place),
            SyntaxKind.CloseParenToken => parent is IfStatementSyntax or WhileStatementSyntax or ForStatementSyntax
                or CommonForEachStatementSyntax or UsingStatementSyntax or LockStatementSyntax ? WordRole.Statement
                : parent is CastExpressionSyntax ? WordRole.Expression : After(place),
            SyntaxKind.ElseKeyword or SyntaxKind.DoKeyword => WordRole.Statement,
            SyntaxKind.UsingKeyword => WordRole.Namespace,
            SyntaxKind.StaticKeyword when parent is UsingDirectiveSyntax => WordRole.NamespaceOrType,
            SyntaxKind.EqualsToken when parent?.Parent is UsingDirectiveSyntax => WordRole.NamespaceOrType,
            SyntaxKind.NewKeyword => WordRole.New,
            SyntaxKind.IsKeyword or SyntaxKind.NotKeyword or SyntaxKind.CaseKeyword => WordRole.Pattern,
            SyntaxKind.AndKeyword or SyntaxKind.OrKeyword => WordRole.Pattern,
            SyntaxKind.AsKeyword => WordRole.Type,
            SyntaxKind.LessThanToken => parent is TypeArgumentListSyntax ? WordRole.Type
                : parent is TypeParameterListSyntax ? WordRole.Name : WordRole.Expression,
            SyntaxKind.OpenParenToken => parent is TypeOfExpressionSyntax or DefaultExpressionSyntax or SizeOfExpressionSyntax
                or ParameterListSyntax or CatchDeclarationSyntax or TupleTypeSyntax ? WordRole.Type : WordRole.Expression,
            SyntaxKind.CommaToken => parent switch
            {
                TypeArgumentListSyntax or BaseListSyntax or ParameterListSyntax or TupleTypeSyntax => WordRole.Type,
                SwitchExpressionSyntax => WordRole.Pattern,
                VariableDeclarationSyntax or TypeParameterListSyntax or EnumDeclarationSyntax => WordRole.Name,
                _ => WordRole.Expression,
            },
            SyntaxKind.ColonToken => parent switch
            {
                BaseListSyntax or TypeParameterConstraintClauseSyntax => WordRole.Type,
                SwitchLabelSyntax or LabeledStatementSyntax => WordRole.Statement,
                NameColonSyntax { Parent: SubpatternSyntax } => WordRole.Pattern,
                _ => WordRole.Expression,
            },
            SyntaxKind.RefKeyword or SyntaxKind.OutKeyword or SyntaxKind.InKeyword =>
                parent is ParameterSyntax ? WordRole.Type : WordRole.Expression,
            SyntaxKind.ClassKeyword or SyntaxKind.StructKeyword or SyntaxKind.InterfaceKeyword or SyntaxKind.EnumKeyword
                or SyntaxKind.RecordKeyword or SyntaxKind.NamespaceKeyword or SyntaxKind.FromKeyword or SyntaxKind.LetKeyword
                or SyntaxKind.IntoKeyword or SyntaxKind.JoinKeyword or SyntaxKind.GotoKeyword
                or SyntaxKind.OperatorKeyword => WordRole.Name,
            SyntaxKind.PublicKeyword or SyntaxKind.PrivateKeyword or SyntaxKind.InternalKeyword or SyntaxKind.ProtectedKeyword
                or SyntaxKind.StaticKeyword or SyntaxKind.AsyncKeyword or SyntaxKind.ReadOnlyKeyword or SyntaxKind.SealedKeyword
                or SyntaxKind.AbstractKeyword or SyntaxKind.VirtualKeyword or SyntaxKind.OverrideKeyword or SyntaxKind.PartialKeyword
                or SyntaxKind.ConstKeyword or SyntaxKind.RequiredKeyword or SyntaxKind.ParamsKeyword or SyntaxKind.EventKeyword
                or SyntaxKind.ExternKeyword or SyntaxKind.UnsafeKeyword or SyntaxKind.DelegateKeyword => WordRole.Declaration,
            SyntaxKind.QuestionToken => parent is NullableTypeSyntax ? After(place) : WordRole.Expression,
            SyntaxKind.GreaterThanToken => parent is TypeArgumentListSyntax ? After(place) : WordRole.Expression,
            SyntaxKind.AsteriskToken => WordRole.Expression,
            SyntaxKind.IdentifierToken when before.Text == "var" && place.IsOnLineOfBefore => WordRole.Name,
            SyntaxKind.IdentifierToken or SyntaxKind.CloseBracketToken => After(place),
            SyntaxKind.ThisKeyword when parent is ParameterSyntax => WordRole.Type,
            var kind when SyntaxFacts.IsPredefinedType(kind) => WordRole.Name,
            SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.NumericLiteralToken
                or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
                or SyntaxKind.InterpolatedStringEndToken
                or SyntaxKind.InterpolatedRawStringEndToken or SyntaxKind.NullKeyword or SyntaxKind.TrueKeyword
                or SyntaxKind.FalseKeyword or SyntaxKind.ThisKeyword => After(place),
            _ => WordRole.Expression,
        };
    }

    /// <summary>Behind something whole: on the same line more of it; on a new one, most likely, another statement.</summary>
    private static WordRole After(CellPlace place) => place.IsOnLineOfBefore ? WordRole.AfterExpression : WordRole.Statement;
}
