namespace Unlearn.Kernel;

/// <summary>Files of the npm packages that the set-up installs below the repository's <c>lib/artifacts/npm</c>.</summary>
internal static class NpmFiles
{
    private const string Installed = "lib/artifacts/npm/node_modules";

    /// <summary>
    /// A file of a package on this machine: what an environment variable names, or the copy in the repository above the program's folder or
    /// the current one; null when there is none.
    /// </summary>
    /// <param name="path">The package's name and the path in it, e.g. <c>katex/dist/katex.min.js</c>.</param>
    /// <param name="variable">An environment variable that names another copy. A copy that is named and absent is not replaced.</param>
    public static string? Find(string path, string variable)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named)
            return File.Exists(named) ? Path.GetFullPath(named) : null;
        return new[] { AppContext.BaseDirectory, Directory.GetCurrentDirectory() }
            .SelectMany(Upward)
            .Select(folder => Path.Combine(folder, Installed, path))
            .FirstOrDefault(File.Exists);
    }

    private static IEnumerable<string> Upward(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent) yield return at.FullName;
    }
}
