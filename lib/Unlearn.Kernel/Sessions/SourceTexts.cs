using System.Diagnostics.CodeAnalysis;

namespace Unlearn.Kernel.Sessions;

/// <summary>The texts that a session has run, so that errors can show the lines they speak of.</summary>
/// <param name="folder">The notebook's folder; debug information holds the names of cells behind it.</param>
internal sealed class SourceTexts(string folder)
{
    private readonly Dictionary<string, string[]> texts = new(StringComparer.Ordinal);

    public void Add(string name, string text) => texts[Path.GetFullPath(name, folder)] = text.ReplaceLineEndings("\n").Split('\n');

    /// <summary>Whether a stack frame's file is the notebook's own, and what readers call it.</summary>
    public bool TryGetName([NotNullWhen(true)] string? file, [NotNullWhen(true)] out string? name)
    {
        name = file is not null && texts.ContainsKey(Path.GetFullPath(file, folder)) ? Path.GetFileName(file) : null;
        return name is not null;
    }

    /// <summary>A line, from 1; null where there is none.</summary>
    public string? Line(string file, int number) =>
        texts.TryGetValue(Path.GetFullPath(file, folder), out var lines) && number >= 1 && number <= lines.Length
            ? lines[number - 1]
            : null;
}
