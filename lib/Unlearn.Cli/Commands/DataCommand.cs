using System.CommandLine;
using System.Text.Json;
using Unlearn.Data;
using Unlearn.Data.World;

namespace Unlearn.Cli.Commands;

/// <summary><c>unlearn data</c>: makes and checks the project's own data.</summary>
public static class DataCommand
{
    /// <summary>The command with its subcommands.</summary>
    public static Command Create()
    {
        var command = new Command("data", "Make and check the project's own data.");
        command.Subcommands.Add(CreateWorld());
        return command;
    }

    private static Command CreateWorld()
    {
        var seed = new Option<ulong>("--seed")
        {
            Description = "The seed: the same number gives the same bytes everywhere.",
            DefaultValueFactory = _ => WorldGenerator.DefaultSeed,
        };
        var folder = new Option<string>("--out")
        {
            Description = "The folder of the world's files.",
            DefaultValueFactory = _ => Path.Combine("data", "world"),
        };
        var check = new Option<bool>("--check") { Description = "Write nothing; fail unless the folder holds exactly this world." };
        var json = new Option<bool>("--json") { Description = "Print the result as one JSON object." };

        var command = new Command("world", "Generate the world of fictitious authors.") { seed, folder, check, json };
        command.SetAction(arguments =>
        {
            var world = WorldGenerator.Generate(arguments.GetValue(seed));
            var target = arguments.GetValue(folder)!;
            if (!arguments.GetValue(check)) world.Write(target);
            return Report(world, target, arguments.GetValue(json), arguments.InvocationConfiguration);
        });
        return command;
    }

    private static int Report(GeneratedWorld world, string folder, bool json, InvocationConfiguration console)
    {
        var differences = world.Differences(folder);
        if (json)
        {
            console.Output.WriteLine(JsonSerializer.Serialize(new
            {
                folder,
                seed = world.Facts.Seed,
                same = differences.Count == 0,
                differences,
                files = world.Files.Where(file => !differences.Contains(file.Name))
                    .Select(file => new { name = file.Name, bytes = file.Text.Length, sha256 = Hash(file.Name) }),
            }));
        }
        else if (differences.Count == 0)
        {
            foreach (var (name, text) in world.Files)
                console.Output.WriteLine($"{Hash(name)}  {text.Length,7}  {name}");
            console.Output.WriteLine($"{folder} holds the world of seed {world.Facts.Seed}: "
                + $"{world.Rows.Count} rows on {world.Facts.Authors.Count} authors.");
        }
        else
        {
            console.Error.WriteLine($"Expected {folder} to hold the world of seed {world.Facts.Seed}, "
                + $"but these files differ or are missing: {string.Join(", ", differences)}. Run 'unlearn data world' without --check to make them.");
        }
        return differences.Count == 0 ? 0 : 1;

        string Hash(string name) => DataHash.OfFile(Path.Combine(folder, name));
    }
}
