namespace Unlearn.Kernel.Language;

/// <summary>Whether a cell can be run as it stands.</summary>
public enum Completeness
{
    /// <summary>The cell parses.</summary>
    Complete,

    /// <summary>The cell parses as far as it goes, and more must follow.</summary>
    Incomplete,

    /// <summary>The cell does not parse, whatever follows.</summary>
    Invalid,
}
