using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Unlearn.Cli.Bench;
using Unlearn.Data;
using Unlearn.Evaluation;
using Unlearn.Experiments;
using Unlearn.Models;
using Unlearn.Training;
using static TorchSharp.torch;

namespace Unlearn.Cli.Commands;

/// <summary><c>unlearn bench evaluation</c>.</summary>
internal static class BenchEvaluation
{
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Create()
    {
        var model = new Option<string?>("--model")
        {
            Description = "A model folder. Without it a mini model is trained first.",
            HelpName = "DIR",
        };
        var steps = new Option<int>("--train-steps") { Description = "Updates of that model.", DefaultValueFactory = _ => 450 };
        var dataset = new Option<string>("--dataset") { Description = "The rows.", DefaultValueFactory = _ => "world" };
        dataset.AcceptOnlyFromAmong("world", "tofu");
        var limit = new Option<int>("--limit") { Description = "Most rows of a set.", DefaultValueFactory = _ => EvaluationSet.TofuLimit };
        var threads = new Option<int>("--threads") { Description = "Threads on each side.", DefaultValueFactory = _ => 2 };
        var rounds = new Option<int>("--rounds")
        {
            Description = "Alternating rounds; the result is their median.",
            DefaultValueFactory = _ => 5,
        };
        var json = new Option<bool>("--json") { Description = "Print the result as JSON and nothing else." };
        var command = new Command("evaluation", """
            Evaluation of one model on all four sets here and in Debian's PyTorch the way TOFU's script does it, alternating.
            Measure while nothing else runs.   Example: unlearn bench evaluation --rounds 5
            """) { model, steps, dataset, limit, threads, rounds, json };
        command.SetAction(parsed =>
        {
            var quiet = parsed.GetValue(json);
            Action<string> tell = quiet ? _ => { } : parsed.InvocationConfiguration.Output.WriteLine;
            var scale = MiniScale.For(parsed.GetValue(dataset)!, "quick");
            var given = parsed.GetValue(model);
            var folder = given ?? Directory.CreateTempSubdirectory("unlearn-bench-model-").FullName;
            try
            {
                if (given is null) Train(scale, parsed.GetValue(steps), folder, tell);
                using var saved = ModelFolder.Load(folder);
                var sets = EvaluationSet.All(scale.Corpus, scale.Split, parsed.GetValue(limit));
                var result = new EvaluationBench(saved, folder, sets, parsed.GetValue(threads), parsed.GetValue(rounds)).Run(tell);
                parsed.InvocationConfiguration.Output.WriteLine(quiet ? JsonSerializer.Serialize(result, Snake) : string.Create(
                    CultureInfo.InvariantCulture,
                    $"median {result.Seconds:F2} s here, {result.PeerSeconds:F2} s PyTorch: {result.Speedup:F1} times as fast; "
                    + $"losses differ by at most {result.LargestLossDifference:E1}, {result.SameAnswers:P1} of answers are the same"));
                return 0;
            }
            finally
            {
                if (given is null) Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }

    private static void Train(MiniScale scale, int steps, string folder, Action<string> tell)
    {
        random.manual_seed(0);
        var encoder = RowEncoder.Train(scale.Corpus, scale.Vocabulary);
        using var model = new Llama(scale.Shape(encoder));
        var plan = scale.Training with { Steps = steps, WarmUpSteps = Math.Min(scale.Training.WarmUpSteps, steps / 2) };
        var last = FineTuning.Run(model, scale.TrainingRows(encoder), plan).Last();
        tell(string.Create(CultureInfo.InvariantCulture, $"a model of {scale.Shape(encoder).Parameters} parameters, loss {last.Loss:F3}"));
        ModelFolder.Save(folder, model, encoder.Tokenizer);
    }
}
