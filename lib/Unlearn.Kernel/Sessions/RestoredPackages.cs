using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Unlearn.Kernel.Sessions;

/// <summary>The files of some packages and of everything they depend on.</summary>
/// <param name="Assemblies">Assemblies to reference.</param>
/// <param name="NativeFolders">Folders with native libraries of this machine's kind.</param>
/// <param name="Versions">Id → the version that was chosen.</param>
internal sealed record RestoredPackages(
    ImmutableArray<string> Assemblies, ImmutableArray<string> NativeFolders, ImmutableDictionary<string, string> Versions)
{
    /// <summary>Assemblies that the process itself has, which stand for packages of their names: that is how notebooks run where the
    /// packages themselves cannot be had.</summary>
    public static RestoredPackages Own(IEnumerable<string> assemblies) =>
        new([.. assemblies], [], ImmutableDictionary<string, string>.Empty);

    /// <summary>Lets the SDK find packages: in its cache, in the configured feeds, and in the sources given.</summary>
    /// <exception cref="CellException">It cannot; the message is NuGet's.</exception>
    public static async Task<RestoredPackages> RestoreAsync(
        IReadOnlyList<PackageRequest> requests, IReadOnlyList<string> sources, CancellationToken cancellation)
    {
        var project = new XElement("Project",
            new XAttribute("Sdk", "Microsoft.NET.Sdk"),
            new XElement("PropertyGroup",
                new XElement("TargetFramework", "net10.0"),
                new XElement("NuGetAudit", "false"),
                new XElement("RestoreAdditionalProjectSources", string.Join(';', sources))),
            new XElement("ItemGroup",
                new XElement("FrameworkReference", new XAttribute("Include", "Microsoft.AspNetCore.App")),
                requests.Select(r => new XElement("PackageReference",
                    new XAttribute("Include", r.Id), new XAttribute("Version", r.Version ?? "*")))));
        var folder = Directory.CreateTempSubdirectory("unlearn-packages-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "Packages.csproj"), project.ToString(), cancellation).ConfigureAwait(false);
            var (exitCode, output) = await RunAsync(folder, cancellation).ConfigureAwait(false);
            if (exitCode != 0)
            {
                var names = string.Join(", ", requests.Select(r => $"{r.Id} {r.Version ?? "(any version)"}"));
                throw new CellException("PackageError", $"{names} cannot be restored:\n"
                    + output.Trim().Replace(folder, "", StringComparison.Ordinal), requests[0].Line);
            }
            var assets = Path.Combine(folder, "obj", "project.assets.json");
            return Read(JsonNode.Parse(await File.ReadAllTextAsync(assets, cancellation).ConfigureAwait(false))!);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static RestoredPackages Read(JsonNode assets)
    {
        var roots = assets["packageFolders"]!.AsObject().Select(f => f.Key).ToArray();
        var (assemblies, native) = (ImmutableArray.CreateBuilder<string>(), ImmutableArray.CreateBuilder<string>());
        var versions = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, library) in assets["targets"]!.AsObject().First().Value!.AsObject())
        {
            if ((string?)library!["type"] != "package") continue;
            if (key.Split('/') is [var id, var version]) versions[id] = version;
            var path = (string)assets["libraries"]![key]!["path"]!;
            assemblies.AddRange(Files(library["runtime"], path).Where(f => f.EndsWith(".dll", StringComparison.Ordinal)));
            var ownKind = library["runtimeTargets"]?.AsObject()
                .Where(f => (string?)f.Value!["assetType"] == "native" && (string?)f.Value["rid"] == RuntimeInformation.RuntimeIdentifier)
                .Select(f => f.Key) ?? [];
            native.AddRange(ownKind.Select(f => Path.GetDirectoryName(Absolute(path, f))!));
        }
        return new(assemblies.ToImmutable(), [.. native.Distinct(StringComparer.Ordinal)], versions.ToImmutable());

        IEnumerable<string> Files(JsonNode? group, string path) =>
            group?.AsObject().Where(f => !f.Key.EndsWith("/_._", StringComparison.Ordinal)).Select(f => Absolute(path, f.Key)) ?? [];

        string Absolute(string path, string file) =>
            roots.Select(r => Path.Combine(r, path, file)).FirstOrDefault(File.Exists) ?? Path.Combine(roots[0], path, file);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string folder, CancellationToken cancellation)
    {
        string[] arguments = ["restore", "--verbosity", "quiet", "-nodeReuse:false"];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        return (process.ExitCode, await output.ConfigureAwait(false) + await error.ConfigureAwait(false));
    }
}
