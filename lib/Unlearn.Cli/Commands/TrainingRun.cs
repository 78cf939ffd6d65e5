using System.CommandLine;
using System.Text.Json;
using Unlearn.Data;
using Unlearn.Models;
using Unlearn.Models.Adapters;
using Unlearn.Tensors;
using Unlearn.Tokenization;
using Unlearn.Training;
using static TorchSharp.torch;

namespace Unlearn.Cli.Commands;

/// <summary>What <c>unlearn train</c> and <c>unlearn unlearn</c> share: updates with a progress line, then a model folder.</summary>
internal sealed class TrainingRun
{
    private static readonly JsonSerializerOptions Snake = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly ModelArguments place;

    private readonly Option<bool> resume = new("--resume")
    {
        Description = "Go on from the newest checkpoint of the folder, or begin where there is none.",
    };

    private readonly Option<int?> checkpointSteps = new("--checkpoint-steps")
    {
        Description = "Updates between checkpoints. Default: none by number, one every two minutes, one at the end.",
        HelpName = "N",
    };

    private readonly Option<int?> steps = new("--steps") { Description = "Number of updates.", HelpName = "N" };
    private readonly Option<double?> rate = new("--lr") { Description = "Highest learning rate.", HelpName = "RATE" };
    private readonly Option<int?> batch = new("--batch") { Description = "Rows of an update.", HelpName = "ROWS" };
    private readonly Option<int?> micro = new("--micro-batch")
    {
        Description = "Rows that go through the model at once; changes memory, not results.",
        HelpName = "ROWS",
    };

    private readonly Option<bool> checkpointing = new("--gradient-checkpointing")
    {
        Description = "Compute activations again for the gradient instead of keeping them: less memory, a third more work, same results.",
    };

    private readonly Option<HalfUpdates> half = new("--half-updates")
    {
        Description = "How bfloat16 weights take small updates: masters in float32; compensated or stochastic without them.",
    };

    private readonly Option<long> seed = new("--seed") { Description = "Decides the order of rows, and the weights of a new model." };
    private readonly Option<string> dataset = new("--dataset") { Description = "The rows.", DefaultValueFactory = _ => "world" };
    private readonly Option<bool> json = new("--json") { Description = "Print one JSON object about the run, and nothing else." };

    /// <summary>The options beside those of a command that says where and in which type its model computes.</summary>
    public TrainingRun(ModelArguments place)
    {
        this.place = place;
        dataset.AcceptOnlyFromAmong("world", "tofu");
    }

    /// <summary>The options of both commands.</summary>
    public IEnumerable<Option> Options => [dataset, steps, rate, batch, micro, checkpointing, place.TypeOption, half, seed, checkpointSteps, resume, json];

    /// <summary>The data set asked for.</summary>
    public string Dataset(ParseResult parsed) => parsed.GetValue(dataset)!;

    /// <summary>How weights in bfloat16 are updated; null where they are in float32.</summary>
    public HalfUpdates? Half(ParseResult parsed) => place.Type(parsed) == ScalarType.BFloat16 ? parsed.GetValue(half) : null;

    /// <summary>The seed asked for.</summary>
    public long Seed(ParseResult parsed) => parsed.GetValue(seed);

    /// <summary>A plan with the command line's numbers in place of its own.</summary>
    public TrainingPlan Plan(ParseResult parsed, TrainingPlan plan)
    {
        var count = parsed.GetValue(steps) ?? plan.Steps;
        return plan with
        {
            Steps = count,
            WarmUpSteps = Math.Min(plan.WarmUpSteps, count / 2),
            LearningRate = parsed.GetValue(rate) ?? plan.LearningRate,
            BatchSize = parsed.GetValue(batch) ?? plan.BatchSize,
            MicroBatch = parsed.GetValue(micro),
            GradientCheckpointing = parsed.GetValue(checkpointing),
            HalfUpdates = parsed.GetValue(half),
            Seed = Seed(parsed),
        };
    }

