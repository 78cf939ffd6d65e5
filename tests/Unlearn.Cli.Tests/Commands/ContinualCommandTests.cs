using System.Diagnostics;
using System.Text.Json;
using TorchSharp;
using Unlearn.Data;
using Unlearn.Models;

namespace Unlearn.Cli.Tests.Commands;

/// <summary><c>unlearn continual</c> as a process, killed between and inside tasks.</summary>
public sealed class ContinualCommandTests : IDisposable
{
    private static readonly string[] Tiny =
        ["--method", "NPO+KL", "--batch", "4", "--epochs", "3", "--limit", "2", "--lr", "0.01", "--checkpoint-steps", "1", "--json"];

    private readonly string folder = Directory.CreateTempSubdirectory("unlearn-continual-").FullName;

    public ContinualCommandTests()
    {
        var encoder = RowEncoder.Train(DataSets.World(), 300);
        torch.random.manual_seed(1);
        using var model = new Llama(new LlamaShape(encoder.Tokenizer.VocabularySize, Width: 16, Layers: 1, Heads: 2, KeyValueHeads: 1,
            FeedForward: 16, Context: 160));
        ModelFolder.Save(Path.Combine(folder, "model"), model, encoder.Tokenizer);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // Killed at moments that a fixed generator draws, each time a little later: at start-up, in updates, evaluations, and between tasks.
    [Fact]
    public void Ten_tasks_killed_many_times_end_bit_for_bit_as_ten_that_were_not()
    {
        var (code, expected, error) = UnlearnProcess.Run(folder, ["continual", "model", "--out", "whole", .. Tiny]);
        Assert.True(code == 0, error);
        var kills = 0;
        for (var attempt = 0; attempt < 5 && kills < 6; attempt++) kills = Killed();
        Assert.InRange(kills, 6, 10);

        var (again, output, problem) = UnlearnProcess.Run(folder, ["continual", "model", "--out", "broken", .. Tiny]);

        Assert.True(again == 0, problem);
        Assert.Equal(expected, output);
        Assert.Equal(Enumerable.Range(0, 11), JsonDocument.Parse(output).RootElement.GetProperty("results").EnumerateArray()
            .Select(result => result.GetProperty("task").GetInt32()));
    }

    /// <summary>How often a new run was killed before it ended; less where other work on the machine kept us from being in time.</summary>
    private int Killed()
    {
        if (Directory.Exists(Path.Combine(folder, "broken"))) Directory.Delete(Path.Combine(folder, "broken"), recursive: true);
        var moments = new Random(7);
        var kills = 0;
        for (var files = 2; files <= 40 && kills < 10; files += 4, kills++)
        {
            using var process = UnlearnProcess.Start(folder, ["continual", "model", "--out", "broken", .. Tiny]);
            WaitForSigns(files, process);
            Thread.Sleep(moments.Next(40));
            if (process.HasExited) break;
            process.Kill();
            process.WaitForExit();
        }
        return kills;
    }

    [Theory]
    [InlineData("should hold a model but has no config.json", "absent"), InlineData("behind a '+', or LLMU", "model", "--method", "nope")]
    [InlineData("1, 5 or 10 percent", "model", "--forget", "3"), InlineData("Expected 1 to 10 tasks", "model", "--tasks", "11")]
    public void Wrong_requests_say_what_was_expected(string expected, params string[] arguments)
    {
        var (code, output, error) = UnlearnProcess.Run(folder, ["continual", .. arguments, "--out", "x", "--json"]);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    /// <summary>Waits until the sequence has left so many signs, updates and results, or the process has ended.</summary>
    private void WaitForSigns(int count, Process process)
    {
        var at = Path.Combine(folder, "broken");
        while (!process.HasExited && Signs(at) < count) Thread.Sleep(2);
    }

    private static int Signs(string at) => !Directory.Exists(at) ? 0
        : Directory.EnumerateFiles(at, "task-*.json").Count()
            + Directory.EnumerateDirectories(at).Sum(task => Steps(Path.Combine(task, "run", "log.jsonl")));

    private static int Steps(string log)
    {
        if (!File.Exists(log)) return 0;
        using var reader = new StreamReader(new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split("\"kind\":\"step\"").Length - 1;
    }
}
