using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Data.Analysis;

namespace Unlearn.Kernel.Tests.Sessions;

/// <summary>
/// What <c>#r</c> finds, and that it never brings a second copy of an assembly the process has. Assemblies stay loaded for the life of
/// the process, so each test uses names of its own.
/// </summary>
public sealed class ReferenceTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("unlearn-references-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Reference_to_a_copy_of_an_assembly_of_the_process_gives_the_process_its_own()
    {
        var own = typeof(DataFrame).Assembly.Location;
        File.Copy(own, Path.Combine(folder, Path.GetFileName(own)));
        using var ran = new Ran(new() { Folder = folder });
        ran.Cell("#r \"Microsoft.Data.Analysis.dll\"\ntypeof(Microsoft.Data.Analysis.DataFrame).Assembly.Location");
        Assert.Equal("value:" + own, ran.Text(1));
    }

    [Fact]
    public void Another_build_of_an_assembly_of_the_process_is_an_error_that_names_both()
    {
        var other = Compile("Microsoft.Data.Analysis", "public class Impostor { }");
        using var ran = new Ran(new() { Folder = folder });
        var error = ran.Cell("#r \"Microsoft.Data.Analysis.dll\"\n1").Error!;
        Assert.Equal("ReferenceError", error.Name);
        Assert.Contains(other, error.Message, StringComparison.Ordinal);
        Assert.Contains(typeof(DataFrame).Assembly.Location, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Relative_path_starts_at_the_notebooks_folder_and_neighbours_are_found()
    {
        var needed = Compile("NeighbourNeeded", "public static class Needed { public static int Value => 41; }");
        Compile("NeighbourUser", "public static class User { public static int Value => Needed.Value + 1; }", needed);
        using var ran = new Ran(new() { Folder = Directory.CreateDirectory(Path.Combine(folder, "notebooks")).FullName });
        ran.Cell("#r \"../NeighbourUser.dll\"\nUser.Value");
        Assert.Equal("value:42", ran.Text(1));
        ran.Cell("User.Value + 1");
        Assert.Equal("value:43", ran.Text(2));
    }

    [Fact]
    public void Two_sessions_share_one_copy_of_a_referenced_assembly()
    {
        Compile("SharedBySessions", "public static class Shared { public static int Count; }");
        using var one = new Ran(new() { Folder = folder });
        using var two = new Ran(new() { Folder = folder });
        one.Cell("#r \"SharedBySessions.dll\"\n++Shared.Count");
        two.Cell("#r \"SharedBySessions.dll\"\n++Shared.Count");
        Assert.Equal("value:1 value:2", one.Text(1) + " " + two.Text(1));
    }

    [Fact]
    public void Native_library_beside_a_referenced_assembly_is_found()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        File.Copy(Path.Combine(framework, "libSystem.IO.Compression.Native.so"), Path.Combine(folder, "libunlearnprobe.so"));
        Compile("NativeUser", """
            using System.Runtime.InteropServices;
            public static unsafe class Probe
            {
                [DllImport("unlearnprobe")] static extern uint CompressionNative_Crc32(uint crc, byte* buffer, int length);
                public static uint Crc() { fixed (byte* p = "123456789"u8) return CompressionNative_Crc32(0, p, 9); }
            }
            """);
        using var ran = new Ran(new() { Folder = folder });
        ran.Cell("#r \"NativeUser.dll\"\nProbe.Crc()");
        Assert.Equal($"value:{0xCBF43926}", ran.Text(1));   // the check value of CRC-32
    }

    [Fact]
    public void Missing_file_is_a_compilation_error_at_its_line()
    {
        using var ran = new Ran(new() { Folder = folder });
        var error = ran.Cell("\n#r \"absent.dll\"").Error!;
        Assert.StartsWith("cell 1, line 2, column 1: CS0006: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_that_is_no_assembly_says_so()
    {
        File.WriteAllText(Path.Combine(folder, "text.dll"), "MZ but not really");
        using var ran = new Ran(new() { Folder = folder });
        Assert.Contains("is not a .NET assembly", ran.Cell("#r \"text.dll\"").Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Package_whose_assembly_the_process_has_needs_no_feed()
    {
        using var ran = new Ran(new() { Folder = folder });
        ran.Cell("#r \"nuget: Microsoft.Data.Analysis, 0.23.0\"\nnew Microsoft.Data.Analysis.DataFrame().Columns.Count");
        Assert.Equal("shown:Installed Packages: Microsoft.Data.Analysis, 0.23.0 value:0", ran.Text(1));
    }

    [Theory]
    [InlineData("#r \"nuget: \"")]
    [InlineData("#r \"nuget: A, 1, 2\"")]
    [InlineData("#r \"nuget: A<B\"")]
    [InlineData("#r \"nuget: A")]
    public void Malformed_package_reference_names_the_form_expected(string line)
    {
        using var ran = new Ran();
        var error = ran.Cell("var x = 1;\n" + line).Error!;
        Assert.Equal("ReferenceError", error.Name);
        Assert.StartsWith("cell 1, line 2: expected #r \"nuget: Id\"", error.Traceback[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Loaded_script_file_is_found_beside_the_notebook()
    {
        File.WriteAllText(Path.Combine(folder, "helpers.csx"), "int Helper() => 17;");
        using var ran = new Ran(new() { Folder = folder });
        ran.Cell("#load \"helpers.csx\"\nHelper()");
        ran.Cell("Helper() + 1");
        Assert.Equal("value:17 value:18", ran.Text(1) + " " + ran.Text(2));
    }

    private string Compile(string name, string source, params string[] references)
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string[] all = [.. references, typeof(object).Assembly.Location, Path.Combine(framework, "System.Runtime.dll")];
        var compilation = CSharpCompilation.Create(
            name, [CSharpSyntaxTree.ParseText(source)], all.Select(r => MetadataReference.CreateFromFile(r)),
            new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, deterministic: true));
        var path = Path.Combine(folder, name + ".dll");
        var result = compilation.Emit(path);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return path;
    }
}
