namespace Unlearn.Kernel.Notebooks;

/// <summary>Finds the notebooks that a user names: by path, folder, pattern, or the beginning of a name.</summary>
public static class NotebookFiles
{
    private const string Extension = ".ipynb";

    /// <summary>The notebooks meant, as full paths, each once, in the order named.</summary>
    /// <param name="names">Files, folders (their notebooks, not their subfolders'), patterns with <c>*</c> and <c>?</c>, and beginnings
    /// of file names in <paramref name="folder"/>. None means the whole folder.</param>
    /// <param name="folder">The folder of notebooks.</param>
    /// <exception cref="NotebookException">A name stands for nothing, or for more than one thing.</exception>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> names, string folder)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(folder);
        var all = In(folder, "*" + Extension);
        if (names.Count == 0 && all.Length == 0)
            throw new NotebookException($"there are no notebooks in {Path.GetFullPath(folder)}; name the folder with --notebooks.");
        var found = names.Count == 0 ? all : names.SelectMany(name => Meant(name, all, folder));
        return [.. found.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal)];
    }

    private static string[] Meant(string name, string[] all, string folder)
    {
        if (File.Exists(name)) return [name];
        if (Directory.Exists(name))
        {
            return In(name, "*" + Extension) is { Length: > 0 } inside ? inside
                : throw new NotebookException($"there are no notebooks in {Path.GetFullPath(name)}.");
        }
        if (name.AsSpan().ContainsAny('*', '?'))
        {
            var (place, pattern) = (Path.GetDirectoryName(name) is { Length: > 0 } given ? given : ".", Path.GetFileName(name));
            string[] matches = [.. In(place, pattern).Where(p => p.EndsWith(Extension, StringComparison.Ordinal))];
            if (matches.Length == 0 && place == ".")
                matches = [.. In(folder, pattern).Where(p => p.EndsWith(Extension, StringComparison.Ordinal))];
            return matches.Length > 0 ? matches : throw new NotebookException($"'{name}' matches no notebook.");
        }
        string[] begun = [.. all.Where(p => Path.GetFileName(p).StartsWith(name, StringComparison.Ordinal))];
        return begun switch
        {
            [_] => begun,
            [] => throw new NotebookException(
                $"'{name}' is neither a file nor the beginning of a notebook's name in {Path.GetFullPath(folder)}"
                + $" ({(all.Length == 0 ? "which has none" : string.Join(", ", all.Select(Path.GetFileName)))})."),
            _ => throw new NotebookException(
                $"'{name}' could be {string.Join(" or ", begun.Select(Path.GetFileName))}; give more of the name."),
        };
    }

    private static string[] In(string folder, string pattern) =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder, pattern).Order(StringComparer.Ordinal)] : [];
}
