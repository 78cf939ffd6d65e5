using Microsoft.AspNetCore.Html;

namespace Microsoft.DotNet.Interactive;

/// <summary>The static helpers that a C# notebook sees through <c>using static Microsoft.DotNet.Interactive.Kernel</c>.</summary>
public abstract class Kernel
{
    // The original is a base class of kernels; here nothing derives from it.
    internal Kernel()
    {
    }

    /// <summary>Shows a value below the cell that runs.</summary>
    /// <param name="value">Any value, null included.</param>
    /// <param name="mimeTypes">The representations to show; none means the ones preferred for the value's type.</param>
    /// <returns>A handle by which the shown value can be replaced later.</returns>
    /// <exception cref="InvalidOperationException">No cell is running.</exception>
#pragma warning disable IDE1006, CA1707 // lower case as in the original
    public static DisplayedValue display(object? value, params string[] mimeTypes) => value.Display(mimeTypes);
#pragma warning restore IDE1006, CA1707

    /// <summary>Marks text as HTML, so that it is shown as it is instead of being encoded.</summary>
    public static IHtmlContent HTML(string content) => new HtmlString(content);
}
