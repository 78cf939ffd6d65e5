using System.Collections.Immutable;

namespace Unlearn.Kernel.Jupyter;

/// <summary>The folders that hold Jupyter's data, by the rules that Jupyter's own tools follow.</summary>
public static class JupyterFolders
{
    /// <summary>The user's own: <c>JUPYTER_DATA_DIR</c> if that is set.</summary>
    public static string User
    {
        get
        {
            if (Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR") is { Length: > 0 } chosen) return Path.GetFullPath(chosen);
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
            if (OperatingSystem.IsMacOS()) return Path.Combine(home, "Library", "Jupyter");
            if (OperatingSystem.IsWindows())
                return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter");
            return Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } data
                ? Path.Combine(data, "jupyter")
                : Path.Combine(home, ".local", "share", "jupyter");
        }
    }

    /// <summary>The machine's, for all users.</summary>
    public static string System => OperatingSystem.IsWindows()
        ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "jupyter")
        : UnderPrefix("/usr/local");

    /// <summary>All of them, in the order in which a client looks: <c>JUPYTER_PATH</c>, the user's, the machine's.</summary>
    public static ImmutableArray<string> All =>
    [
        .. (Environment.GetEnvironmentVariable("JUPYTER_PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Path.GetFullPath),
        User,
        System,
        .. OperatingSystem.IsWindows() ? (string[])[] : [UnderPrefix("/usr")],
    ];

    /// <summary>The one of an installation prefix, e.g. of a Python environment.</summary>
    public static string UnderPrefix(string prefix) => Path.Combine(Path.GetFullPath(prefix), "share", "jupyter");
}
