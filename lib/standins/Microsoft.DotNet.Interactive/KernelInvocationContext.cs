namespace Microsoft.DotNet.Interactive;

/// <summary>The execution of one cell, as code inside the cell sees it.</summary>
public sealed class KernelInvocationContext
{
    private static readonly AsyncLocal<KernelInvocationContext?> Ambient = new();

    internal KernelInvocationContext(IDisplayHost host) => Host = host;

    /// <summary>The context of the cell that this code belongs to, on whatever thread it runs; null outside any cell.</summary>
    public static KernelInvocationContext? Current
    {
        get => Ambient.Value;
        internal set => Ambient.Value = value;
    }

    /// <summary>Signalled when the cell is interrupted; long loops after an <c>await</c> should look at it.</summary>
    public CancellationToken CancellationToken => Host.CancellationToken;

    internal IDisplayHost Host { get; }

    internal static KernelInvocationContext Required() => Current
        ?? throw new InvalidOperationException("display was called outside a running notebook cell: there is no place to show the value.");
}
