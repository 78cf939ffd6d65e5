using System.Collections.Immutable;

namespace Unlearn.Tokenization.Framing;

/// <summary>What is put around one text or a pair of texts: Llama's BOS, BERT's [CLS] A [SEP] B [SEP].</summary>
/// <param name="Single">The parts around one text.</param>
/// <param name="Pair">The parts around two.</param>
internal sealed record Frame(ImmutableArray<FramePart> Single, ImmutableArray<FramePart> Pair)
{
    /// <summary>The texts alone, of types 0 and 1.</summary>
    public static Frame None { get; } = new([FramePart.First(0)], [FramePart.First(0), FramePart.Second(1)]);
}

/// <summary>One of the texts, or fixed ids.</summary>
/// <param name="Text">0 or 1 for a text, null for fixed ids.</param>
/// <param name="Ids">The fixed ids.</param>
/// <param name="TypeId">The token type of its ids, which encoders such as BERT read.</param>
internal readonly record struct FramePart(int? Text, ImmutableArray<int> Ids, int TypeId)
{
    /// <summary>The first text.</summary>
    public static FramePart First(int typeId) => new(0, [], typeId);

    /// <summary>The second text.</summary>
    public static FramePart Second(int typeId) => new(1, [], typeId);

    /// <summary>Fixed ids.</summary>
    public static FramePart Fixed(int typeId, params ImmutableArray<int> ids) => new(null, ids, typeId);
}
