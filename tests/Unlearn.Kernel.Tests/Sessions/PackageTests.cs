using System.IO.Compression;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Unlearn.Kernel.Tests.Sessions;

/// <summary>Packages from a folder that <c>#i</c> names, restored by the SDK.</summary>
public sealed class PackageTests : IDisposable
{
    private const string Id = "Unlearn.Tests.Handmade";

    private readonly string folder = Directory.CreateTempSubdirectory("unlearn-feed-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Package_of_a_folder_is_installed_shown_and_pinned()
    {
        Pack();
        using var ran = new Ran(new() { Folder = folder });
        ran.Cell($"#i \"nuget: .\"\n#r \"nuget: {Id}, 1.0.0\"\nHandmade.Answer");
        Assert.Equal($"shown:Installed Packages: {Id}, 1.0.0 value:42", ran.Text(1));
        var error = ran.Cell($"#r \"nuget: {Id}, 2.0.0\"").Error!;
        Assert.Contains("version 1.0.0 was added previously", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Package_that_no_source_has_fails_with_nugets_own_words()
    {
        using var ran = new Ran(new() { Folder = folder });
        var error = ran.Cell($"#i \"nuget: .\"\n#r \"nuget: {Id}.Absent, 1.0.0\"\n1").Error!;
        Assert.Equal("PackageError", error.Name);
        Assert.Contains("NU110", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("cell 1, line 2: ", error.Traceback[0], StringComparison.Ordinal);
        Assert.StartsWith($"shown:Packages not installed: {Id}.Absent, 1.0.0 error:", ran.Text(1), StringComparison.Ordinal);
    }

    private void Pack()
    {
        var compilation = CSharpCompilation.Create(
            "Handmade", [CSharpSyntaxTree.ParseText("public static class Handmade { public static int Answer => 42; }")],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new(OutputKind.DynamicallyLinkedLibrary, deterministic: true));
        using var archive = ZipFile.Open(Path.Combine(folder, $"{Id}.1.0.0.nupkg"), ZipArchiveMode.Create);
        using (var library = archive.CreateEntry("lib/net10.0/Handmade.dll").Open())
        {
            Assert.True(compilation.Emit(library).Success);
        }
        using var specification = new StreamWriter(archive.CreateEntry($"{Id}.nuspec").Open());
        specification.Write($"""
            <?xml version="1.0"?>
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata><id>{Id}</id><version>1.0.0</version><authors>tests</authors><description>one number</description></metadata>
            </package>
            """);
    }
}
