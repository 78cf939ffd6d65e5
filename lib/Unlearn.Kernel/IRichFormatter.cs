using System.Diagnostics.CodeAnalysis;

namespace Unlearn.Kernel;

/// <summary>Representations of our own for some types (tables, charts); a session asks its rich formatters first, in order.</summary>
public interface IRichFormatter
{
    /// <summary>Formats the value when its type is one this formatter knows; otherwise returns false and lets the next one try.</summary>
    bool TryFormat(object value, [NotNullWhen(true)] out MimeBundle? bundle);
}
