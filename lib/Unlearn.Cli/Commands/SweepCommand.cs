using System.CommandLine;
using System.Text.Json;
using Unlearn.Cli.Sweeps;
using Unlearn.Experiments;
using Unlearn.Tensors;

namespace Unlearn.Cli.Commands;

/// <summary><c>unlearn sweep</c>: the runs behind a notebook's full results, in parallel processes, resumable.</summary>
internal static class SweepCommand
{
    private const string Mini = "mini";

    private const string Description = """
        Run a grid of methods, splits and seeds in parallel processes. What is finished is kept, so a stopped sweep goes on where it was.

        GRID   npo-tuning    every method at four learning rates, on a model that no result uses
               npo           every method on forget01, forget05 and forget10 (rates from npo-tuning, which runs first where it is missing)
               npo-retain    NPO+RT with other retain weights
               npo-large     forget20, 30, 50 and 90
               altpo, altpo-sizes, altpo-ablation, altpo-k, altpo-tuning
                             AltPO's, on the world: methods on forget10 and on smaller sets, halves, numbers of alternates, rates
               closer, closer-me, closer-tuning
                             A Closer Look's, on the world: methods on three forget sets, forms of maximising entropy, rates
               continual-1, continual-5, continual-10, continual-tuning
                             its sequences of tasks of 1, 5 and 10 percent, with moving and with fixed references
               people, people-tuning
                             its real-world setting, on the generated public people
               dialogues, dialogues-ablation
                             harmful, hallucinated and private dialogues: methods beside reference models, and what each part does
                             (--scale paper: with a published model, at rates that are inferred, not the paper's)

        Examples:
          unlearn sweep npo --seeds 5 --jobs 2                 five seeds, two processes of one thread each
          unlearn sweep npo --dry-run                          how many runs are finished and how many are not
          unlearn sweep npo --scale paper --jobs 1 --threads 16   the paper's own model, from a local checkpoint, on all of TOFU
          unlearn sweep npo --out data/results/npo-world.json  also write all results into one file
        """;

    public static Command Create()
    {
        var grid = new Argument<string>("GRID") { Description = "Which runs; see above.", DefaultValueFactory = _ => "npo", HelpName = "GRID" };
        grid.AcceptOnlyFromAmong([.. SweepPlan.Names]);
        var dataset = new Option<string>("--dataset") { Description = "world or tofu.", DefaultValueFactory = _ => "world" };
        dataset.AcceptOnlyFromAmong("world", "tofu");
        var scale = new Option<string>("--scale")
        {
            Description = "mini; paper for the paper's own model, rows and numbers; paper:NAME for another of its models.",
            DefaultValueFactory = _ => Mini,
        };
        var profile = new Option<string>("--profile") { Description = "Training budget: quick or smoke.", DefaultValueFactory = _ => "quick" };
        profile.AcceptOnlyFromAmong("quick", "smoke");
        var seeds = new Option<int>("--seeds") { Description = "Seeds 0, 1, …", DefaultValueFactory = _ => 5 };
        var jobs = new Option<int>("--jobs") { Description = "Processes at once.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var threads = new Option<int>("--threads") { Description = "LibTorch's threads in each.", DefaultValueFactory = _ => 1 };
        var output = new Option<string?>("--out") { Description = "Also write all results into this file.", HelpName = "FILE" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Count runs, run nothing." };
        var json = new Option<bool>("--json") { Description = "Print a summary as JSON and nothing else." };
        var worker = new Option<bool>("--worker") { Hidden = true };
        var command = new Command("sweep", Description)
        {
            grid, dataset, scale, profile, seeds, jobs, threads, output, dryRun, json, worker,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(worker))
            {
                Worker.Run(Console.In, Console.Out);
                return 0;
            }
            var pool = new WorkerPool(Math.Max(1, parsed.GetValue(jobs)), Math.Max(1, parsed.GetValue(threads)));
            var sweep = new SweepRun(pool, Math.Max(1, parsed.GetValue(seeds)), parsed.GetValue(json) ? TextWriter.Null : Console.Out);
            try
            {
                var (name, size, budget) = (parsed.GetValue(grid)!, parsed.GetValue(scale)!, parsed.GetValue(profile)!);
                var plan = size == Mini ? SweepPlan.Named(name, parsed.GetValue(dataset)!, budget) : PaperSweeps.Named(name, size, budget);
                var dry = parsed.GetValue(dryRun);
                var summary = await plan.RunAsync(sweep, dry, parsed.GetValue(output), cancellation).ConfigureAwait(false);
                if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(summary, TrialStore.Json));
                return summary.Failed == 0 && (dry || summary.Missing == 0) ? 0 : 1;
            }
            // A model, or a data set, that is not on this machine, or no such model.
            catch (Exception error) when (error is IOException or ArgumentException)
            {
                await Console.Error.WriteLineAsync(Complaint.Of(error)).ConfigureAwait(false);
                return 1;
            }
            catch (OperationCanceledException)
            {
                await Console.Error.WriteLineAsync("interrupted; what was finished is kept, the same command goes on from there").ConfigureAwait(false);
                return 130;
            }
        });
        return command;
    }
}
