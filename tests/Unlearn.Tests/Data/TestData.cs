using System.Runtime.CompilerServices;

namespace Unlearn.Tests.Data;

/// <summary>Where the tests find data: the committed world, and TOFU where this machine has it.</summary>
internal static class TestData
{
    public static string Repository { get; } = Ancestor(SourceFolder(), "Unlearn.Notebooks.sln");

    public static string World => Path.Combine(Repository, "data", "world");

    /// <summary>TOFU's folder, or null.</summary>
    public static string? Tofu
    {
        get
        {
            var told = Environment.GetEnvironmentVariable("UNLEARN_DATA");
            var data = string.IsNullOrEmpty(told) ? Path.Combine(Repository, "..", "shared", "data") : told;
            var folder = Path.GetFullPath(Path.Combine(data, "tofu"));
            return File.Exists(Path.Combine(folder, "full.json")) ? folder : null;
        }
    }

    public static string? SkipWithoutTofu => Tofu is null ? "TOFU is neither in ../shared/data/tofu nor in UNLEARN_DATA/tofu" : null;

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    private static string Ancestor(string start, string file)
    {
        var folder = new DirectoryInfo(start);
        while (!File.Exists(Path.Combine(folder.FullName, file)))
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"No folder above {start} has {file}.");
        return folder.FullName;
    }
}

/// <summary>A test on the real TOFU files, skipped where they are absent.</summary>
internal sealed class TofuFactAttribute : FactAttribute
{
    public TofuFactAttribute() => Skip = TestData.SkipWithoutTofu;
}

/// <inheritdoc cref="TofuFactAttribute"/>
internal sealed class TofuTheoryAttribute : TheoryAttribute
{
    public TofuTheoryAttribute() => Skip = TestData.SkipWithoutTofu;
}
