namespace Unlearn.Tokenization.Models;

/// <summary>What a byte-pair file says beside its vocabulary and merges.</summary>
internal sealed record BytePairOptions
{
    /// <summary>Whether words come as text and are read byte by byte, the vocabulary being spelled in the byte alphabet.</summary>
    public bool ByteLevel { get; init; }

    /// <summary>Whether an unknown character becomes tokens such as &lt;0xE2&gt;, one a byte, where all are in the vocabulary.</summary>
    public bool ByteFallback { get; init; }

    /// <summary>Whether a word that is a token is taken as it is, whatever the merges would make of it.</summary>
    public bool IgnoreMerges { get; init; }

    /// <summary>The id for what is unknown; null drops it.</summary>
    public int? Unknown { get; init; }

    /// <summary>Whether neighbouring unknown characters are one token.</summary>
    public bool FuseUnknown { get; init; }

    /// <summary>Put before every symbol but a word's first; usually empty.</summary>
    public string ContinuingPrefix { get; init; } = "";

    /// <summary>Put behind a word's last symbol; usually empty, in CLIP &lt;/w&gt;.</summary>
    public string EndSuffix { get; init; } = "";
}
