using System.Collections.Immutable;

namespace Unlearn.Tokenization;

/// <summary>One or two texts in one sequence of ids, as encoders read them.</summary>
/// <param name="Ids">All ids, the frame's included.</param>
/// <param name="TypeIds">For each id the token type, 0 or 1 in BERT.</param>
public sealed record PairEncoding(ImmutableArray<int> Ids, ImmutableArray<int> TypeIds);
