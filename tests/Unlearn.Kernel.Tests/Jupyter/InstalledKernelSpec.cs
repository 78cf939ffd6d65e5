using System.Diagnostics;

namespace Unlearn.Kernel.Tests.Jupyter;

/// <summary>The kernel as clients meet it: built, and installed by the command line into a Jupyter folder of its own.</summary>
public sealed class InstalledKernelSpec : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("jupyter-").FullName;

    public InstalledKernelSpec()
    {
        var (exitCode, output, errors) = Run("dotnet", [Program, "kernel", "install"], TimeSpan.FromMinutes(1));
        Assert.True(exitCode == 0, $"unlearn kernel install ended with {exitCode}: {output}{errors}");
    }

    // <artifacts>/bin/Unlearn.Kernel.Tests/release beside <artifacts>/bin/Unlearn.Cli/release
    private static string Program => Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "Unlearn.Cli", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), "Unlearn.Cli.dll"));

    /// <summary>Runs a script of the folder Clients with Debian's Python.</summary>
    /// <returns>The lines that its checks print, by outcome.</returns>
    public ILookup<string, string> Check(string script, params string[] arguments)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Jupyter", "Clients", script);
        var (_, output, errors) = Run("/usr/bin/python3", ["-B", path, .. arguments], TimeSpan.FromMinutes(4));
        var outcomes = output.Split('\n').Select(line => line.Split(' ', 2)).Where(parts => parts is ["ok" or "skip" or "failed", _])
            .ToLookup(parts => parts[0], parts => parts[1]);
        Assert.True(outcomes["ok"].Any(), $"{script} checked nothing: {output}{errors}");
        return outcomes;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private (int ExitCode, string Output, string Errors) Run(string program, string[] arguments, TimeSpan limit)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["JUPYTER_DATA_DIR"] = folder;
        start.Environment["JUPYTER_RUNTIME_DIR"] = folder;
        start.Environment["JUPYTER_CONFIG_DIR"] = folder;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            Assert.True(process.WaitForExit(limit), $"{program} {string.Join(' ', arguments)} did not end within {limit}");
            return (process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
