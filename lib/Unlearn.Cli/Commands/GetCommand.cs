using System.CommandLine;
using System.Text.Json;
using Unlearn.Data;
using Unlearn.Data.Hub;
using Unlearn.Reporting;

namespace Unlearn.Cli.Commands;

/// <summary><c>unlearn get</c>: brings models and data from a hub onto this machine.</summary>
internal static class GetCommand
{
    private const string ModelDescription = """
        Download a model from the Hugging Face hub into the cache that Python's libraries share, and print its folder.
        An interrupted download goes on where it ended; nothing is used before its hash has been checked.

        Examples:
          unlearn get model meta-llama/Llama-3.2-1B-Instruct            needs a token: set HF_TOKEN
          unlearn get model locuslab/tofu_ft_phi-1.5@checkpoint-625     a branch, tag or commit
          HF_HOME=/big/disk unlearn get model microsoft/phi-1_5         another place for the cache
          HF_ENDPOINT=https://hub.example unlearn get model org/name    another hub

        Exit code: 0 there; 1 could not be had (the message says why and what to do); 130 interrupted (what has come is kept).
        """;

    private const string DataDescription = """
        Download a data set and print its folder.

        Examples:
          unlearn get data tofu       the six files of locuslab/TOFU that training and evaluation read

        Exit code: 0 there; 1 could not be had; 130 interrupted.
        """;

    public static Command Create() => new("get", "Bring models and data from the hub onto this machine.") { Model(), Data() };

    private static Command Model()
    {
        var name = new Argument<string>("ORG/NAME[@REVISION]") { Description = "The model's repository." };
        var connections = new Option<int>("--connections") { Description = "Requests at once.", DefaultValueFactory = _ => 4 };
        var json = new Option<bool>("--json") { Description = "Print one JSON object and nothing else." };
        var command = new Command("model", ModelDescription) { name, connections, json };
        command.SetAction((parsed, cancellation) => Guarded(parsed.InvocationConfiguration, async () =>
        {
            var repository = HubRepository.Model(parsed.GetValue(name)!);
            var settings = HubSettings.FromEnvironment() with { Connections = Math.Clamp(parsed.GetValue(connections), 1, 32) };
            var show = parsed.GetValue(json) || Console.IsErrorRedirected ? null : ProgressBar.Line(parsed.InvocationConfiguration.Error);
            using var bar = new ProgressBar(repository.Id, 0, "MiB", show);
            var folder = await new HubCache(settings).GetAsync(
                repository, ModelFiles.IsWanted, ModelFiles.IsComplete, new Mebibytes(bar), cancellation).ConfigureAwait(false);
            if (!ModelFiles.IsComplete(folder)) throw new HubException(
                $"{repository} is in {folder}, but it lacks config.json, a tokenizer (tokenizer.json or vocab.txt) or weights as "
                + "safetensors, so it cannot be loaded. Ask for a converted repository, or load model and tokenizer with transformers and "
                + "save_pretrained both.");
            return folder;
        }, parsed.GetValue(json), cancellation));
        return command;
    }

    private static Command Data()
    {
        var name = new Argument<string>("NAME") { Description = "The data set." };
        name.AcceptOnlyFromAmong("tofu");
        var json = new Option<bool>("--json") { Description = "Print one JSON object and nothing else." };
        var command = new Command("data", DataDescription) { name, json };
        command.SetAction((parsed, cancellation) => Guarded(
            parsed.InvocationConfiguration, () => Task.Run(DataSets.TofuFolder, cancellation), parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> Guarded(
        InvocationConfiguration console, Func<Task<string>> get, bool json, CancellationToken cancellation)
    {
        try
        {
            var folder = await get().ConfigureAwait(false);
            await console.Output.WriteLineAsync(json ? JsonSerializer.Serialize(new { folder }) : folder).ConfigureAwait(false);
            return 0;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await console.Error.WriteLineAsync("interrupted; what has come is kept, and the same command goes on from there")
                .ConfigureAwait(false);
            return 130;
        }
        catch (Exception error) when (error is IOException or ArgumentException or UnauthorizedAccessException)
        {
            await console.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
            return 1;
        }
    }

    /// <summary>Shows bytes as MiB.</summary>
    private sealed class Mebibytes(ProgressBar bar) : IProgress<(long Done, long Total)>
    {
        public void Report((long Done, long Total) value) => bar.Report(((int)(value.Done >> 20), (int)Math.Max(1, value.Total >> 20)));
    }
}
