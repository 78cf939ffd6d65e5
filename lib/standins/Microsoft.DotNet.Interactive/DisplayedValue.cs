namespace Microsoft.DotNet.Interactive;

/// <summary>A value that is being shown and can be replaced by another.</summary>
public class DisplayedValue
{
    private readonly KernelInvocationContext context;
    private readonly string[] mimeTypes;

    internal DisplayedValue(KernelInvocationContext context, string displayId, string[] mimeTypes) =>
        (this.context, DisplayId, this.mimeTypes) = (context, displayId, mimeTypes);

    /// <summary>The identity of the shown value, unique within its session.</summary>
    public string DisplayId { get; }

    /// <summary>Shows another value in this one's place, formatted for the same MIME types. Also works from a later cell.</summary>
    public void Update(object? updatedValue) =>
        (KernelInvocationContext.Current ?? context).Host.Update(DisplayId, updatedValue, mimeTypes);
}
