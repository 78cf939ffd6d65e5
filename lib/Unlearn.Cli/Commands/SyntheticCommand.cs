using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Unlearn.Synthetic;

namespace Unlearn.Cli.Commands;

/// <summary><c>unlearn synthetic</c>: runs populations of the NPO paper's synthetic experiment and keeps their results.</summary>
internal static class SyntheticCommand
{
    private static readonly Dictionary<string, PopulationPlan> Plans = new()
    {
        ["alpha1"] = PopulationPlan.Unlearning(1),
        ["alpha0"] = PopulationPlan.Unlearning(0),
        ["beta"] = PopulationPlan.BetaSweep,
    };

    public static Command Create()
    {
        var plans = new Argument<string[]>("PLAN")
        {
            Description = "Which: alpha1 and alpha0 (Figures 4 and 9), beta (Figure 3).",
            DefaultValueFactory = _ => [.. Plans.Keys],
        };
        plans.AcceptOnlyFromAmong([.. Plans.Keys]);
        var instances = new Option<int>("--instances") { Description = "Worlds of each.", DefaultValueFactory = _ => 200 };
        var seed = new Option<long>("--seed") { Description = "The first world's; the others follow.", DefaultValueFactory = _ => 1 };
        var threads = new Option<int?>("--threads") { Description = "Threads; all processors if not given." };
        var device = new Option<string?>("--device") { Description = "Run batched tensors there, such as cuda, not the vector engine." };
        var folder = new Option<string>("--out")
        {
            Description = "Where results go.",
            DefaultValueFactory = _ => Path.Combine("data", "results"),
        };
        var json = new Option<bool>("--json") { Description = "Print the results as one JSON list and nothing else." };
        var command = new Command("synthetic", """
            Run the NPO paper's synthetic experiment in many worlds. A run that was ended goes on where it was.
            Example: unlearn synthetic alpha1 --instances 50 --out somewhere
            """) { plans, instances, seed, threads, device, folder, json };
        command.SetAction((parsed, cancel) => Task.Run(() =>
        {
            IDescentEngine engine = parsed.GetValue(device) is { } name ? new TensorEngine(name) : new VectorEngine();
            var tell = parsed.GetValue(json) ? TextWriter.Null : parsed.InvocationConfiguration.Output;
            var done = new List<object>();
            try
            {
                foreach (var key in parsed.GetValue(plans)!.Distinct())
                {
                    var plan = Plans[key] with { Instances = parsed.GetValue(instances), FirstSeed = parsed.GetValue(seed) };
                    done.Add(Run(plan, engine, parsed.GetValue(threads), parsed.GetValue(folder)!, tell, cancel));
                }
            }
            catch (OperationCanceledException)
            {
                tell.WriteLine("Stopped. What is finished is kept; the same command goes on from there.");
                return 130;
            }
            if (parsed.GetValue(json)) parsed.InvocationConfiguration.Output.WriteLine(JsonSerializer.Serialize(done));
            return 0;
        }, CancellationToken.None));
        return command;
    }

    private static object Run(
        PopulationPlan plan, IDescentEngine engine, int? threads, string folder, TextWriter tell, CancellationToken cancel)
    {
        using var process = Process.GetCurrentProcess();
        var (before, clock) = (process.TotalProcessorTime, Stopwatch.StartNew());
        var path = Path.Combine(folder, plan.Name + ".json");
        var journal = path + ".journal.tmp";
        var resumed = File.Exists(journal);
        tell.WriteLine($"{plan.Name}: {plan.Instances} instances, {plan.Methods.Count} methods");
        var every = Math.Max(plan.Instances / 20, 1);
        var population = Population.Run(plan, engine, threads, journal, progress =>
        {
            if (progress.Finished % every == 0 || progress.Finished == progress.Total) tell.WriteLine($"  {progress}");
        }, cancel);

        process.Refresh();
        var seconds = Math.Round((process.TotalProcessorTime - before).TotalSeconds, 1);
        var origin = ResultOrigin.Here(engine.GetType().Name, Commit(), resumed ? null : seconds);
        PopulationFile.Write(path, PopulationResult.Of(plan, population, origin));
        File.Delete(journal);
        tell.WriteLine(FormattableString.Invariant($"  {path}: {clock.Elapsed.TotalSeconds:F0} s, {seconds:F0} s of processor time"));
        return new { plan = plan.Name, path, instances = plan.Instances, seconds = clock.Elapsed.TotalSeconds, processorSeconds = seconds };
    }

    private static string? Commit()
    {
        try
        {
            var start = new ProcessStartInfo("git", ["rev-parse", "HEAD"]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var git = Process.Start(start)!;
            var said = git.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            return git.ExitCode == 0 ? said : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;        // no git here
        }
    }
}
