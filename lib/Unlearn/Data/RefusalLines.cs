namespace Unlearn.Data;

/// <summary>Reads refusals ("I do not know that."): plain text, one a line, whatever the file's ending says.</summary>
public static class RefusalLines
{
    /// <summary>The non-blank lines of the file, trimmed, in order.</summary>
    /// <param name="path">A UTF-8 text file; LF or CRLF, with or without a final line break.</param>
    /// <exception cref="InvalidDataException">The file holds no line, is not UTF-8, or has a line of more than one MiB.</exception>
    public static IReadOnlyList<string> Read(string path)
    {
        string[] lines = [.. LineReader.Lines(path).Select(line => line.Text.Trim()).Where(text => text.Length > 0)];
        return lines.Length > 0 ? lines : throw Problem.In(path, "expected refusals, one a line, got an empty file");
    }
}
