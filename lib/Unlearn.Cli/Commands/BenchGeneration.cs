using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Unlearn.Cli.Bench;
using Unlearn.Experiments;
using Unlearn.Generation;
using Unlearn.Models;

namespace Unlearn.Cli.Commands;

/// <summary><c>unlearn bench generation</c>.</summary>
internal static class BenchGeneration
{
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Create()
    {
        var model = new Option<string?>("--model") { Description = "A model folder. Without it the mini model is used.", HelpName = "DIR" };
        var questions = new Option<int>("--questions") { Description = "Prompts.", DefaultValueFactory = _ => 40 };
        var samples = new Option<int>("--samples") { Description = "Answers to each.", DefaultValueFactory = _ => 5 };
        var batch = new Option<int>("--batch") { Description = "Answers in a batch.", DefaultValueFactory = _ => 256 };
        var threads = new Option<int>("--threads") { Description = "Threads on each side.", DefaultValueFactory = _ => 2 };
        var rounds = new Option<int>("--rounds") { Description = "Alternating rounds; their median counts.", DefaultValueFactory = _ => 5 };
        var json = new Option<bool>("--json") { Description = "Print the result as JSON and nothing else." };
        var command = new Command("generation", """
            Tokens per second of sampled alternates in batches here, one at a time here, and one at a time in Debian's PyTorch the way
            AltPO's script does it, alternating. Measure while nothing else runs.   Example: unlearn bench generation --rounds 5
            """) { model, questions, samples, batch, threads, rounds, json };
        command.SetAction(parsed =>
        {
            var quiet = parsed.GetValue(json);
            Action<string> tell = quiet ? _ => { } : parsed.InvocationConfiguration.Output.WriteLine;
            var scale = MiniScale.For("world", "quick").WithAlternates();
            var given = parsed.GetValue(model);
            var folder = given ?? Directory.CreateTempSubdirectory("unlearn-bench-model-").FullName;
            try
            {
                if (given is null)
                {
                    using var full = ModelStore.Shared.Obtain(scale, 0, tell);
                    ModelFolder.Save(folder, full.Model, full.Encoder.Tokenizer);
                }
                using var saved = ModelFolder.Load(folder);
                var usual = AlternateOptions.Mini;
                var options = usual with { Sampling = usual.Sampling with { BatchSize = parsed.GetValue(batch) } };
                var result = new GenerationBench(saved, folder, [.. scale.Split.Forget.Take(parsed.GetValue(questions))],
                    parsed.GetValue(samples), options, parsed.GetValue(threads), parsed.GetValue(rounds)).Run(tell);
                parsed.InvocationConfiguration.Output.WriteLine(quiet ? JsonSerializer.Serialize(result, Snake) : string.Create(
                    CultureInfo.InvariantCulture,
                    $"median {result.TokensPerSecond:F0} tokens/s in batches: {result.Speedup:F1} times one at a time here "
                    + $"({result.OneAtATime:F0}), {result.PeerSpeedup:F1} times PyTorch one at a time ({result.PeerOneAtATime:F0})"));
                return 0;
            }
            finally
            {
                if (given is null) Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }
}
