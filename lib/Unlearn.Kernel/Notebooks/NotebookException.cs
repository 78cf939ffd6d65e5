namespace Unlearn.Kernel.Notebooks;

/// <summary>A notebook file, or what was asked of it, is not as it should be; the message says what to do.</summary>
public sealed class NotebookException : Exception
{
    /// <summary>An error without a cause of its own.</summary>
    public NotebookException(string message) : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public NotebookException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
