using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Unlearn.Kernel.Sessions;

/// <summary>The files of a package and of everything it depends on.</summary>
/// <param name="Assemblies">Assemblies to reference.</param>
/// <param name="NativeFolders">Folders with native libraries of this machine's kind.</param>
internal sealed record RestoredPackage(ImmutableArray<string> Assemblies, ImmutableArray<string> NativeFolders)
{
    /// <summary>
    /// Finds a package: an assembly of the process with the package's name stands for it (that is how notebooks run where the
    /// package itself cannot be had); otherwise the SDK restores it, from its cache or from the configured feeds.
    /// </summary>
    /// <exception cref="CellException">The SDK cannot restore it; the message is NuGet's.</exception>
    public static RestoredPackage Find(PackageRequest request) =>
        HostAssemblies.Find(request.Id) is { } own ? new([own], []) : Restore(request);

    private static RestoredPackage Restore(PackageRequest request)
    {
        var project = $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <FrameworkReference Include="Microsoft.AspNetCore.App" />
                <PackageReference Include="{request.Id}" Version="{request.Version ?? "*"}" />
              </ItemGroup>
            </Project>
            """;
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(project)))[..16];
        var folder = Path.Combine(Path.GetTempPath(), $"unlearn-{Environment.UserName}", $"package-{key}-{Environment.ProcessId}");
        Directory.CreateDirectory(folder);
        try
        {
            File.WriteAllText(Path.Combine(folder, "Package.csproj"), project);
            var (exitCode, output) = Run(folder);
            if (exitCode != 0)
            {
                throw new CellException("PackageError", $"package {request.Id} {request.Version ?? "(any version)"} cannot be restored:\n"
                    + output.Trim().Replace(folder, "", StringComparison.Ordinal), request.Line);
            }
            return Read(JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "obj", "project.assets.json")))!);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static RestoredPackage Read(JsonNode assets)
    {
        var roots = assets["packageFolders"]!.AsObject().Select(f => f.Key).ToArray();
        var (assemblies, native) = (ImmutableArray.CreateBuilder<string>(), ImmutableArray.CreateBuilder<string>());
        foreach (var (key, library) in assets["targets"]!.AsObject().First().Value!.AsObject())
        {
            if ((string?)library!["type"] != "package") continue;
            var path = (string)assets["libraries"]![key]!["path"]!;
            assemblies.AddRange(Files(library["runtime"], path).Where(f => f.EndsWith(".dll", StringComparison.Ordinal)));
            var ownKind = library["runtimeTargets"]?.AsObject()
                .Where(f => (string?)f.Value!["assetType"] == "native" && (string?)f.Value["rid"] == RuntimeInformation.RuntimeIdentifier)
                .Select(f => f.Key) ?? [];
            native.AddRange(ownKind.Select(f => Path.GetDirectoryName(Absolute(path, f))!));
        }
        return new(assemblies.ToImmutable(), [.. native.Distinct(StringComparer.Ordinal)]);

        IEnumerable<string> Files(JsonNode? group, string path) =>
            group?.AsObject().Where(f => !f.Key.EndsWith("/_._", StringComparison.Ordinal)).Select(f => Absolute(path, f.Key)) ?? [];

        string Absolute(string path, string file) =>
            roots.Select(r => Path.Combine(r, path, file)).FirstOrDefault(File.Exists) ?? Path.Combine(roots[0], path, file);
    }

    private static (int ExitCode, string Output) Run(string folder)
    {
        string[] arguments = ["restore", "--verbosity", "quiet", "-nodeReuse:false"];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
