namespace Unlearn.Tokenization.Splitting;

/// <summary>What becomes of the matches of a pattern when a text is cut by it.</summary>
internal enum MatchUse
{
    /// <summary>They are left out.</summary>
    Removed,

    /// <summary>Each is a part.</summary>
    Isolated,

    /// <summary>Each ends the part before it.</summary>
    MergedWithPrevious,

    /// <summary>Each begins the part behind it.</summary>
    MergedWithNext,

    /// <summary>Neighbouring ones are one part.</summary>
    Contiguous,
}
