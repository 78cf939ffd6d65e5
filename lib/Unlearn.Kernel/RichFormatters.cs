namespace Unlearn.Kernel;

/// <summary>The representations that every front of this project gives tables and charts.</summary>
public static class RichFormatters
{
    /// <summary>All of them, in the order in which a session asks them.</summary>
    public static IReadOnlyList<IRichFormatter> All { get; } = [new RecordTableFormatter()];
}
