namespace Unlearn.Kernel;

/// <summary>Turns any value into what a front can show.</summary>
public interface IOutputFormatter
{
    /// <summary>The representations of a value.</summary>
    /// <param name="value">Any value, null included.</param>
    /// <param name="mimeTypes">The MIME types asked for; null or none means the ones preferred for the value's
    /// type and <c>text/plain</c>.</param>
    MimeBundle Format(object? value, IReadOnlyList<string>? mimeTypes = null);
}
