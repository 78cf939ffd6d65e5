namespace Unlearn.Kernel.Sessions;

/// <summary>A text does not compile; nothing of it has run.</summary>
internal sealed class CellCompilationException(ErrorOutput error) : Exception(error.Message)
{
    /// <summary>The compiler's messages, with the lines they are about.</summary>
    public ErrorOutput Error { get; } = error;
}
