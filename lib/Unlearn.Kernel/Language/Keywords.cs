namespace Unlearn.Kernel.Language;

/// <summary>The keywords of C# 14 by where they may stand.</summary>
internal static class Keywords
{
    /// <summary>Types that have a keyword.</summary>
    public static IReadOnlyList<string> Types { get; } =
    [
        "bool", "byte", "char", "decimal", "double", "dynamic", "float", "int", "long", "nint", "nuint", "object", "sbyte", "short",
        "string", "uint", "ulong", "ushort",
    ];

    /// <summary>What may begin an expression.</summary>
    public static IReadOnlyList<string> Expressions { get; } =
    [
        "async", "await", "base", "checked", "default", "delegate", "false", "from", "in", "nameof", "new", "null", "out", "ref", "sizeof",
        "stackalloc", "static", "this", "throw", "true", "typeof", "unchecked", "var",
    ];

    /// <summary>What may begin a statement or a declaration of a cell, beside an expression.</summary>
    public static IReadOnlyList<string> Statements { get; } =
    [
        "abstract", "break", "case", "catch", "class", "const", "continue", "do", "else", "enum", "event", "extern", "finally", "fixed",
        "for", "foreach", "goto", "if", "interface", "internal", "lock", "override", "partial", "private", "protected", "public",
        "readonly", "record", "required", "return", "sealed", "struct", "switch", "try", "unsafe", "using", "virtual", "void", "while",
        "yield",
    ];

    /// <summary>What may follow an expression.</summary>
    public static IReadOnlyList<string> AfterExpression { get; } = ["and", "as", "in", "is", "or", "switch", "when", "with"];

    /// <summary>What may follow an expression in a query.</summary>
    public static IReadOnlyList<string> Query { get; } =
    [
        "ascending", "by", "descending", "equals", "from", "group", "in", "into", "join", "let", "on", "orderby", "select", "where",
    ];

    /// <summary>What may begin a pattern.</summary>
    public static IReadOnlyList<string> Patterns { get; } = ["false", "not", "null", "true", "var"];
}
