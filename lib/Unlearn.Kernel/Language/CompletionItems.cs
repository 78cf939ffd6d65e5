using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Unlearn.Kernel.Language;

/// <summary>Collects the proposals that fit what has been typed, one for each text, and puts them in order.</summary>
internal sealed class CompletionItems(string typed)
{
    private readonly Dictionary<string, Item> items = new(StringComparer.Ordinal);

    /// <summary>How near to the place something is: what is nearer comes first among what fits equally well.</summary>
    public enum Nearness
    {
        /// <summary>What the place expects: an argument's name, a value of its enum.</summary>
        Expected,

        /// <summary>A local variable or a parameter.</summary>
        Local,

        /// <summary>A variable, function or type that a cell has declared.</summary>
        Cell,

        /// <summary>Anything else.</summary>
        Usual,

        /// <summary>A keyword.</summary>
        Keyword,

        /// <summary>A type that a using directive brings in.</summary>
        Imported,

        /// <summary>What every value has.</summary>
        OfObject,

        /// <summary>What is not to be used any more.</summary>
        Obsolete,
    }

    /// <summary>Proposes a symbol under its name; a further one of that name counts as an overload.</summary>
    public void Add(ISymbol symbol, Nearness nearness)
    {
        if (!symbol.CanBeReferencedByName || symbol.Name.Length == 0) return;
        var rank = NameMatch.Of(typed, symbol.Name);
        if (rank == NameMatch.None) return;
        var facts = SymbolFacts.Of(symbol);
        if (facts.IsHidden) return;
        var near = facts.IsObsolete ? Nearness.Obsolete : facts.IsOfObject ? Nearness.OfObject : nearness;
        var text = SymbolText.Escaped(symbol.Name);
        if (items.TryGetValue(text, out var known))
        {
            known.More++;
            if (near >= known.Nearness) return;
        }
        items[text] = new(rank, near, SymbolText.Kind(symbol), facts.Signature, symbol.Name)
        {
            More = known?.More ?? 0,
            IsMethod = symbol is IMethodSymbol,
        };
    }

    /// <summary>Proposes a text.</summary>
    /// <param name="text">What is inserted.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="signature">What it means.</param>
    /// <param name="nearness">How near it is.</param>
    /// <param name="names">What of it may be typed to find it; the text itself where none is given.</param>
    public void Add(string text, string kind, string? signature, Nearness nearness, params ReadOnlySpan<string> names)
    {
        var rank = NameMatch.Of(typed, text);
        foreach (var name in names) rank = Math.Min(rank, NameMatch.Of(typed, name));
        if (rank != NameMatch.None) items.TryAdd(text, new(rank, nearness, kind, signature, text));
    }

    /// <summary>The proposals, best first.</summary>
    public ImmutableArray<Completion> Sorted() =>
    [
        .. items.OrderBy(i => i.Value.Rank)
            .ThenBy(i => i.Value.Nearness)
            .ThenBy(i => i.Value.SortKey, StringComparer.OrdinalIgnoreCase)
            .ThenBy(i => i.Key, StringComparer.Ordinal)
            .Select(i => new Completion(i.Key, i.Value.Kind, i.Value.Described)),
    ];

    private sealed record Item(int Rank, Nearness Nearness, string Kind, string? Signature, string SortKey)
    {
        public int More { get; set; }

        public bool IsMethod { get; init; }

        public string? Described => (More, IsMethod) switch
        {
            (0, _) => Signature,
            (1, true) => Signature + " (+ 1 overload)",
            (_, true) => $"{Signature} (+ {More} overloads)",
            _ => $"{Signature} (+ {More} more)",
        };
    }
}
