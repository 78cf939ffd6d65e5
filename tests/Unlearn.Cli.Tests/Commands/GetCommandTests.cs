using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Unlearn.Data;
using Unlearn.Tests.Data.Hub;

namespace Unlearn.Cli.Tests.Commands;

/// <summary><c>unlearn get</c> against a hub on this machine.</summary>
public sealed class GetCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("unlearn-get-").FullName;
    private readonly FakeHub hub = new();

    public GetCommandTests()
    {
        hub.Files["config.json"] = Encoding.UTF8.GetBytes("{}");
        hub.Files["tokenizer.json"] = Encoding.UTF8.GetBytes("{}");
        hub.Files["model.safetensors"] = FakeHub.Bytes(100_000, seed: 1);
    }

    public void Dispose()
    {
        hub.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    // The hub sends half of the weights and then nothing until the process is dead.
    [Fact]
    public void A_process_that_is_killed_leaves_nothing_that_could_be_used_and_the_next_one_finishes()
    {
        using var half = new ManualResetEventSlim();
        using var dead = new ManualResetEventSlim();
        hub.Instead = context =>
        {
            if (!context.Request.RawUrl!.EndsWith("model.safetensors", StringComparison.Ordinal)) return false;
            context.Response.ContentLength64 = 100_000;
            context.Response.OutputStream.Write(hub.Files["model.safetensors"], 0, 50_000);
            context.Response.OutputStream.Flush();
            half.Set();
            dead.Wait(TimeSpan.FromSeconds(60));
            return true;
        };
        using (var process = Start("get", "model", "org/tiny"))
        {
            Assert.True(half.Wait(TimeSpan.FromSeconds(60)));
            process.Kill();
            process.WaitForExit();
            dead.Set();
        }
        var home = Path.Combine(folder, "hub", "models--org--tiny");
        Assert.False(Directory.Exists(Path.Combine(home, "snapshots")));
        Assert.DoesNotContain(Directory.GetFiles(Path.Combine(home, "blobs")), path => Path.GetFileName(path).Length == 64);

        hub.Instead = _ => false;
        var (exitCode, output, error) = Run("get", "model", "org/tiny", "--json");
        Assert.True(exitCode == 0, error);
        var snapshot = JsonDocument.Parse(output).RootElement.GetProperty("folder").GetString()!;
        Assert.Equal(hub.Files["model.safetensors"], File.ReadAllBytes(Path.Combine(snapshot, "model.safetensors")));
        Assert.Equal(snapshot + "\n", Run("get", "model", "org/tiny").Output);
    }

    [Theory, InlineData("model.safetensors"), InlineData("tokenizer.json")]
    public void A_model_without_its_weights_or_its_tokenizer_is_not_called_there(string missing)
    {
        hub.Files.Remove(missing);
        var (exitCode, output, error) = Run("get", "model", "org/tiny");

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains("lacks config.json, a tokenizer (tokenizer.json or vocab.txt) or weights", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("should be named like org/name", "model", "no name at all")]
    [InlineData("The model org/tiny or its revision is not there (status 404", "model", "org/tiny")]
    [InlineData("The data set locuslab/TOFU or its revision is not there (status 404", "data", "tofu", "--out", "tofu")]
    public void What_cannot_be_had_is_explained(string expected, params string[] arguments)
    {
        hub.Instead = context => { context.Response.StatusCode = 404; context.Response.Close(); return true; };
        var (exitCode, output, error) = Run(["get", .. arguments]);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void TOFU_comes_through_the_hubs_cache_into_its_folder()
    {
        OfferTofu();
        var to = Path.Combine(folder, "tofu");
        var (exitCode, output, error) = Run("get", "data", "tofu", "--out", to, "--connections", "2", "--json");

        Assert.True(exitCode == 0, error);
        Assert.Equal(to, JsonDocument.Parse(output).RootElement.GetProperty("folder").GetString());
        Assert.Equal(Corpus.Files.Order(StringComparer.Ordinal), Names(to));
        Assert.True(Directory.Exists(Path.Combine(folder, "hub", "datasets--locuslab--TOFU", "snapshots", FakeHub.Commit)));
        Assert.All(hub.Requests, request => Assert.EndsWith("Bearer secret", request, StringComparison.Ordinal));
    }

    [Theory, InlineData("model", "org/tiny"), InlineData("data", "tofu", "--out", "tofu")]
    public void Ctrl_C_exits_with_130_and_the_same_command_goes_on_from_there(params string[] what)
    {
        if (what[0] == "data") OfferTofu();
        using var asked = new ManualResetEventSlim();
        using var ended = new ManualResetEventSlim();
        hub.Instead = context =>
        {
            if (!context.Request.RawUrl!.EndsWith(Last(what), StringComparison.Ordinal)) return false;
            asked.Set();
            ended.Wait(TimeSpan.FromSeconds(60));
            return true;
        };
        // With one connection the other files, which the hub lists before, have come when the last one is asked for.
        using (var process = Start(["get", .. what, "--connections", "1"]))
        {
            Assert.True(asked.Wait(TimeSpan.FromSeconds(60)));
            Assert.Equal(0, Interrupt(process));
            var error = process.StandardError.ReadToEnd();
            Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)), "the command did not end");
            ended.Set();
            Assert.Equal(130, process.ExitCode);
            Assert.Contains("the same command goes on from there", error, StringComparison.Ordinal);
        }
        Assert.Empty(Names(Path.Combine(folder, "tofu")));
        Assert.Empty(Directory.GetDirectories(folder, "snapshots", SearchOption.AllDirectories));
        Assert.Single(Directory.GetFiles(folder, "*.partial", SearchOption.AllDirectories));

        hub.Instead = _ => false;
        hub.Requests.Clear();
        Assert.Equal(0, Run(["get", .. what]).ExitCode);
        Assert.Contains(Last(what), Assert.Single(hub.Downloads), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder, "*.partial*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Without_a_network_the_message_names_the_folder_for_TOFUs_files()
    {
        hub.Dispose();
        var to = Path.Combine(folder, "tofu");
        var (exitCode, output, error) = Run("get", "data", "tofu", "--out", to);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains("TOFU is not on this machine, and could not be had", error, StringComparison.Ordinal);
        Assert.Contains($"into {to}, or name the folder that has them in UNLEARN_DATA", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_shows_examples_and_says_where_files_go()
    {
        var (model, data) = (Run("get", "model", "--help").Output, Run("get", "data", "--help").Output);

        Assert.Contains("unlearn get model meta-llama/Llama-3.2-1B-Instruct", model, StringComparison.Ordinal);
        Assert.Contains("UNLEARN_MODELS", model, StringComparison.Ordinal);
        Assert.Contains("UNLEARN_DATA", data, StringComparison.Ordinal);
        Assert.Equal(2, data.Split("<NAME>").Length - 1);
        Assert.DoesNotContain("<tofu>", data, StringComparison.Ordinal);
    }

    private void OfferTofu()
    {
        hub.Files.Clear();
        foreach (var file in Corpus.Files)
        {
            hub.Files[file] = Encoding.UTF8.GetBytes(
                Path.GetExtension(file) == ".jsonl" ? $"{file}\n" : $"{{\"question\":\"{file}\",\"answer\":\"a\"}}\n");
        }
    }

    /// <summary>The file that the hub lists last of those that a command wants.</summary>
    private static string Last(string[] what) => what[0] == "data" ? Corpus.Files[^1] : "model.safetensors";

    private static string[] Names(string folder) => !Directory.Exists(folder) ? []
        : [.. Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static int Interrupt(Process process)
    {
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        kill.WaitForExit();
        return kill.ExitCode;
    }

    private (string Name, string? Value)[] Variables =>
        [("HF_ENDPOINT", hub.Address), ("HF_HOME", folder), ("HF_TOKEN", "secret"), ("HF_HUB_CACHE", null), ("HF_HUB_OFFLINE", null)];

    private (int ExitCode, string Output, string Error) Run(params string[] arguments) =>
        UnlearnProcess.Run(folder, arguments, Variables);

    private Process Start(params string[] arguments) => UnlearnProcess.Start(folder, arguments, Variables);
}
