namespace Unlearn.Kernel.Language;

/// <summary>A cell's text as the C# parser may see it.</summary>
internal static class CSharpText
{
    /// <summary>
    /// The text with everything that is not C# turned into spaces: directives, package references and parts in other languages.
    /// Every offset and every line stays where it was, so that no place has to be translated.
    /// </summary>
    public static string Of(string code)
    {
        var text = code.ToCharArray();
        var isCSharp = true;
        for (var start = 0; start < text.Length;)
        {
            var end = LineEnd(code, start);
            var line = code.AsSpan(start, end - start);
            var isDirective = line.StartsWith("#!", StringComparison.Ordinal);
            if (isDirective) isCSharp = DirectiveWords.IsCSharpAfter(line.ToString(), isCSharp);
            if (isDirective || !isCSharp || IsPackage(line)) text.AsSpan(start, end - start).Fill(' ');
            start = end + 1;
        }
        return new(text);
    }

    /// <summary>Where the line that contains a place begins.</summary>
    public static int LineStart(string code, int position) =>
        position == 0 ? 0 : code.AsSpan(0, position).LastIndexOfAny('\n', '\r') + 1;

    /// <summary>Where the line that contains a place ends, before its line break.</summary>
    public static int LineEnd(string code, int position) =>
        code.AsSpan(position).IndexOfAny('\n', '\r') is var length and >= 0 ? position + length : code.Length;

    private static bool IsPackage(ReadOnlySpan<char> line)
    {
        if (!line.StartsWith("#r", StringComparison.Ordinal) && !line.StartsWith("#i", StringComparison.Ordinal)) return false;
        var argument = line[2..].TrimStart();
        return argument is ['"', ..] && argument[1..].TrimStart().StartsWith("nuget:", StringComparison.OrdinalIgnoreCase);
    }
}
