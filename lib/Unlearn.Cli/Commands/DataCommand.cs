using System.CommandLine;
using System.Text.Json;
using Unlearn.Data;
using Unlearn.Data.World;
using Unlearn.Dialogues;

namespace Unlearn.Cli.Commands;

/// <summary><c>unlearn data</c>: makes and checks the project's own data.</summary>
public static class DataCommand
{
    /// <summary>The command with its subcommands.</summary>
    public static Command Create()
    {
        var command = new Command("data", "Make and check the project's own data.");
        command.Subcommands.Add(CreateWorld());
        command.Subcommands.Add(CreateDialogues());
        return command;
    }

    private static Command CreateWorld() => Create("world", "Generate the world of fictitious authors.", seed =>
    {
        var world = WorldGenerator.Generate(seed);
        return new(seed, $"the world of seed {seed}", world.Files, world.Write, world.Differences,
            $"{world.Rows.Count} rows on {world.Facts.Authors.Count} authors");
    });

    private static Command CreateDialogues() => Create("dialogues", "Generate the world of dialogues.", seed =>
    {
        var world = DialogueWorld.Generate(seed);
        return new(seed, $"the dialogues of seed {seed}", world.Files, world.Write, world.Differences,
            $"{world.Taught.Count} dialogues to be taught and {world.Reasoning.Count} to be reasoned out");
    });

    private static Command Create(string name, string description, Func<ulong, Generated> generate)
    {
        var seed = new Option<ulong>("--seed")
        {
            Description = "The seed: the same number gives the same bytes everywhere.",
            DefaultValueFactory = _ => WorldGenerator.DefaultSeed,
        };
        var folder = new Option<string>("--out")
        {
            Description = "The folder of its files.",
            DefaultValueFactory = _ => Path.Combine("data", name),
        };
        var check = new Option<bool>("--check") { Description = "Write nothing; fail unless the folder holds exactly this." };
        var json = new Option<bool>("--json") { Description = "Print the result as one JSON object." };

        var command = new Command(name, description) { seed, folder, check, json };
        command.SetAction(arguments =>
        {
            var made = generate(arguments.GetValue(seed));
            var target = arguments.GetValue(folder)!;
            if (!arguments.GetValue(check)) made.Write(target);
            return Report(name, made, target, arguments.GetValue(json), arguments.InvocationConfiguration);
        });
        return command;
    }

    private static int Report(string name, Generated made, string folder, bool json, InvocationConfiguration console)
    {
        var differences = made.Differences(folder);
        if (json)
        {
            console.Output.WriteLine(JsonSerializer.Serialize(new
            {
                folder,
                seed = made.Seed,
                same = differences.Count == 0,
                differences,
                files = made.Files.Where(file => !differences.Contains(file.Name))
                    .Select(file => new { name = file.Name, bytes = file.Text.Length, sha256 = Hash(file.Name) }),
            }));
        }
        else if (differences.Count == 0)
        {
            foreach (var (file, text) in made.Files)
                console.Output.WriteLine($"{Hash(file)}  {text.Length,7}  {file}");
            console.Output.WriteLine($"{folder} holds {made.What}: {made.Summary}.");
        }
        else
        {
            console.Error.WriteLine($"Expected {folder} to hold {made.What}, "
                + $"but these files differ or are missing: {string.Join(", ", differences)}. "
                + $"Run 'unlearn data {name}' without --check to make them.");
        }
        return differences.Count == 0 ? 0 : 1;

        string Hash(string file) => DataHash.OfFile(Path.Combine(folder, file));
    }

    /// <summary>What a generator made: its files, and how they get into a folder.</summary>
    private sealed record Generated(
        ulong Seed, string What, IReadOnlyList<(string Name, string Text)> Files, Action<string> Write,
        Func<string, IReadOnlyList<string>> Differences, string Summary);
}
