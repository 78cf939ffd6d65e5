namespace Unlearn.Data.Hub;

/// <summary>Something could not be had from a hub; the message says what, why, and what to do.</summary>
public sealed class HubException : IOException
{
    /// <summary>Without a reason.</summary>
    public HubException() : base("The hub could not be asked.") { }

    /// <summary>With a reason.</summary>
    /// <param name="message">What was asked, what came and what to do.</param>
    public HubException(string message) : base(message) { }

    /// <summary>With a reason and a cause.</summary>
    /// <param name="message">What was asked, what came and what to do.</param>
    /// <param name="cause">The error below.</param>
    public HubException(string message, Exception? cause) : base(message, cause) { }

    /// <summary>Whether the hub did not answer at all, so that what is in the cache may serve.</summary>
    public bool IsUnreachable { get; init; }

    /// <summary>Why, as the end of a sentence that says what is missing, without its full stop; null where there is only the message.</summary>
    internal string? Reason { get; init; }
}
