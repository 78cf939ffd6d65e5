using System.CommandLine;
using Unlearn.Models.Adapters;

namespace Unlearn.Cli.Commands;

/// <summary>The options that ask for adapters instead of a change of all weights.</summary>
internal sealed class LoraArguments
{
    private readonly Option<int?> rank = new("--lora-rank")
    {
        Description = "Train adapters of this rank beside the linear layers, and no other weight. Default: all weights.",
        HelpName = "R",
    };

    private readonly Option<double> alpha = new("--lora-alpha")
    {
        Description = "α of adapters: what they add is multiplied by α / R.",
        DefaultValueFactory = _ => 16,
    };

    private readonly Option<double> dropout = new("--lora-dropout") { Description = "Share of an adapter's inputs zeroed in training." };

    private readonly Option<string[]> targets = new("--lora-targets")
    {
        Description = "Layers by name, such as q_proj v_proj. Default: every linear layer but the head.",
        HelpName = "NAME",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> merge = new("--merge")
    {
        Description = "Write the whole model with the adapters merged, not the adapters.",
    };

    /// <summary>All of them.</summary>
    public IEnumerable<Option> Options => [rank, alpha, dropout, targets, merge];

    /// <summary>Whether adapters are merged in the end.</summary>
    public bool Merges(ParseResult parsed) => parsed.GetValue(merge);

    /// <summary>What is asked for; null where all weights are changed.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="seed">Decides the first values.</param>
    /// <exception cref="ArgumentException">Options contradict each other, or a number cannot be.</exception>
    public LoraOptions? Of(ParseResult parsed, long seed)
    {
        if (parsed.GetValue(rank) is not { } r)
        {
            var without = Options.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });
            return without is null ? null : throw new ArgumentException($"{without.Name} should come with --lora-rank but came without.");
        }
        var options = new LoraOptions(r, parsed.GetValue(alpha), parsed.GetValue(dropout), Seed: seed);
        return (parsed.GetValue(targets) is { Length: > 0 } names ? options with { Targets = [.. names] } : options).Validated();
    }
}
