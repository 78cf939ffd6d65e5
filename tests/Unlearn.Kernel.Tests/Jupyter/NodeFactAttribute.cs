namespace Unlearn.Kernel.Tests.Jupyter;

/// <summary>
/// A test in which node runs a package of npm's against one of Debian's Jupyter servers; skipped, with the reason, where something of
/// that is not installed.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    /// <param name="package">The package of npm's.</param>
    /// <param name="server">The server's Python module.</param>
    /// <param name="programs">The paths of other programs that the test needs.</param>
    public NodeFactAttribute(string package, string server, params string[] programs)
    {
        var absent = programs.Where(program => !File.Exists(program)).ToList();
        if (Node is null) absent.Add("node");
        if (FolderOf(package) is null) absent.Add($"npm's {package}");
        if (!Directory.Exists($"/usr/lib/python3/dist-packages/{server}")) absent.Add($"Debian's Python module {server}");
        if (absent.Count > 0) Skip = $"needs {string.Join(", ", absent)}; .devcontainer/setup.sh installs them";
    }

    /// <summary>The program, or null.</summary>
    public static string? Node { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "node")).FirstOrDefault(File.Exists);

    /// <summary>The folder in which setup.sh lets npm install a package of that name, or null.</summary>
    public static string? FolderOf(string package) => Above(AppContext.BaseDirectory)
        .Select(folder => Path.Combine(folder, "lib", "artifacts", "npm", Path.GetFileName(package)))
        .FirstOrDefault(folder => Directory.Exists(Path.Combine(folder, "node_modules", package)));

    private static IEnumerable<string> Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent) yield return at.FullName;
    }
}
