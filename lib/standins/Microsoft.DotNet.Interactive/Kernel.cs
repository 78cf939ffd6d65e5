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

    /// <summary>Runs a script in the page that shows the notebook, where that page runs scripts.</summary>
    /// <exception cref="InvalidOperationException">No cell is running.</exception>
    public static void Javascript(string scriptContent) =>
        new HtmlString($"<script type=\"text/javascript\">{scriptContent}</script>").Display("text/html");

    /// <summary>Adds style rules to the page that shows the notebook.</summary>
    /// <exception cref="InvalidOperationException">No cell is running.</exception>
    public static void CSS(string content) => new HtmlString($"<style>{content}</style>").Display("text/html");

    /// <summary>Asks the reader of the notebook for a line of text.</summary>
    /// <param name="prompt">What to ask.</param>
    /// <param name="typeHint">What kind of text; <c>password</c> hides what is typed.</param>
    /// <param name="valueName">The original's name for the value; not needed here.</param>
    /// <exception cref="InvalidOperationException">No cell is running, or nobody can be asked.</exception>
    public static Task<string> GetInputAsync(string prompt = "", string typeHint = "text", string? valueName = null) =>
        KernelInvocationContext.Required().Host.ReadAsync(prompt, typeHint == "password");

    /// <summary>Asks the reader of the notebook for a text and hides what is typed.</summary>
    /// <param name="prompt">What to ask.</param>
    /// <param name="valueName">The original's name for the value; not needed here.</param>
    /// <exception cref="InvalidOperationException">No cell is running, or nobody can be asked.</exception>
    public static async Task<PasswordString> GetPasswordAsync(string prompt = "", string? valueName = null) =>
        new(await KernelInvocationContext.Required().Host.ReadAsync(prompt, isHidden: true).ConfigureAwait(false));
}
