using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Unlearn.Kernel.Language;

/// <summary>What a list of proposals needs to know of a symbol.</summary>
/// <param name="Signature">The declaration on one line.</param>
/// <param name="IsHidden">Whether its author asks editors not to show it.</param>
/// <param name="IsObsolete">Whether it is not to be used any more.</param>
/// <param name="IsOfObject">Whether every value has it.</param>
internal sealed record SymbolFacts(string Signature, bool IsHidden, bool IsObsolete, bool IsOfObject)
{
    // Symbols of a referenced assembly are the same objects from cell to cell, and torch alone has more than a thousand members.
    private static readonly ConditionalWeakTable<ISymbol, SymbolFacts> Known = [];

    /// <summary>The facts of a symbol.</summary>
    public static SymbolFacts Of(ISymbol symbol) =>
        symbol.Locations is [{ IsInMetadata: true }, ..] ? Known.GetValue(symbol, Find) : Find(symbol);

    private static SymbolFacts Find(ISymbol symbol)
    {
        var (isHidden, isObsolete) = (false, false);
        foreach (var attribute in symbol is INamespaceSymbol ? [] : symbol.GetAttributes())
        {
            switch (attribute.AttributeClass?.Name)
            {
                // EditorBrowsableState.Never is 1.
                case "EditorBrowsableAttribute":
                    isHidden |= attribute.ConstructorArguments is [{ Value: 1 }, ..];
                    break;
                case "ObsoleteAttribute":
                    isObsolete = true;
                    break;
            }
        }
        var isOfObject = symbol.ContainingType?.SpecialType is SpecialType.System_Object or SpecialType.System_ValueType
            || symbol is IMethodSymbol { IsOverride: true, Name: "Equals" or "GetHashCode" or "ToString" };
        return new(SymbolText.Short(symbol), isHidden, isObsolete, isOfObject);
    }
}
