namespace Unlearn.Kernel;

/// <summary>Turns any value into what a front can show.</summary>
public interface IOutputFormatter
{
    /// <summary>The representations of a value, null included; there is always a <c>text/plain</c> one.</summary>
    MimeBundle Format(object? value);
}
