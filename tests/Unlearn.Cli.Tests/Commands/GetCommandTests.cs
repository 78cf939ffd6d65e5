using System.Diagnostics;
using System.Text;
using System.Text.Json;
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
    [InlineData("status 404", "model", "org/tiny")]
    public void What_cannot_be_had_is_explained(string expected, params string[] arguments)
    {
        hub.Instead = context => { context.Response.StatusCode = 404; context.Response.Close(); return true; };
        var (exitCode, output, error) = Run(["get", .. arguments]);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_shows_examples() =>
        Assert.Contains("unlearn get model meta-llama/Llama-3.2-1B-Instruct", Run("get", "model", "--help").Output, StringComparison.Ordinal);

    private (string Name, string? Value)[] Variables =>
        [("HF_ENDPOINT", hub.Address), ("HF_HOME", folder), ("HF_TOKEN", null), ("HF_HUB_CACHE", null), ("HF_HUB_OFFLINE", null)];

    private (int ExitCode, string Output, string Error) Run(params string[] arguments) =>
        UnlearnProcess.Run(folder, arguments, Variables);

    private Process Start(params string[] arguments) => UnlearnProcess.Start(folder, arguments, Variables);
}
