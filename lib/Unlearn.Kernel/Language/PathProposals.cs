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
        if (!line.StartsWith("#!", StringComparison.Ordinal) && !Preprocessor().IsMatch(line)) return null;
        if (line.Contains(' ', StringComparison.Ordinal) && line.StartsWith('#')) return new([], position, position);

        var typed = line.TrimStart();
        var items = new CompletionItems(typed);
        if (line.StartsWith('#'))
        {
            foreach (var (name, meaning) in DirectiveWords.All) items.Add(name, "magic", meaning, CompletionItems.Nearness.Expected);
        }
        foreach (var (name, meaning) in DirectiveWords.Preprocessor)
        {
            items.Add(name, "keyword", meaning, CompletionItems.Nearness.Keyword);
        }
        return new(items.Sorted(), position - typed.Length, position);
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
        if (split == 0 && extensions is [".dll"])
        {
            items.Add("nuget:", "keyword", "A package: nuget:Id, version.", CompletionItems.Nearness.Keyword);
        }
        try
        {
            var place = new DirectoryInfo(System.IO.Path.GetFullPath(typed[..split], folder));
            var options = new EnumerationOptions { IgnoreInaccessible = true };
            ImmutableArray<FileSystemInfo> entries = place.Exists
                ? [.. place.EnumerateFileSystemInfos("*", options).Take(MostEntries).OrderBy(e => e.Name, StringComparer.Ordinal)] : [];
            foreach (var entry in entries)
            {
                if (entry is DirectoryInfo)
                {
                    items.Add(entry.Name + "/", "folder", null, CompletionItems.Nearness.Usual);
                }
                else if (extensions.Contains(entry.Extension, StringComparer.OrdinalIgnoreCase))
                {
                    items.Add(entry.Name, "file", null, CompletionItems.Nearness.Expected);
                }
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
