using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Unlearn.Testing;

/// <summary>
/// Compares a stand-in's public surface with the listing of the real package, by means of the ApiSurface program that lies beside
/// the listings in <c>../shared/api</c>. Linked into each test project that checks a stand-in.
/// </summary>
internal static class ApiSurfaceCheck
{
    private static readonly Lazy<string> Checker = new(Build);

    /// <summary>The folder of listings beside the repository; it is not part of the repository and may be absent.</summary>
    public static string Listings { get; } = Path.GetFullPath(Path.Combine(SourceFolder(), "../../../shared/api"));

    public static bool IsAvailable => Directory.Exists(Path.Combine(Listings, "ApiSurface"));

    /// <summary>Fails, with every complaint, when the assembly offers what the listing lacks or names differently.</summary>
    /// <param name="assembly">The stand-in.</param>
    /// <param name="listing">The listing's file name.</param>
    /// <param name="inexpressible">
    /// A default of the original that C# cannot write, "= true" for a parameter that is not a bool: complaints that are about nothing
    /// but that default do not count.
    /// </param>
    public static void Pass(Assembly assembly, string listing, string? inexpressible = null)
    {
        var (exitCode, output) = Run("exec", Checker.Value, "check", assembly.Location, Path.Combine(Listings, listing));
        Assert.True(exitCode == 0 || (inexpressible is not null && DiffersOnlyBy(inexpressible, output)), output);
    }

    /// <summary>Whether each complaint is a difference, and the two declarations under it are alike but for the default.</summary>
    private static bool DiffersOnlyBy(string inexpressible, string output)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        static string Declaration(string line) => line.Trim().Split(' ', 2)[^1].Trim();
        return lines.Length % 3 == 1 && lines.SkipLast(1).Chunk(3).All(complaint =>
            complaint[0].StartsWith("differs", StringComparison.Ordinal)
            && Declaration(complaint[2]).Contains(inexpressible, StringComparison.Ordinal)
            && Declaration(complaint[1]) == Declaration(complaint[2]).Replace(inexpressible, "= default", StringComparison.Ordinal));
    }

    private static string Build()
    {
        var project = Path.Combine(Listings, "ApiSurface");
        var sources = Directory.GetFiles(project).Order(StringComparer.Ordinal).SelectMany(File.ReadAllBytes).ToArray();
        var version = Convert.ToHexString(SHA256.HashData(sources))[..12];
        var folder = Path.Combine(Path.GetTempPath(), $"unlearn-{Environment.UserName}", $"api-surface-{version}");
        Directory.CreateDirectory(folder);

        // Test assemblies run side by side: whoever comes first builds, the others wait for the lock.
        using var alone = Alone(Path.Combine(folder, ".lock"));
        var built = Path.Combine(folder, "bin", "ApiSurface", "release", "apilist.dll");
        if (!File.Exists(built))
        {
            var (exitCode, output) = Run("build", project, "-c", "Release", "--artifacts-path", folder, "-nodeReuse:false");
            if (exitCode != 0) throw new InvalidOperationException($"ApiSurface does not build:\n{output}");
        }
        return built;
    }

    private static FileStream Alone(string path)
    {
        for (var patience = Stopwatch.StartNew(); ;)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (patience.Elapsed < TimeSpan.FromMinutes(3))
            {
                Thread.Sleep(100);
            }
        }
    }

    private static (int ExitCode, string Output) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

/// <summary>A fact about a stand-in's surface; skipped where the listings of the real packages are absent.</summary>
internal sealed class ApiListingFactAttribute : FactAttribute
{
    public ApiListingFactAttribute()
    {
        if (!ApiSurfaceCheck.IsAvailable) Skip = $"the listings of the real packages are not at {ApiSurfaceCheck.Listings}";
    }
}
