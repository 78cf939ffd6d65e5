using System.Diagnostics;
using System.Text.Json;
using Unlearn.Data;
using Unlearn.Models;
using static TorchSharp.torch;

namespace Unlearn.Cli.Tests.Commands;

/// <summary><c>unlearn evaluate</c> on an untrained model: what counts is that its log is scored to the same numbers.</summary>
public sealed class EvaluateCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("unlearn-evaluate-").FullName;

    public EvaluateCommandTests()
    {
        random.manual_seed(1);
        var encoder = RowEncoder.Train(DataSets.World(), 400);
        using var model = new Llama(new LlamaShape(encoder.Tokenizer.VocabularySize, Width: 16, Layers: 1, Heads: 2, KeyValueHeads: 1,
            FeedForward: 16, Context: 128));
        ModelFolder.Save(Path.Combine(folder, "model"), model, encoder.Tokenizer);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Evaluation_writes_a_log_that_scores_to_what_it_says()
    {
        var (exitCode, output, error) = Unlearn("evaluate", "model", "--limit", "6", "--json");
        Assert.True(exitCode == 0, error);
        var (_, scored, _) = Unlearn("score", Path.Combine("model", "eval"), "--json");
        Assert.Equal(scored, output);
        Assert.Equal(6, JsonDocument.Parse(output).RootElement.GetProperty("retain").GetProperty("n").GetInt32());

        var (_, text, warnings) = Unlearn(
            "evaluate", "model", "--limit", "6", "--retain-log", Path.Combine("model", "eval"), "--out", "again");
        Assert.Contains("forget quality  1   (log10 0.00, D = 0.0000; forgotten at the 5 % level)", text, StringComparison.Ordinal);
        Assert.Contains(Path.Combine("again", "eval_log_aggregated.json"), text, StringComparison.Ordinal);
        Assert.Equal("", warnings);
        Assert.True(File.Exists(Path.Combine(folder, "again", "aggregate_stat.csv")));
    }

    [Theory]
    [InlineData("should hold a model but has no config.json", "evaluate", "absent")]
    [InlineData("Expected a share between 1 and 99 percent", "evaluate", "model", "--forget", "0")]
    [InlineData("found nothing", "evaluate", "model", "--retain-log", "absent")]
    public void What_is_missing_is_named_before_anything_is_computed(string expected, params string[] arguments)
    {
        var (exitCode, output, error) = Unlearn(arguments);
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_shows_examples() =>
        Assert.Contains("unlearn evaluate models/npo --forget 5 --retain-log runs/retain95", Unlearn("evaluate", "--help").Output,
            StringComparison.Ordinal);

    private (int ExitCode, string Output, string Error) Unlearn(params string[] arguments)
    {
        string[] command = ["exec", Path.Combine(AppContext.BaseDirectory, "Unlearn.Cli.dll"), .. arguments];
        using var process = Process.Start(new ProcessStartInfo("dotnet", command)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
