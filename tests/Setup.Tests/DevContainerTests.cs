using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Setup.Tests;

public class DevContainerTests
{
    public static TheoryData<string> DevContainers => [".devcontainer/devcontainer.json", ".devcontainer/gpu/devcontainer.json"];

    public static TheoryData<string> Scripts => [".ci/run", ".devcontainer/setup.sh", "notebooks/run", "tests/run"];

    [Theory]
    [MemberData(nameof(DevContainers))]
    public void Both_containers_are_Debian_12_with_the_SDK_and_run_the_same_set_up(string file)
    {
        var container = Read(file);

        Assert.EndsWith(":bookworm", (string?)container["image"], StringComparison.Ordinal);
        Assert.Equal("10.0", (string?)container["features"]?["ghcr.io/devcontainers/features/dotnet:2"]?["version"]);
        Assert.Equal(".devcontainer/setup.sh", (string?)container["postCreateCommand"]);
    }

    [Theory]
    [MemberData(nameof(DevContainers))]
    public void Notebooks_start_in_their_own_folder_as_they_do_headlessly(string file) =>
        Assert.Equal("${fileDirname}", (string?)Read(file)["customizations"]?["vscode"]?["settings"]?["jupyter.notebookFileRoot"]);

    [Fact]
    public void The_GPU_container_asks_for_the_GPU_and_for_the_CUDA_packages()
    {
        var container = Read(".devcontainer/gpu/devcontainer.json");

        Assert.Equal(["--gpus", "all"], container["runArgs"]!.AsArray().Select(argument => (string?)argument));
        Assert.Equal("cuda", (string?)container["containerEnv"]?["Torch"]);
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Scripts_are_executable_and_free_of_syntax_errors(string script)
    {
        var path = Repository.PathOf(script);
        Assert.True(File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute));
        Assert.StartsWith("#!/usr/bin/env bash\n", File.ReadAllText(path), StringComparison.Ordinal);

        using var check = Process.Start("/bin/bash", ["-n", path]);
        check.WaitForExit();
        Assert.Equal(0, check.ExitCode);
    }

    // Strict JSON on purpose: the files can then be read by any tool, comments would break some.
    private static JsonObject Read(string file) => JsonNode.Parse(File.ReadAllText(Repository.PathOf(file)))!.AsObject();
}
