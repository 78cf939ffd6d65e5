using System.CommandLine;
using System.Text.Json;
using Unlearn.Data;
using Unlearn.Data.Hub;

namespace Unlearn.Cli.Commands;

/// <summary><c>unlearn get</c>: brings models and data from a hub onto this machine.</summary>
internal static class GetCommand
{
    private const string ModelDescription = """
        Download a model from the Hugging Face hub into the cache that Python's libraries share, and print its folder.
        An interrupted download goes on where it ended; nothing is used before its hash has been checked.

        Files go into HF_HUB_CACHE (without that variable HF_HOME/hub or ~/.cache/huggingface/hub). Commands look for a model by its name
        first in the folder that UNLEARN_MODELS names, where you may put models by hand as ORG/NAME, and then in this cache.

        Examples:
          unlearn get model meta-llama/Llama-3.2-1B-Instruct            needs a token: set HF_TOKEN
          unlearn get model locuslab/tofu_ft_phi-1.5@checkpoint-625     a branch, tag or commit
          HF_HOME=/big/disk unlearn get model microsoft/phi-1_5         another place for the cache
          HF_ENDPOINT=https://hub.example unlearn get model org/name    another hub

        Exit code: 0 there; 1 could not be had (the message says why and what to do); 130 interrupted (what has come is kept).
        """;

    private const string DataDescription = """
        Download a data set and print its folder.
        An interrupted download goes on where it ended; nothing is used before its hash has been checked.

        Files go into UNLEARN_CACHE/tofu (without that variable XDG_CACHE_HOME/unlearn/tofu or ~/.cache/unlearn/tofu), by way of the
        cache that Python's libraries share. Nothing is downloaded where they are there already, in ../shared/data/tofu beside the
        repository, or in the folder that UNLEARN_DATA names (there, or in its tofu). Every command looks in the same places.

        Examples:
          unlearn get data tofu                          the six files of locuslab/TOFU that training and evaluation read
          unlearn get data tofu --out /media/stick/tofu  for a machine without a network: there, name this folder in UNLEARN_DATA
          HF_ENDPOINT=https://hub.example unlearn get data tofu    another hub; HF_TOKEN and HF_HOME count too

        Exit code: 0 there; 1 could not be had (the message names the folder to put the files in); 130 interrupted (what has come is kept).
        """;

    public static Command Create() => new("get", "Bring models and data from the hub onto this machine.") { Model(), Data() };

    private static Command Model()
    {
        var name = new Argument<string>("ORG/NAME[@REVISION]") { Description = "The model's repository." };
        var (connections, json) = (Connections(), Json());
        var command = new Command("model", ModelDescription) { name, connections, json };
        command.SetAction((parsed, cancellation) => Guarded(parsed.InvocationConfiguration, async () =>
        {
            var repository = HubRepository.Model(parsed.GetValue(name)!);
            using var bar = Bar(parsed, repository.Id, json);
            var folder = await new HubCache(Settings(parsed, connections)).GetAsync(
                repository, ModelFiles.IsWanted, ModelFiles.IsComplete, bar, cancellation).ConfigureAwait(false);
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
        var name = new Argument<string>("NAME") { HelpName = "NAME", Description = "The data set: tofu." };
        name.AcceptOnlyFromAmong("tofu");
        var folder = new Option<string?>("--out")
        {
            Description = "Folder for the files, instead of looking for them and filling the cache.",
            HelpName = "DIR",
        };
        var (connections, json) = (Connections(), Json());
        var command = new Command("data", DataDescription) { name, folder, connections, json };
        command.SetAction((parsed, cancellation) => Guarded(parsed.InvocationConfiguration, async () =>
        {
            using var bar = Bar(parsed, "TOFU", json);
            return await DataSets.TofuFolderAsync(Settings(parsed, connections), parsed.GetValue(folder), bar, cancellation)
                .ConfigureAwait(false);
        }, parsed.GetValue(json), cancellation));
        return command;
    }

    private static Option<int> Connections() =>
        new("--connections") { Description = "Requests at once, 1 to 32.", HelpName = "N", DefaultValueFactory = _ => 4 };

    private static Option<bool> Json() => new("--json") { Description = "Print one JSON object and nothing else." };

    private static HubSettings Settings(ParseResult parsed, Option<int> connections) =>
        HubSettings.FromEnvironment() with { Connections = Math.Clamp(parsed.GetValue(connections), 1, 32) };

    private static DownloadBar Bar(ParseResult parsed, string what, Option<bool> json) =>
        new(what, parsed.GetValue(json) || Console.IsErrorRedirected ? null : parsed.InvocationConfiguration.Error);

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
}
