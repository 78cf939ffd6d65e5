using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Unlearn.Cli.Bench;
using Unlearn.Data;
using Unlearn.Experiments;
using Unlearn.Models;
using Unlearn.Training;
using static TorchSharp.torch;

namespace Unlearn.Cli.Commands;

/// <summary><c>unlearn bench npo</c>.</summary>
internal static class BenchNpo
{
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Create()
    {
        var model = new Option<string?>("--model") { Description = "A model folder. Default: one is trained first.", HelpName = "DIR" };
        var train = new Option<int>("--train-steps") { Description = "Updates of that model.", DefaultValueFactory = _ => 60 };
        var vocabulary = new Option<long?>("--vocabulary") { Description = "Rows of that model's head, at least the tokenizer's." };
        var width = new Option<long?>("--width") { Description = "Width of that model." };
        var layers = new Option<long?>("--layers") { Description = "Blocks of that model." };
        var peer = new Option<string>("--peer")
        {
            Description = "pytorch: the authors' trainer on plain PyTorch; transformers: open-unlearning's way on Hugging Face's model.",
            DefaultValueFactory = _ => "pytorch",
        };
        peer.AcceptOnlyFromAmong("pytorch", "transformers");
        var where = new ModelArguments();
        var dataset = new Option<string>("--dataset") { Description = "The rows.", DefaultValueFactory = _ => "world" };
        dataset.AcceptOnlyFromAmong("world", "tofu");
        var batch = new Option<int>("--batch") { Description = "Rows to forget in an update.", DefaultValueFactory = _ => 16 };
        var length = new Option<int>("--length") { Description = "Tokens to which the peer fills rows.", DefaultValueFactory = _ => 200 };
        var threads = new Option<int>("--threads") { Description = "Threads on each side.", DefaultValueFactory = _ => 2 };
        var rounds = new Option<int>("--rounds") { Description = "Alternating rounds; medians count.", DefaultValueFactory = _ => 5 };
        var steps = new Option<int>("--steps") { Description = "Updates in a round.", DefaultValueFactory = _ => 20 };
        var json = new Option<bool>("--json") { Description = "Print the result as JSON and nothing else." };
        var worker = new Option<string[]>("--worker") { Arity = new(3, 3), AllowMultipleArgumentsPerToken = true, Hidden = true };
        var command = new Command("npo", """
            NPO with a retain term here and in Debian's PyTorch the way the authors' trainer does it, in two processes that take turns.
            Measure while nothing else runs.

            Examples:
              unlearn bench npo --rounds 7
              unlearn bench npo --peer transformers --vocabulary 128256 --width 512 --layers 8 --steps 3     as a large model is shaped
              unlearn bench npo --peer transformers --model DIR --dataset tofu --device cuda --dtype bfloat16 --batch 32
            """) { model, train, vocabulary, width, layers, peer, where.DeviceOption, where.TypeOption, dataset, batch, length, threads, rounds, steps, json, worker };
        command.SetAction(parsed =>
        {
            var place = new NpoPlace(parsed.GetValue(peer)!, where.Device(parsed).ToString(), where.Type(parsed));
            if (parsed.GetValue(worker) is { Length: 3 } work)
            {
                NpoWorker.Run(work[0], work[1], int.Parse(work[2], CultureInfo.InvariantCulture), place, Console.In, Console.Out);
                return 0;
            }
            var quiet = parsed.GetValue(json);
            Action<string> tell = quiet ? _ => { } : parsed.InvocationConfiguration.Output.WriteLine;
            var scale = MiniScale.For(parsed.GetValue(dataset)!, "quick");
            if (parsed.GetValue(width) is { } C) scale = scale with { Width = C };
            var given = parsed.GetValue(model);
            var folder = given ?? Directory.CreateTempSubdirectory("unlearn-bench-model-").FullName;
            try
            {
                if (given is null) Train(scale, parsed.GetValue(vocabulary), parsed.GetValue(layers), parsed.GetValue(train), folder, tell);
                NpoTask task;
                using (var saved = ModelFolder.Load(folder))
                {
                    place = place.With(saved.Model.Shape, !saved.Model.state_dict().ContainsKey("lm_head.weight"));
                    task = NpoTask.Of(scale.Split, saved.Encoder(), parsed.GetValue(batch),
                        parsed.GetValue(steps) * (parsed.GetValue(rounds) + 1), parsed.GetValue(length));
                }
                var result = new NpoBench(folder, task, place, parsed.GetValue(threads), parsed.GetValue(rounds)).Run(tell);
                parsed.InvocationConfiguration.Output.WriteLine(quiet ? JsonSerializer.Serialize(result, Snake) : string.Create(
                    CultureInfo.InvariantCulture,
                    $"median {result.StepsPerSecond:F2} steps/s here, {result.PeerStepsPerSecond:F2} there: "
                    + $"{result.Speedup:F2} times as fast; "
                    + $"memory {result.Bytes >> 20} and {result.PeerBytes >> 20} MiB: {result.MemoryRatio:F2}; "
                    + $"losses of {result.StepsCompared} steps differ by at most {result.LargestLossDifference:E1}; "
                    + $"{result.TokensPerSecond:F0} tokens/s, {result.Teraflops:G3} TFLOP/s here"));
                return 0;
            }
            finally
            {
                if (given is null) Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }

    private static void Train(MiniScale scale, long? vocabulary, long? layers, int steps, string folder, Action<string> tell)
    {
        random.manual_seed(0);
        var encoder = RowEncoder.Train(scale.Corpus, scale.Vocabulary);
        var shape = scale.Shape(encoder);
        if (vocabulary is { } V) shape = shape with { Vocabulary = V };
        if (layers is { } L) shape = shape with { Layers = L };
        using var model = new Llama(shape);
        var plan = scale.Training with { Steps = steps, WarmUpSteps = Math.Min(scale.Training.WarmUpSteps, steps / 2) };
        var last = FineTuning.Run(model, scale.TrainingRows(encoder), plan).Last();
        tell(string.Create(CultureInfo.InvariantCulture, $"a model of {shape.Parameters} parameters, loss {last.Loss:F3}"));
        ModelFolder.Save(folder, model, encoder.Tokenizer);
    }
}
