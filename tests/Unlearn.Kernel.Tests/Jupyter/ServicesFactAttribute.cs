namespace Unlearn.Kernel.Tests.Jupyter;

/// <summary>A test that runs npm's @jupyterlab/services against Debian's jupyter-server; skipped where one is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ServicesFactAttribute : FactAttribute
{
    public ServicesFactAttribute()
    {
        if (Node is null || Packages is null || !Directory.Exists("/usr/lib/python3/dist-packages/jupyter_server"))
            Skip = "needs node, jupyter-server and npm's @jupyterlab/services; .devcontainer/setup.sh installs them";
    }

    /// <summary>The program, or null.</summary>
    public static string? Node { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "node")).FirstOrDefault(File.Exists);

    /// <summary>The folder in which setup.sh lets npm install, or null.</summary>
    public static string? Packages { get; } = Above(AppContext.BaseDirectory)
        .Select(folder => Path.Combine(folder, "lib", "artifacts", "npm", "services"))
        .FirstOrDefault(folder => Directory.Exists(Path.Combine(folder, "node_modules", "@jupyterlab", "services")));

    private static IEnumerable<string> Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent) yield return at.FullName;
    }
}
