namespace Unlearn.Kernel.Language;

/// <summary>What a word may be where it stands.</summary>
internal enum WordRole
{
    /// <summary>An expression, or an argument's name.</summary>
    Expression,

    /// <summary>The beginning of a statement or declaration.</summary>
    Statement,

    /// <summary>The rest of a declaration after a modifier.</summary>
    Declaration,

    /// <summary>A type.</summary>
    Type,

    /// <summary>A type of which an object is made.</summary>
    New,

    /// <summary>A pattern: a type, a constant or <c>not null</c>.</summary>
    Pattern,

    /// <summary>A namespace in a using directive.</summary>
    Namespace,

    /// <summary>A namespace or type in a using directive.</summary>
    NamespaceOrType,

    /// <summary>What joins an expression with what follows: <c>is</c>, <c>select</c>.</summary>
    AfterExpression,

    /// <summary>A new name, for which there is nothing to propose.</summary>
    Name,
}
