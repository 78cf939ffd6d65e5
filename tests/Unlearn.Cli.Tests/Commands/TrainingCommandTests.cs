using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Unlearn.Cli.Tests.Commands;

/// <summary><c>unlearn train</c> and <c>unlearn unlearn</c> as processes, interrupted and killed.</summary>
public sealed class TrainingCommandTests(TrainedModel trained) : IClassFixture<TrainedModel>, IDisposable
{
    private static readonly string[] Forgetting = ["--method", "NPO+KL", "--batch", "2", "--steps", "40"];
    private static readonly string[] Often = ["--checkpoint-steps", "1"];

    private readonly string folder = Directory.CreateTempSubdirectory("unlearn-cli-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_model_is_trained_then_unlearned_and_both_say_so_as_json()
    {
        trained.CopyTo(folder);
        var (code, output, error) = Unlearn(
            ["unlearn", "full", "--out", "npo", "--method", "NPO+KL", "--batch", "2", "--steps", "5", "--evaluate-steps", "5", "--json"]);

        Assert.True(code == 0, error);
        var result = JsonDocument.Parse(output).RootElement;
        Assert.Equal("NPO+KL", result.GetProperty("name").GetString());
        Assert.Equal(5, result.GetProperty("step").GetInt32());
        Assert.InRange(result.GetProperty("evaluation").GetProperty("forget_probability").GetDouble(), 0, 1);
        Assert.True(File.Exists(Path.Combine(folder, "npo", "config.json")));
        Assert.Single(Directory.EnumerateFiles(Path.Combine(folder, "full", "reference")));
    }

    [Theory, InlineData("ME+GD", "ME", 0.1), InlineData("idk+ap", "IDK", 0.1), InlineData("NPO+RT", "NPO", 1)]
    public void Methods_of_both_papers_are_known_by_name(string method, string term, double weight)
    {
        trained.CopyTo(folder);
        var (code, output, error) = Unlearn(
            ["unlearn", "full", "--out", "x", "--method", method, "--forget-weight", "0.1", "--batch", "2", "--steps", "2", "--json"]);

        Assert.True(code == 0, error);
        var first = JsonDocument.Parse(output).RootElement.GetProperty("terms")[0];
        Assert.Equal((term, weight), (first.GetProperty("name").GetString(), first.GetProperty("weight").GetDouble()));
    }

    [Theory]
    [InlineData("A method should be one of GA, GA+RT", "unlearn", "full", "--out", "x", "--method", "nope")]
    [InlineData("should be a model folder", "unlearn", "absent", "--out", "x")]
    [InlineData("should be empty for a new run", "train", "full")]
    public void Wrong_requests_say_what_was_expected(string expected, params string[] arguments)
    {
        trained.CopyTo(folder);
        var (code, _, error) = Unlearn(arguments);

        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradient_checkpointing_changes_memory_and_no_weight()
    {
        trained.CopyTo(folder);
        string[] run = ["unlearn", "full", "--method", "NPO+KL", "--batch", "4", "--micro-batch", "3", "--steps", "3", "--json"];

        Assert.Equal(Weights(Unlearn([.. run, "--out", "kept"])), Weights(Unlearn([.. run, "--out", "again", "--gradient-checkpointing"])));
    }

    [Fact]
    public void A_model_is_unlearned_and_written_in_bfloat16_and_told_what_that_takes()
    {
        trained.CopyTo(folder);
        var (code, _, error) = Unlearn(
            ["unlearn", "full", "--out", "half", "--dtype", "bfloat16", "--half-updates", "stochastic", "--batch", "2", "--steps", "3"]);

        Assert.True(code == 0, error);
        Assert.Matches("memory  .*: weights .*, gradients and averages .*, activations about ", error);
        var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "half", "config.json"))).RootElement;
        Assert.Equal("bfloat16", config.GetProperty("torch_dtype").GetString());
    }

    [Fact]
    public void Ctrl_C_saves_and_the_resumed_run_ends_as_the_uninterrupted_one()
    {
        trained.CopyTo(folder);
        var expected = Weights(Unlearn(["unlearn", "full", "--out", "whole", .. Forgetting, "--json"]));
        var ended = 0;
        for (var attempt = 0; attempt < 5 && ended == 0; attempt++) ended = Interrupted();
        Assert.Equal(130, ended);
        Assert.Equal(expected, Weights(Unlearn(["unlearn", "full", "--out", "broken", .. Forgetting, "--resume", "--json"])));
    }

    /// <summary>The exit code of a new run that gets Ctrl-C; 0 where other work on the machine kept us from being in time.</summary>
    private int Interrupted()
    {
        if (Directory.Exists(Path.Combine(folder, "broken"))) Directory.Delete(Path.Combine(folder, "broken"), recursive: true);
        using var process = Start(["unlearn", "full", "--out", "broken", .. Forgetting]);
        WaitForSteps("broken", 3, process);
        _ = Signal(process.Id, 2);
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(5)), "the command did not end");
        return process.ExitCode;
    }

    // Killed twenty times, at moments that a fixed generator draws: during start-up, updates, checkpoints and log lines.
    [Fact]
    public void A_run_killed_twenty_times_ends_bit_for_bit_as_one_that_was_not()
    {
        trained.CopyTo(folder);
        var expected = Weights(Unlearn(["unlearn", "full", "--out", "whole", .. Forgetting, "--json"]));
        var moments = new Random(20);
        for (var kill = 1; kill <= 20; kill++)
        {
            using var process = Start(["unlearn", "full", "--out", "broken", .. Forgetting, .. Often, "--resume"]);
            WaitForSteps("broken", kill, process);
            Thread.Sleep(moments.Next(30));
            process.Kill();
            process.WaitForExit();
        }
        Assert.Equal(expected, Weights(Unlearn(["unlearn", "full", "--out", "broken", .. Forgetting, "--resume", "--json"])));
        Assert.Equal(Log("whole"), Log("broken"));
    }

    [Fact]
    public void Help_shows_examples()
    {
        Assert.Contains("unlearn train models/full", Unlearn(["train", "--help"]).Output, StringComparison.Ordinal);
        Assert.Contains("--method NPO+RT --forget 10", Unlearn(["unlearn", "--help"]).Output, StringComparison.Ordinal);
    }

    private string[] Log(string run) => [.. File.ReadLines(Path.Combine(folder, run, "log.jsonl")).Select(line =>
    {
        var node = JsonNode.Parse(line)!.AsObject();
        _ = node.Remove("seconds");
        _ = node.Remove("tokensPerSecond");
        return node.ToJsonString();
    })];

    /// <summary>Waits until the log has so many steps, or the process has ended.</summary>
    private void WaitForSteps(string run, int steps, Process process)
    {
        var log = Path.Combine(folder, run, "log.jsonl");
        while (!process.HasExited)
        {
            if (File.Exists(log))
            {
                using var reader = new StreamReader(new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
                if (reader.ReadToEnd().Split("\"kind\":\"step\"").Length > steps) return;
            }
            Thread.Sleep(2);
        }
    }

    private static string Weights((int Code, string Output, string Error) run)
    {
        Assert.True(run.Code == 0, run.Error);
        return JsonDocument.Parse(run.Output).RootElement.GetProperty("weights").GetString()!;
    }

    private (int Code, string Output, string Error) Unlearn(string[] arguments) =>
        UnlearnProcess.Run(folder, arguments, TrainedModel.World);

    private Process Start(string[] arguments) => UnlearnProcess.Start(folder, arguments, TrainedModel.World);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}

/// <summary>A model trained from the command line, once for all tests that unlearn from it.</summary>
public sealed class TrainedModel : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("unlearn-trained-").FullName;

    public TrainedModel()
    {
        var (code, _, error) = UnlearnProcess.Run(
            folder, ["train", "full", "--width", "32", "--layers", "1", "--batch", "4", "--steps", "6"], World);
        Assert.True(code == 0, error);
    }

    /// <summary>Where the commands find their rows.</summary>
    public static (string Name, string? Value) World { get; } = ("UNLEARN_WORLD", Path.Combine(Repository.Root, "data", "world"));

    /// <summary>Gives a test a copy of its own, called <c>full</c>.</summary>
    public void CopyTo(string place)
    {
        var source = Path.Combine(folder, "full");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(place, "full", Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
