using System.Collections.Immutable;
using Unlearn.Tokenization.Added;
using Unlearn.Tokenization.Decoding;
using Unlearn.Tokenization.Framing;
using Unlearn.Tokenization.Normalization;
using Unlearn.Tokenization.Splitting;

namespace Unlearn.Tokenization;

/// <summary>The parts of a <see cref="PipelineTokenizer"/> around its model; each may be missing.</summary>
internal sealed record PipelineParts
{
    /// <summary>Tokens found in the text itself.</summary>
    public ImmutableArray<AddedToken> Added { get; init; } = [];

    /// <summary>Rewrites the text.</summary>
    public INormalizer? Normalizer { get; init; }

    /// <summary>Cuts it into words.</summary>
    public IPreTokenizer? PreTokenizer { get; init; }

    /// <summary>Is put around the ids.</summary>
    public Frame Frame { get; init; } = Frame.None;

    /// <summary>Turns tokens back into text; without one they are joined by spaces.</summary>
    public IDecoder? Decoder { get; init; }
}
