using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Unlearn.Data;
using Unlearn.Evaluation;
using Unlearn.Experiments;
using Unlearn.Tensors;
using Unlearn.Training;

namespace Unlearn.Cli.Commands;

/// <summary><c>unlearn continual</c>: forgets group after group.</summary>
internal static class ContinualCommand
{
    private const string Description = """
        Make a saved model forget nine tenths of a data set, group after group, and measure it after each task: A Closer Look's continual
        scenario. Repeat the command after an interruption: it goes on where it was, and ends as if nothing had been.

        Examples:
          unlearn continual models/full --out runs/me                              ten tasks of 1 %, ME+GD, a few minutes on two cores
          unlearn continual models/full --method NPO+GD --fixed-reference --out runs/npo-fixed
          unlearn continual models/full --forget 5 --method IDK+AP --tasks 3 --out runs/idk --json

        Exit code: 0 all tasks done; 1 model, data, method or folder is wrong, or unlearning diverged; 130 interrupted (repeat to go on).
        """;

    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Create()
    {
        var model = new Argument<string>("MODEL") { Description = "A model folder; stays as it is." };
        var output = new Option<string>("--out") { Description = "Where results and checkpoints go.", Required = true, HelpName = "DIR" };
        var dataset = new Option<string>("--dataset") { Description = "The rows.", DefaultValueFactory = _ => "world" };
        dataset.AcceptOnlyFromAmong("world", "tofu");
        var method = new Option<string>("--method")
        {
            Description = "GA, NPO, ME, DPO or IDK, alone or with +GD, +KL or +AP; or LLMU.",
            DefaultValueFactory = _ => "ME+GD",
        };
        var percent = new Option<int>("--forget") { Description = "Size of a task in percent: 1, 5 or 10.", DefaultValueFactory = _ => 1 };
        var tasks = new Option<int?>("--tasks") { Description = "Do only the first so many tasks.", HelpName = "N" };
        var fixedReference = new Option<bool>("--fixed-reference")
        {
            Description = "Compare with the model before the first task in all tasks, not with the one that a task begins with.",
        };
        var weight = new Option<double>("--forget-weight") { Description = "Factor of the forget term.", DefaultValueFactory = _ => 1 };
        var rate = new Option<double>("--lr") { Description = "Highest learning rate.", DefaultValueFactory = _ => 3e-4 };
        var epochs = new Option<int>("--epochs") { Description = "Passes over a task's rows.", DefaultValueFactory = _ => 5 };
        var batch = new Option<int>("--batch") { Description = "Rows of an update.", DefaultValueFactory = _ => 8, HelpName = "ROWS" };
        var limit = new Option<int>("--limit")
        {
            Description = "Evaluate at most the first so many rows of a set.",
            DefaultValueFactory = _ => EvaluationSet.TofuLimit,
            HelpName = "ROWS",
        };
        var seed = new Option<long>("--seed") { Description = "Decides the order of rows." };
        var every = new Option<int?>("--checkpoint-steps") { Description = "Updates between checkpoints inside a task.", HelpName = "N" };
        var place = new ModelArguments();
        var json = new Option<bool>("--json") { Description = "Print one JSON object with a result for each task, and nothing else." };

        var command = new Command("continual", Description)
        {
            model, output, dataset, method, percent, tasks, fixedReference, weight, rate, epochs, batch, limit, seed, every, json,
        };
        foreach (var option in place.Options) command.Options.Add(option);
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            var console = parsed.InvocationConfiguration;
            var quiet = parsed.GetValue(json);
            try
            {
                TorchRuntime.Start();
                var corpus = DataSets.Named(parsed.GetValue(dataset)!);
                var count = ContinualTasks.Rows(parsed.GetValue(percent), corpus.Full.Count)[0].Count;
                var (rows, passes) = (parsed.GetValue(batch), parsed.GetValue(epochs));
                var steps = (count + rows - 1) / rows;
                var spec = new ContinualSpec(parsed.GetValue(percent), parsed.GetValue(method)!,
                    new TrainingPlan(passes * steps, parsed.GetValue(rate), rows, WarmUpSteps: passes > 1 ? steps : 0,
                        Seed: parsed.GetValue(seed)).Validated())
                {
                    Options = new(ForgetWeight: parsed.GetValue(weight)),
                    Reference = parsed.GetValue(fixedReference) ? ReferenceModel.Initial : ReferenceModel.PreviousTask,
                    EvaluationRows = parsed.GetValue(limit),
                    Tasks = parsed.GetValue(tasks),
                };
                using var saved = place.Load(parsed, parsed.GetValue(model)!);
                var sequence = new ContinualUnlearning(saved.Model, saved.Encoder(), corpus, spec, parsed.GetValue(output)!);
                var options = new RunOptions
                {
                    CheckpointSteps = parsed.GetValue(every),
                    CheckpointInterval = TimeSpan.FromMinutes(2),
                    Note = console.Error.WriteLine,
                    Cancellation = cancellation,
                };
                List<ContinualResult> results = [];
                if (!quiet) console.Output.WriteLine("task  utility  efficacy  efficacy of earlier tasks");
                foreach (var result in sequence.Run(options))
                {
                    results.Add(result);
                    if (!quiet) console.Output.WriteLine(Line(result));
                }
                if (quiet) console.Output.WriteLine(JsonSerializer.Serialize(new { spec.Method, results }, Snake));
                if (results[^1].Failure is not { } failure) return 0;
                console.Error.WriteLine(failure);
                return 1;
            }
            catch (OperationCanceledException)
            {
                console.Error.WriteLine("interrupted; saved. Repeat the command to go on.");
                return 130;
            }
            catch (Exception e) when (ModelArguments.IsExpected(e))
            {
                console.Error.WriteLine(ModelArguments.Message(e));
                return 1;
            }
        }, CancellationToken.None));
        return command;
    }

    private static string Line(ContinualResult result)
    {
        return $"{result.Task,4}{Number(result.Report.ModelUtility),9}{Number(result.Report.ForgetEfficacy),10}  "
            + string.Join(' ', result.Earlier.Select(task => Number(task.ForgetEfficacy)));

        static string Number(double? number) => number?.ToString("F3", CultureInfo.InvariantCulture) ?? "-";
    }
}
