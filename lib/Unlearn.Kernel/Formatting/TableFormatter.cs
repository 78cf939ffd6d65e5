using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Analysis;

namespace Unlearn.Kernel.Formatting;

/// <summary>Shows a <see cref="DataFrame"/> as a plain table: HTML without scripts, Markdown, and aligned text.</summary>
/// <remarks>
/// Numbers stand right with four significant digits, nulls are dashes, and of more than <see cref="RowLimit"/> rows the first and last
/// ones are shown, with how many are not between them. The formatter of the original embeds every row and a pager script, which GitHub
/// and nbconvert cannot show.
/// </remarks>
public sealed class TableFormatter : IRichFormatter
{
    /// <summary>How many rows a table may have to be shown whole.</summary>
    public const int RowLimit = 60;

    /// <summary>How many of its first rows a longer table shows.</summary>
    public const int FirstRows = 25;

    /// <summary>How many of its last rows a longer table shows.</summary>
    public const int LastRows = 5;

    /// <inheritdoc/>
    public bool TryFormat(object value, [NotNullWhen(true)] out MimeBundle? bundle)
    {
        bundle = value is DataFrame frame ? Bundle(Table.Of(frame)) : null;
        return bundle is not null;
    }

    /// <summary>Shows a sequence of objects with one column a property; false when they have none, as numbers and texts do.</summary>
    internal static bool TryFormatRecords(IEnumerable records, [NotNullWhen(true)] out MimeBundle? bundle)
    {
        bundle = Table.OfRecords(records) is { } table ? Bundle(table) : null;
        return bundle is not null;
    }

    private static MimeBundle Bundle(Table table) => MimeBundle.Plain(table.ToText())
        .With(MimeTypes.Markdown, table.ToMarkdown())
        .With(MimeTypes.Html, table.ToHtml());
}
