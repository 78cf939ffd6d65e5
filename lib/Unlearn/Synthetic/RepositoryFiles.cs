namespace Unlearn.Synthetic;

/// <summary>Finds files that are kept with the code, from wherever a notebook or test runs.</summary>
internal static class RepositoryFiles
{
    /// <summary>The first file of that name in or above the current folder or the library's; null where there is none.</summary>
    /// <param name="relative">Such as "data/results/x.json".</param>
    public static string? Find(string relative)
    {
        foreach (var start in new[] { Environment.CurrentDirectory, AppContext.BaseDirectory, Library() })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var candidate = Path.Combine(folder.FullName, relative);
                if (File.Exists(candidate)) return candidate;
            }
        }
        return null;
    }

    // Scripted sessions may load the library from memory; then it lies nowhere.
    private static string Library() =>
        Path.GetDirectoryName(typeof(RepositoryFiles).Assembly.Location) is { Length: > 0 } folder ? folder : AppContext.BaseDirectory;
}
