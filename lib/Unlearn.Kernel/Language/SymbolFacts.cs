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
        return new(SymbolText.Short(symbol), isHidden, isObsolete, symbol is IMethodSymbol method && IsMethodOfObject(method));
    }

    // Extensions of anything whatever are as little about the value as what object itself has.
    private static bool IsMethodOfObject(IMethodSymbol method) =>
        method.Name is "Equals" or "GetHashCode" or "GetType" or "ToString" or "ReferenceEquals"
        || method.ReducedFrom is { Parameters: [{ Type: var receiver }, ..] }
            && receiver is { SpecialType: SpecialType.System_Object } or ITypeParameterSymbol { ConstraintTypes.IsEmpty: true };
}
