namespace Unlearn.Kernel.Directives;

/// <summary>
/// Notebooks of the original's own format: a text in which lines such as <c>#!csharp</c> and <c>#!markdown</c> begin cells, behind a
/// block of JSON that <c>#!meta</c> begins.
/// </summary>
internal static class DibFile
{
    /// <summary>The whole file as the text of one cell, line for line, with the metadata blanked out.</summary>
    public static string ToCell(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var isMetadata = false;
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("#!", StringComparison.Ordinal)) isMetadata = lines[i].TrimEnd() == "#!meta";
            if (isMetadata) lines[i] = "";
        }
        return string.Join('\n', lines);
    }
}
