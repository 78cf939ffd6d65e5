using System.Reflection;
using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("linux")]

namespace Setup.Tests;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!);

    public static string PathOf(string relativePath) => Path.Combine(Root, relativePath);
}
