namespace Unlearn.Cli.Tests;

/// <summary>The checkout that the tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo folder) => File.Exists(Path.Combine(folder.FullName, "Unlearn.Notebooks.sln"))
        ? folder.FullName
        : Find(folder.Parent ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} has Unlearn.Notebooks.sln."));
}
