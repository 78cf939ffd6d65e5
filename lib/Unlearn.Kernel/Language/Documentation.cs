using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Unlearn.Kernel.Language;

/// <summary>The documentation of symbols, with what they inherit.</summary>
internal sealed class Documentation(Compilation compilation)
{
    // Longer chains of <inheritdoc/> are circles.
    private const int LongestChain = 8;

    /// <summary>The documentation of a symbol, or null where it has none.</summary>
    public XElement? Of(ISymbol symbol) => Of(symbol, LongestChain);

    private XElement? Of(ISymbol symbol, int further)
    {
        if (symbol is IMethodSymbol { ReducedFrom: { } extension }) symbol = extension;
        var own = DocumentationFiles.Find(symbol, compilation);
        if (further == 0) return own;
        var inherit = own?.Element("inheritdoc");
        if (own is not null && inherit is null) return own.HasElements ? own : null;

        var source = inherit?.Attribute("cref")?.Value is { } cref
            ? DocumentationCommentId.GetFirstSymbolForDeclarationId(cref, compilation) : Inherited(symbol);
        var inherited = source is null ? null : Of(source, further - 1);
        if (inherited is null) return own is { HasElements: true } && inherit is null ? own : FromContainer(symbol);

        // What the symbol says itself stands; what it does not say comes from above.
        var merged = new XElement(inherited);
        foreach (var said in own?.Elements().Where(e => e.Name != "inheritdoc") ?? [])
        {
            merged.Elements(said.Name).Where(e => (string?)e.Attribute("name") == (string?)said.Attribute("name")).Remove();
            merged.Add(said);
        }
        return merged;
    }

    /// <summary>A record declared in a cell documents its properties and its constructor on itself.</summary>
    private static XElement? FromContainer(ISymbol symbol)
    {
        if (symbol.ContainingType is not { IsRecord: true, Locations: [{ IsInSource: true }, ..] } record) return null;
        var xml = record.GetDocumentationCommentXml();
        if (string.IsNullOrWhiteSpace(xml)) return null;
        XElement whole;
        try
        {
            whole = XElement.Parse(xml, LoadOptions.PreserveWhitespace);
        }
        catch (System.Xml.XmlException)
        {
            return null;
        }
        if (symbol is IMethodSymbol { MethodKind: MethodKind.Constructor }) return whole;
        var said = whole.Elements("param").FirstOrDefault(p => (string?)p.Attribute("name") == symbol.Name);
        return said is null ? null : new("member", new XElement("summary", said.Nodes()));
    }

    /// <summary>What a member or type that says nothing itself is documented by: what it overrides, implements or derives from.</summary>
    private static ISymbol? Inherited(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { OverriddenMethod: { } m } => m,
        IPropertySymbol { OverriddenProperty: { } p } => p,
        IEventSymbol { OverriddenEvent: { } e } => e,
        INamedTypeSymbol type => type.BaseType is { SpecialType: SpecialType.None } b ? b : type.Interfaces.FirstOrDefault(),
        IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => constructor.ContainingType.BaseType?.InstanceConstructors
            .FirstOrDefault(c => c.Parameters.Select(p => p.Type)
                .SequenceEqual(constructor.Parameters.Select(p => p.Type), SymbolEqualityComparer.Default)),
        _ when symbol.ContainingType is { } type => type.AllInterfaces.SelectMany(i => i.GetMembers(symbol.Name))
            .FirstOrDefault(m => SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(m), symbol)),
        _ => null,
    };
}
