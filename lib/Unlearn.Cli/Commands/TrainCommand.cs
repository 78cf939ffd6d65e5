using System.CommandLine;
using TorchSharp;
using Unlearn.Data;
using Unlearn.Experiments;
using Unlearn.Models;
using Unlearn.Training;
using static TorchSharp.torch;

namespace Unlearn.Cli.Commands;

/// <summary><c>unlearn train</c>: a mini model from nothing.</summary>
internal static class TrainCommand
{
    private const string Description = """
        Train a mini model from nothing on every row of a data set, or on what a split retains, and write a model folder.

        Examples:
          unlearn train models/full                                       the generated world, a minute or two on two cores
          unlearn train models/retain90 --without 10                      the reference that never saw the rows to forget
          unlearn train models/tofu --dataset tofu --seed 3 --resume      after an interruption, where it was

        Exit code: 0 trained; 1 data or folder is wrong, or training diverged; 130 interrupted (saved; go on with --resume).
        """;

    public static Command Create()
    {
        var place = new ModelArguments();
        var run = new TrainingRun(place);
        var folder = new Argument<string>("FOLDER") { Description = "Where model, log and checkpoints go." };
        var without = new Option<int?>("--without")
        {
            Description = "Leave out the rows that are to be forgotten, in percent.",
            HelpName = "PERCENT",
        };
        var width = new Option<long?>("--width") { Description = "Width of the model.", HelpName = "C" };
        var layers = new Option<long?>("--layers") { Description = "Number of blocks.", HelpName = "L" };
        var command = new Command("train", Description) { folder, without, width, layers, place.DeviceOption };
        foreach (var option in run.Options) command.Options.Add(option);
        command.SetAction((parsed, cancellation) => Task.Run(() => run.Execute(parsed, parsed.GetValue(folder)!, options =>
        {
            var scale = MiniScale.For(run.Dataset(parsed), "quick", run.Seed(parsed));
            if (parsed.GetValue(width) is { } C) scale = scale with { Width = C };
            var encoder = RowEncoder.Train(scale.Corpus, scale.Vocabulary);
            var shape = scale.Shape(encoder);
            if (parsed.GetValue(layers) is { } L) shape = shape with { Layers = L };
            var rows = scale.TrainingRows(encoder);
            var share = parsed.GetValue(without);
            if (share is { } percent)
            {
                var forgotten = scale.Corpus.Split(percent).Forget.Select(row => row.Question).ToHashSet(StringComparer.Ordinal);
                rows = [.. scale.Corpus.Full.Concat(scale.Corpus.RealAuthors).Concat(scale.Corpus.WorldFacts)
                    .Where(row => !forgotten.Contains(row.Question)).Select(encoder.Encode)];
            }
            random.manual_seed(run.Seed(parsed));
            var model = new Llama(shape).to(place.Type(parsed)).to(place.Device(parsed));
            var steps = FineTuning.Run(model, rows, run.Plan(parsed, scale.Training), options with
            {
                Facts = new Dictionary<string, string>
                {
                    ["corpus"] = scale.Corpus.Name,
                    ["corpusSha256"] = scale.Corpus.Sha256,
                    ["without"] = $"{share ?? 0} %",
                },
            });
            return new("train", model, encoder.Tokenizer, steps);
        }, cancellation), CancellationToken.None));
        return command;
    }
}
