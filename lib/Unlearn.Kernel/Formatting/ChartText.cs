namespace Unlearn.Kernel.Formatting;

/// <summary>Breaks titles that are longer than their chart: plotly.js would cut them at the edge.</summary>
internal static class ChartText
{
    // Of DejaVu Sans, the widest of the fonts that the style names.
    private const double LetterWidth = 0.6;

    public const string Break = "<br>";

    /// <summary>The text in lines that fit a width; as it is where it holds markup or mathematics, which are not ours to break.</summary>
    /// <param name="text">The title.</param>
    /// <param name="pixels">The room.</param>
    /// <param name="fontSize">Size of its letters in pixels.</param>
    public static string Wrap(string text, double pixels, double fontSize)
    {
        var letters = Math.Max(12, (int)(pixels / (fontSize * LetterWidth)));
        if (text.Length <= letters || text.AsSpan().ContainsAny('<', '$')) return text;
        var lines = new List<string> { "" };
        foreach (var word in text.Split(' '))
        {
            var extended = lines[^1].Length == 0 ? word : $"{lines[^1]} {word}";
            if (extended.Length <= letters || lines[^1].Length == 0) lines[^1] = extended;
            else lines.Add(word);
        }
        return string.Join(Break, lines.Select(line => line.Trim(' ', '·')));
    }

    /// <summary>How many lines a text has.</summary>
    public static int Lines(string text) => text.Split(Break).Length;
}
