using System.Text.Json.Nodes;
using Unlearn.Kernel.Jupyter;

namespace Unlearn.Kernel.Tests.Jupyter;

public sealed class KernelSpecTests : IDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("jupyter-").FullName;
    private readonly KernelSpec spec = KernelSpec.Of(typeof(KernelSpecTests).Assembly);

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Fact]
    public void Spec_has_what_clients_need()
    {
        var json = JsonNode.Parse(spec.ToJson())!;
        Assert.Equal(("C#", "message", ".NET (C#)"),
            ((string?)json["language"], (string?)json["interrupt_mode"], (string?)json["display_name"]));
        Assert.Equal(["kernel", "run", "{connection_file}"], json["argv"]!.AsArray().Skip(2).Select(word => (string?)word));
        Assert.All(json["argv"]!.AsArray().Take(2), word => Assert.True(Path.IsPathFullyQualified((string)word!)));
    }

    [Fact]
    public void Ours_is_installed_replaced_listed_and_removed()
    {
        KernelSpecStore.Install(spec, ".net-csharp", data);
        var kernel = KernelSpecStore.Install(spec with { DisplayName = "again" }, ".net-csharp", data);
        Assert.Equal(kernel, Assert.Single(KernelSpecStore.List([data])));
        Assert.Equal(("again", true, null), (kernel.DisplayName, kernel.IsOurs, kernel.Fault));
        Assert.Equal(["kernel.json"], Directory.GetFiles(kernel.Folder).Select(Path.GetFileName));

        KernelSpecStore.Uninstall(".net-csharp", data);
        Assert.Empty(KernelSpecStore.List([data]));
        Assert.Throws<KernelSpecException>(() => KernelSpecStore.Uninstall(".net-csharp", data));
    }

    [Fact]
    public void Another_tools_kernel_is_left_alone_unless_forced()
    {
        var folder = Directory.CreateDirectory(Path.Combine(data, "kernels", ".net-csharp")).FullName;
        const string theirs = """{"display_name": ".NET (C#)", "language": "C#", "argv": ["dotnet", "interactive"]}""";
        File.WriteAllText(Path.Combine(folder, "kernel.json"), theirs);

        var refused = Assert.Throws<KernelSpecException>(() => KernelSpecStore.Install(spec, ".net-csharp", data));
        Assert.Contains("another tool installed the kernel '.net-csharp'", refused.Message, StringComparison.Ordinal);
        refused = Assert.Throws<KernelSpecException>(() => KernelSpecStore.Uninstall(".net-csharp", data));
        Assert.Contains("--force", refused.Message, StringComparison.Ordinal);
        Assert.False(Assert.Single(KernelSpecStore.List([data])).IsOurs);

        Assert.True(KernelSpecStore.Install(spec, ".net-csharp", data, force: true).IsOurs);
    }

    [Theory, InlineData("../x"), InlineData(""), InlineData(".."), InlineData("a b")]
    public void Name_that_is_no_kernels_name_is_refused(string name) =>
        Assert.Throws<KernelSpecException>(() => KernelSpecStore.Install(spec, name, data));

    [Fact]
    public void Broken_spec_is_listed_with_its_fault()
    {
        var folder = Directory.CreateDirectory(Path.Combine(data, "kernels", "broken")).FullName;
        File.WriteAllText(Path.Combine(folder, "kernel.json"), "{");
        Assert.StartsWith("kernel.json cannot be read", Assert.Single(KernelSpecStore.List([data])).Fault, StringComparison.Ordinal);
    }
}
