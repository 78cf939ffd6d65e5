using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Unlearn.Cli.Bench;
using Unlearn.Synthetic;

namespace Unlearn.Cli.Commands;

/// <summary><c>unlearn bench</c>: how fast the hot paths are, as ratios against the alternative in the same run.</summary>
internal static class BenchCommand
{
    public static Command Create() => new("bench", "Measure hot paths against their peers in the same run.")
    {
        GptStep(), BenchNpo.Create(), BenchEvaluation.Create(), BenchGeneration.Create(), BenchKernel.Create(), BenchTokenizers.Create(),
        Synthetic(),
    };

    private static Command GptStep()
    {
        var threads = new Option<int>("--threads") { Description = "Threads on each side.", DefaultValueFactory = _ => 2 };
        var rounds = new Option<int>("--rounds") { Description = "Alternating rounds; the result is their median.", DefaultValueFactory = _ => 11 };
        var steps = new Option<int>("--steps") { Description = "Training steps in a round.", DefaultValueFactory = _ => 10 };
        var json = new Option<bool>("--json") { Description = "Print the result as JSON and nothing else." };
        var command = new Command("gpt-step", """
            A training step of a small GPT (2.6 M parameters, 1,024 tokens, AdamW) here and in Debian's PyTorch, alternating.
            Measure while nothing else runs.   Example: unlearn bench gpt-step --rounds 21
            """) { threads, rounds, steps, json };
        command.SetAction(parsed =>
        {
            var quiet = parsed.GetValue(json);
            var bench = new GptStepBench(new GptShape(), parsed.GetValue(threads), parsed.GetValue(rounds), parsed.GetValue(steps));
            var result = bench.Run(quiet ? _ => { } : Console.WriteLine);
            Console.WriteLine(quiet ? JsonSerializer.Serialize(result) : string.Create(CultureInfo.InvariantCulture,
                $"median {result.Milliseconds:F1} ms here, {result.PeerMilliseconds:F1} ms PyTorch; ratio {result.Ratio:F3}; "
                + $"loss {result.Loss:F5} and {result.PeerLoss:F5}"));
        });
        return command;
    }

    private static Command Synthetic()
    {
        var rounds = new Option<int>("--rounds") { Description = "Alternating rounds; the smallest counts.", DefaultValueFactory = _ => 3 };
        var json = new Option<bool>("--json") { Description = "Print the result as JSON and nothing else." };
        var command = new Command("synthetic", """
            One instance of the NPO paper's synthetic experiment (two reference models, twelve methods) here and in Debian's PyTorch,
            alternating on one core, in processor time.   Example: unlearn bench synthetic --rounds 5
            """) { rounds, json };
        command.SetAction(parsed =>
        {
            var quiet = parsed.GetValue(json);
            var bench = new SyntheticBench(PopulationPlan.Unlearning(1), parsed.GetValue(rounds));
            var result = bench.Run(quiet ? _ => { } : Console.WriteLine);
            Console.WriteLine(quiet ? JsonSerializer.Serialize(result) : string.Create(CultureInfo.InvariantCulture,
                $"{result.Seconds:F2} s here, {result.PeerSeconds:F2} s PyTorch: {result.Ratio:F1} times faster"));
        });
        return command;
    }
}
