using System.CommandLine;
using TorchSharp;
using Unlearn.Models;
using Unlearn.Reporting;
using Unlearn.Tensors;

namespace Unlearn.Cli.Commands;

/// <summary><c>unlearn model</c>: what is in a model folder, and the same model written otherwise.</summary>
internal static class ModelCommand
{
    private const string InfoDescription = """
        Show what a model or a folder of adapters is without loading it: architecture, what it is for here, sizes, element types, files,
        tokenizer, and the memory it will need.

        Examples:
          unlearn model info models/full
          unlearn model info ~/Llama-3.2-1B-Instruct --tensors          every tensor with its type and shape
          unlearn model info model-00001-of-00004.safetensors --json    one file, as JSON

        Exit code: 0 shown; 1 it is no model, or damaged.
        """;

    private const string ConvertDescription = """
        Write a model again: in another element type, in files of another size, with adapters merged into it. Everything else in the folder
        that programs read is carried over. Works from file to file with one tensor in memory, whatever the architecture.

        Examples:
          unlearn model convert Llama-2-7b-chat-hf llama2-bf16 --dtype bf16 --max-shard-size 5GB
          unlearn model convert Llama-3.2-1B-Instruct merged --merge models/npo-lora

        The new folder appears when it is complete. Exit code: 0 written; 1 a file is damaged or OUT holds something; 130 interrupted
        (nothing was written).
        """;

    private static readonly Dictionary<string, torch.ScalarType> Types = new(StringComparer.Ordinal)
    {
        ["f32"] = torch.ScalarType.Float32,
        ["bf16"] = torch.ScalarType.BFloat16,
        ["f16"] = torch.ScalarType.Float16,
    };

    public static Command Create() => new("model", "Look at models and convert them.") { Info(), Convert() };

    private static Command Info()
    {
        var path = new Argument<string>("DIR|FILE") { Description = "A folder of a model or of adapters, or one safetensors file." };
        var tensors = new Option<bool>("--tensors") { Description = "List every tensor too." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object and nothing else." };
        var command = new Command("info", InfoDescription) { path, tensors, json };
        command.SetAction(parsed => Guarded(parsed.InvocationConfiguration, () =>
        {
            var summary = ModelSummary.Of(parsed.GetValue(path)!);
            var list = parsed.GetValue(tensors);
            return parsed.GetValue(json) ? ModelReport.ToJson(summary, list) : ModelReport.ToText(summary, list);
        }));
        return command;
    }

    private static Command Convert()
    {
        var from = new Argument<string>("DIR") { Description = "A model folder; stays as it is." };
        var to = new Argument<string>("OUT") { Description = "A folder that is not there yet, or empty." };
        var type = new Option<string?>("--dtype") { Description = "Element type of the weights. Default: as they are.", HelpName = "TYPE" };
        type.AcceptOnlyFromAmong([.. Types.Keys]);
        var size = new Option<string?>("--max-shard-size")
        {
            Description = "Largest file of weights, such as 5GB or 500MiB. Default: one file.",
            HelpName = "SIZE",
        };
        size.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && ByteSize.Parse(text) is null)
                result.AddError($"--max-shard-size should be a size such as 5GB or 500MiB but is {text}.");
        });
        var merge = new Option<string?>("--merge") { Description = "Adapters of this model to be merged into it.", HelpName = "ADAPTER" };
        var json = new Option<bool>("--json") { Description = "Print one JSON object and nothing else." };
        var command = new Command("convert", ConvertDescription) { from, to, type, size, merge, json };
        command.SetAction((parsed, cancellation) => Task.Run(() => Guarded(parsed.InvocationConfiguration, () =>
        {
            var console = parsed.InvocationConfiguration;
            var show = parsed.GetValue(json) || Console.IsErrorRedirected ? null : ProgressBar.Line(console.Error);
            using var bar = new ProgressBar("converting", 0, "MB", show);
            var target = parsed.GetValue(to)!;
            ModelConversion.Run(parsed.GetValue(from)!, target, parsed.GetValue(type) is { } name ? Types[name] : null,
                parsed.GetValue(size) is { } text ? ByteSize.Parse(text) : null, parsed.GetValue(merge), new Megabytes(bar), cancellation);
            var summary = ModelSummary.Of(target);
            return parsed.GetValue(json) ? ModelReport.ToJson(summary) : ModelReport.ToText(summary);
        }), CancellationToken.None));
        return command;
    }

    private static int Guarded(InvocationConfiguration console, Func<string> run)
    {
        try
        {
            console.Output.WriteLine(run());
            return 0;
        }
        catch (OperationCanceledException)
        {
            console.Error.WriteLine("interrupted; nothing was written.");
            return 130;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException
            or NotSupportedException)
        {
            console.Error.WriteLine(Complaint.Of(e));
            return 1;
        }
    }

    /// <summary>Shows bytes as megabytes.</summary>
    private sealed class Megabytes(ProgressBar bar) : IProgress<(long Done, long Total)>
    {
        public void Report((long Done, long Total) value) =>
            bar.Report(((int)(value.Done / 1_000_000), (int)Math.Max(1, value.Total / 1_000_000)));
    }
}
