using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Unlearn.Kernel.Language;

/// <summary>How symbols are written: C# declarations with short type names.</summary>
internal static class SymbolText
{
    private static readonly SymbolDisplayFormat Format = new(
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Omitted,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameOnly,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeRef | SymbolDisplayMemberOptions.IncludeConstantValue,
        delegateStyle: SymbolDisplayDelegateStyle.NameAndSignature,
        extensionMethodStyle: SymbolDisplayExtensionMethodStyle.InstanceMethod,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeParamsRefOut,
        propertyStyle: SymbolDisplayPropertyStyle.NameOnly,
        localOptions: SymbolDisplayLocalOptions.IncludeType | SymbolDisplayLocalOptions.IncludeConstantValue,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword | SymbolDisplayKindOptions.IncludeNamespaceKeyword,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
            | SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
            | SymbolDisplayMiscellaneousOptions.AllowDefaultLiteral);

    private static readonly SymbolDisplayFormat WithContainer = Format
        .WithMemberOptions(Format.MemberOptions | SymbolDisplayMemberOptions.IncludeContainingType
            | SymbolDisplayMemberOptions.IncludeModifiers)
        .WithGenericsOptions(Format.GenericsOptions | SymbolDisplayGenericsOptions.IncludeTypeConstraints
            | SymbolDisplayGenericsOptions.IncludeVariance)
        .AddMemberOptions(SymbolDisplayMemberOptions.IncludeExplicitInterface);

    /// <summary>The declaration on one line, as a list of proposals shows it: <c>Tensor zeros(long[] size)</c>.</summary>
    public static string Short(ISymbol symbol) => symbol switch
    {
        INamespaceSymbol n => "namespace " + n.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat),
        INamedTypeSymbol { IsRecord: true } type => "record " + Name(type),
        _ => symbol.ToDisplayString(Format),
    };

    /// <summary>The declaration with its containing type and modifiers: <c>static Tensor torch.zeros(long[] size)</c>.</summary>
    public static string Full(ISymbol symbol) => symbol switch
    {
        INamespaceSymbol => Short(symbol),
        INamedTypeSymbol { TypeKind: TypeKind.Delegate } type => type.ToDisplayString(Format),
        INamedTypeSymbol type => Modifiers(type) + TypeKeyword(type) + " " + Name(type) + Bases(type),
        IFieldSymbol or IPropertySymbol or IMethodSymbol when symbol.ContainingType?.IsScriptClass is true =>
            symbol.ToDisplayString(Format.RemoveMemberOptions(SymbolDisplayMemberOptions.IncludeModifiers)) + Accessors(symbol),
        IPropertySymbol => symbol.ToDisplayString(WithContainer) + Accessors(symbol),
        IParameterSymbol parameter => "parameter " + symbol.ToDisplayString(Format.WithParameterOptions(Format.ParameterOptions)),
        ILocalSymbol => symbol.ToDisplayString(Format),
        IMethodSymbol { ReducedFrom: not null } => "(extension) " + symbol.ToDisplayString(WithContainer),
        _ => symbol.ToDisplayString(WithContainer),
    };

    /// <summary>A type's name as it would be written in a cell.</summary>
    public static string Name(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    /// <summary>What a symbol is, in the words of front ends.</summary>
    public static string Kind(ISymbol symbol) => symbol switch
    {
        INamespaceSymbol => "module",
        INamedTypeSymbol { TypeKind: TypeKind.Struct } => "struct",
        INamedTypeSymbol { TypeKind: TypeKind.Enum } => "enum",
        INamedTypeSymbol { TypeKind: TypeKind.Interface } => "interface",
        ITypeSymbol => "class",
        IMethodSymbol { MethodKind: MethodKind.LocalFunction } => "function",
        IMethodSymbol { ContainingType.IsScriptClass: true } => "function",
        IMethodSymbol => "method",
        IPropertySymbol => "property",
        IEventSymbol => "event",
        IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } => "enumMember",
        IFieldSymbol { IsConst: true } => "constant",
        IFieldSymbol { ContainingType.IsScriptClass: true } => "variable",
        IFieldSymbol => "field",
        _ => "variable",
    };

    /// <summary>A name as it is to be typed: with an @ where it is a keyword.</summary>
    public static string Escaped(string name) =>
        SyntaxFacts.GetKeywordKind(name) is not SyntaxKind.None ? "@" + name : name;

    private static string Modifiers(INamedTypeSymbol type) =>
        type.IsStatic ? "static " : type.TypeKind != TypeKind.Class ? "" : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "";

    private static string TypeKeyword(INamedTypeSymbol type) => type switch
    {
        { IsRecord: true, TypeKind: TypeKind.Struct } => "record struct",
        { IsRecord: true } => "record",
        { TypeKind: TypeKind.Struct } => "struct",
        { TypeKind: TypeKind.Enum } => "enum",
        { TypeKind: TypeKind.Interface } => "interface",
        _ => "class",
    };

    private static string Bases(INamedTypeSymbol type)
    {
        string[] bases =
        [
            .. type.BaseType is { SpecialType: SpecialType.None } b && type.TypeKind == TypeKind.Class ? [Name(b)] : (string[])[],
            .. type.Interfaces.Where(i => i.DeclaredAccessibility == Accessibility.Public).Select(Name),
        ];
        return bases.Length == 0 ? "" : " : " + string.Join(", ", bases);
    }

    private static string Accessors(ISymbol symbol) => symbol is not IPropertySymbol property ? ""
        : (property.GetMethod, property.SetMethod) switch
        {
            (not null, null) => " { get; }",
            (null, not null) => " { set; }",
            (_, { IsInitOnly: true }) => " { get; init; }",
            _ => " { get; set; }",
        };
}