    /// <summary>Runs, saves the model, reports.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="folder">Where log, checkpoints and the model go.</param>
    /// <param name="run">Makes what is needed and says what to do; its model is freed here.</param>
    /// <param name="cancellation">Ctrl-C.</param>
    /// <returns>The exit code.</returns>
    public int Execute(ParseResult parsed, string folder, Func<RunOptions, PreparedRun> run, CancellationToken cancellation)
    {
        var console = parsed.InvocationConfiguration;
        var quiet = parsed.GetValue(json);
        var overwrites = !quiet && !Console.IsErrorRedirected;
        try
        {
            var runtime = TorchRuntime.Start();
            if (runtime.Warning is { } warning) console.Error.WriteLine(warning);
            var options = new RunOptions
            {
                Folder = folder,
                Resume = parsed.GetValue(resume),
                CheckpointSteps = parsed.GetValue(checkpointSteps),
                CheckpointInterval = TimeSpan.FromMinutes(2),
                Note = console.Error.WriteLine,
                Cancellation = cancellation,
            };
            var prepared = run(options);
            using var model = prepared.Model;
            using var adapters = prepared.Adapters;
            if (!quiet && prepared.Need is { } need) console.Error.WriteLine($"memory  {need}");
            StepReport? last = null;
            Action<string>? tell = overwrites ? line => console.Error.Write($"\r{line}\u001b[K") : null;
            foreach (var report in prepared.Steps.Reporting(tell, prepared.Name)) last = report;
            if (overwrites) console.Error.WriteLine();

            prepared.Save(folder);
            console.Output.WriteLine(quiet
                ? JsonSerializer.Serialize(new
                {
                    prepared.Name,
                    folder,
                    last?.Step,
                    last?.Loss,
                    terms = last?.Terms.Select(term => new { term.Name, term.Weight, term.Value }),
                    last?.Evaluation,
                    seconds = last?.Elapsed.TotalSeconds,
                    weights = Fingerprint.OfWeights(adapters as nn.Module ?? model),
                }, Snake)
                : $"{last?.ToString() ?? "nothing was left to do"}\nmodel  {folder}\nlog    {Path.Combine(folder, "log.jsonl")}");
            return 0;
        }
        catch (OperationCanceledException)
        {
            if (overwrites) console.Error.WriteLine();
            console.Error.WriteLine($"interrupted; saved in {folder}. Repeat the command with --resume to go on.");
            return 130;
        }
        catch (Exception e) when (ModelArguments.IsExpected(e))
        {
            if (overwrites) console.Error.WriteLine();
            console.Error.WriteLine(ModelArguments.Message(e));
            return 1;
        }
    }
}

/// <summary>A run ready to go.</summary>
/// <param name="Name">Its name in progress lines.</param>
/// <param name="Model">The model that is changed, or stands below adapters.</param>
/// <param name="Tokenizer">Its tokenizer.</param>
/// <param name="Steps">The updates.</param>
internal sealed record PreparedRun(string Name, LanguageModel Model, ITokenizer Tokenizer, IEnumerable<StepReport> Steps)
{
    /// <summary>The memory that it takes; null where nobody asked.</summary>
    public MemoryNeed? Need { get; init; }

    /// <summary>The adapters that are trained; null where all weights are.</summary>
    public AdaptedModel? Adapters { get; init; }

    /// <summary>Whether the adapters are merged in the end.</summary>
    public bool Merges { get; init; }

    /// <summary>How the model is asked.</summary>
    public PromptFormat Format { get; init; } = PromptFormat.Mini;

    /// <summary>The folder that the model was read from; null for a new one.</summary>
    public string? Origin { get; init; }

    /// <summary>Writes what was trained: a model, or adapters that name theirs.</summary>
    public void Save(string folder)
    {
        if (Adapters is null) ModelFolder.Save(folder, Model, Tokenizer, origin: Origin);
        else if (Merges) ModelFolder.Save(folder, Adapters, Tokenizer, origin: Origin);
        else AdapterFolder.Save(folder, Adapters, Path.GetFullPath(Origin!));
        if (Format != PromptFormat.Mini) PromptFormatFile.Write(folder, Format);
        else File.Delete(Path.Combine(folder, PromptFormatFile.Name));          // an older model's
    }
}
