namespace Unlearn.Objectives;

/// <summary>Where a method comes from.</summary>
/// <param name="Key">Short name.</param>
/// <param name="Title">Full title.</param>
/// <param name="Year">Year of the first public version.</param>
/// <param name="Url">Where to read it.</param>
public sealed record Paper(string Key, string Title, int Year, string Url);

/// <summary>Implemented by every objective that was published.</summary>
public interface IFromPaper
{
    /// <summary>The paper that introduced the method.</summary>
    static abstract Paper Source { get; }
}
