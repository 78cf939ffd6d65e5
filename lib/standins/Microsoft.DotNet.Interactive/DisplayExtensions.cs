using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting.TabularData;

// In System, as in the original, so that notebooks find Display without a using.
namespace System;

/// <summary>Shows values below the cell that runs.</summary>
public static class DisplayExtensions
{
    /// <summary>Shows a value.</summary>
    /// <param name="value">Any value, null included.</param>
    /// <param name="mimeTypes">The representations to show; none means the ones preferred for the value's type.</param>
    /// <exception cref="InvalidOperationException">No cell is running.</exception>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes)
    {
        ArgumentNullException.ThrowIfNull(mimeTypes);
        var context = KernelInvocationContext.Required();
        return new(context, context.Host.Display(value, mimeTypes), mimeTypes);
    }

    /// <summary>Shows text that is written in the language of a MIME type, e.g. <c>"**bold**".DisplayAs("text/markdown")</c>.</summary>
    /// <exception cref="InvalidOperationException">No cell is running.</exception>
    public static DisplayedValue DisplayAs(this string value, string mimeType)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(mimeType);
        return mimeType == "text/html" ? new HtmlString(value).Display(mimeType) : value.Display(mimeType);
    }

    /// <summary>Shows a sequence as a table with one column for each property of its elements.</summary>
    /// <exception cref="InvalidOperationException">No cell is running.</exception>
    public static DisplayedValue DisplayTable<T>(this IEnumerable<T> value, params string[] mimeTypes)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(mimeTypes);
        if (mimeTypes.Length > 0) return value.ToTabularDataResource().Display(mimeTypes);
        var context = KernelInvocationContext.Required();
        return new(context, context.Host.DisplayTable(value), mimeTypes);
    }
}
