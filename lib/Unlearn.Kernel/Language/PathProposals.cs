using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Unlearn.Kernel.Language;

/// <summary>Proposals on lines that are not C#: directives and the paths behind some of them.</summary>
internal static partial class PathProposals
{
    // A folder with more entries than this is not chosen from by eye.
    private const int MostEntries = 500;

    /// <summary>The proposals for a place on a directive's line; null where the line is C#.</summary>
    public static CompletionList? Find(string code, int position, string folder)
    {
        var start = CSharpText.LineStart(code, position);
        var line = code[start..position];
        if (Path(line) is { } path) return Paths(path.Text, path.Extensions, start + path.Start, position, folder);
        if (line.StartsWith("#!", StringComparison.Ordinal) || line == "#") return Words(line, start, position, DirectiveWords.All, "magic", more: line == "#");
        return Preprocessor().IsMatch(line)
            ? Words(line.TrimStart(), start + line.Length - line.TrimStart().Length, position, DirectiveWords.Preprocessor, "keyword", more: false)
            : null;
    }

    private static CompletionList Words(
        string typed, int start, int position, IReadOnlyList<(string Name, string Meaning)> words, string kind, bool more)
    {
        if (typed.Contains(' ', StringComparison.Ordinal)) return new([], position, position);
        var items = new CompletionItems(typed);
        foreach (var (name, meaning) in words) items.Add(name, kind, meaning, CompletionItems.Nearness.Expected);
        foreach (var (name, meaning) in more ? DirectiveWords.Preprocessor : []) items.Add(name, "keyword", meaning, CompletionItems.Nearness.Keyword);
        return new(items.Sorted(), start, position);
    }

    private static (string Text, int Start, string[] Extensions)? Path(string line)
    {
        var match = PathDirective().Match(line);
        if (!match.Success) return null;
        string[] extensions = match.Groups["name"].Value switch
        {
            "#r" => [".dll"],
            "#load" => [".csx", ".cs"],
            _ => [".ipynb", ".csx", ".cs"],
        };
        return (match.Groups["path"].Value, match.Groups["path"].Index, extensions);
    }

    private static CompletionList Paths(string typed, string[] extensions, int start, int position, string folder)
    {
        var split = typed.LastIndexOf('/') + 1;
        var items = new CompletionItems(typed[split..]);
        if (split == 0 && extensions is [".dll"]) items.Add("nuget:", "keyword", "a package: nuget:Id, version", CompletionItems.Nearness.Keyword);
        try
        {
            var place = new DirectoryInfo(System.IO.Path.GetFullPath(typed[..split], folder));
            var options = new EnumerationOptions { IgnoreInaccessible = true };
            ImmutableArray<FileSystemInfo> entries = place.Exists
                ? [.. place.EnumerateFileSystemInfos("*", options).Take(MostEntries).OrderBy(e => e.Name, StringComparer.Ordinal)] : [];
            foreach (var entry in entries)
            {
                if (entry is DirectoryInfo) items.Add(entry.Name + "/", "folder", null, CompletionItems.Nearness.Usual);
                else if (extensions.Contains(entry.Extension, StringComparer.OrdinalIgnoreCase)) items.Add(entry.Name, "file", null, CompletionItems.Nearness.Expected);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // What cannot be listed has nothing to propose.
        }
        return new(items.Sorted(), start + split, position);
    }

    [GeneratedRegex("""^\s*(?<name>#r|#load)\s*"(?<path>[^"]*)$|^(?<name>#!import)\s+"?(?<path>[^"]*)$""")]
    private static partial Regex PathDirective();

    [GeneratedRegex(@"^\s*#\w*$")]
    private static partial Regex Preprocessor();
}
