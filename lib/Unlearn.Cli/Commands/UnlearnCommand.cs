using System.CommandLine;
using TorchSharp;
using Unlearn.Data;
using Unlearn.Evaluation;
using Unlearn.Experiments;
using Unlearn.Models;
using Unlearn.Models.Adapters;
using Unlearn.Objectives;
using Unlearn.Training;

namespace Unlearn.Cli.Commands;

/// <summary><c>unlearn unlearn</c>: make a saved model forget.</summary>
internal static class UnlearnCommand
{
    private const string Description = """
        Make a saved model forget the last rows of a data set, or rows of your own, and write the changed model to a folder of its own.

        Examples:
          unlearn unlearn models/full --method NPO+RT --forget 10 --out models/npo
          unlearn unlearn models/full --method GA --steps 100 --lr 1e-4 --out models/ga --evaluate-steps 10
          unlearn unlearn models/full --method DPO+KL --beta 0.5 --pairing authors --out models/dpo --resume
          unlearn unlearn models/full --method NPO+RT --lora-rank 8 --lr 1e-3 --out models/npo-lora     adapters alone
          unlearn unlearn models/full --lora-rank 8 --lora-targets q_proj v_proj --merge --out models/npo     merged in the end
          unlearn unlearn DIR --format llama2-chat --dataset tofu --dtype bfloat16 --gradient-checkpointing --out models/large
                                                                       a published model, at the NPO paper's rate, batch and epochs
          unlearn unlearn DIR --format qwen3 --forget-data secrets.jsonl --retain-data other.jsonl --out models/mine

        Methods of NPO: GA, GA+RT, GA+KL, IDK+RT, DPO, DPO+RT, DPO+KL, KTO, KTO+RT, NPO, NPO+RT, NPO+KL.
        Methods of A Closer Look: GA, NPO, ME, DPO or IDK, alone or with +GD, +KL or +AP; LLMU.
        Exit code: 0 unlearned; 1 model, data, method or folder is wrong, or it diverged; 130 interrupted (saved; go on with --resume).
        """;

    // The fewest rows whose ten epochs fill a batch of the paper; how many go through a published model at once.
    private const int FewestRows = 4, DeviceBatch = 4;

    public static Command Create()
    {
        var (place, data) = (new ModelArguments(), new RowArguments());
        var run = new TrainingRun(place);
        var source = new Argument<string>("MODEL") { Description = "A model folder; stays as it is." };
        var output = new Option<string>("--out")
        {
            Description = "Where the changed model, log and checkpoints go.",
            Required = true,
            HelpName = "DIR",
        };
        var method = new Option<string>("--method") { Description = "What to minimise.", DefaultValueFactory = _ => "NPO+RT" };
        var beta = new Option<double>("--beta") { Description = "β of DPO, KTO and NPO.", DefaultValueFactory = _ => 0.1 };
        var retain = new Option<double>("--retain-weight") { Description = "Factor of the retain term.", DefaultValueFactory = _ => 1 };
        var forgetWeight = new Option<double>("--forget-weight")
        {
            Description = "Factor of the forget term of A Closer Look's methods; 0.1 for its ME+GD on TOFU.",
            DefaultValueFactory = _ => 1,
        };
        var pairing = new Option<Pairing>("--pairing")
        {
            Description = "Which retain row and refusal stand beside a row: fresh ones each time, or the authors' fixed ones.",
        };
        var padTo = new Option<int?>("--pad-to") { Description = "Tokens to which KL terms fill rows; 500 in the paper.", HelpName = "T" };
        var perLoss = new Option<int?>("--rows-per-loss") { Description = "Rows that one loss sees; 4 in the paper.", HelpName = "ROWS" };
        var cache = new Option<string?>("--reference-cache")
        {
            Description = "Folder of reference log-probabilities shared by runs. Default: reference in the model's folder.",
            HelpName = "DIR",
        };
        var every = new Option<int?>("--evaluate-steps")
        {
            Description = "Updates between measurements of forget_probability and retain_probability.",
            HelpName = "N",
        };
        var metric = new Option<string?>("--metric")
        {
            Description = "Which of them decides the best model; higher is better.",
            HelpName = "NAME",
        };
        var patience = new Option<int?>("--patience")
        {
            Description = "Stop after so many measurements without a better one.",
            HelpName = "N",
        };

        var command = new Command("unlearn", Description)
        {
            source, output, method, beta, retain, forgetWeight, pairing, padTo, perLoss, cache, every, metric, patience,
        };
        var lora = new LoraArguments();
        foreach (var option in data.Options.Concat(lora.Options).Concat(place.Options).Concat(run.Options)) command.Options.Add(option);
        command.SetAction((parsed, cancellation) => Task.Run(() => run.Execute(parsed, parsed.GetValue(output)!, options =>
        {
            var adaptation = lora.Of(parsed, run.Seed(parsed));
            var objective = Objective(
                parsed.GetValue(method)!, parsed.GetValue(beta), parsed.GetValue(retain), parsed.GetValue(forgetWeight));
            var folder = parsed.GetValue(source)!;
            var origin = AdapterFolder.IsOne(folder) ? AdapterFolder.BaseOf(folder) : folder;
            if (origin != folder && adaptation is not null && !lora.Merges(parsed))
                throw new ArgumentException($"{folder} holds adapters; adapters beside them can only be written with --merge.");
            var (split, refusals, facts) = data.Of(parsed, run.Dataset(parsed), objective.Needs.Any(need => Keeps(need.Group)));
            var device = place.Device(parsed);
            var room = device.type == DeviceType.CPU ? Memory : long.MaxValue;      // LibTorch does not tell a GPU's
            var need = Need(origin, adaptation, objective, run.Half(parsed), room);
            var saved = place.Load(parsed, folder, place.Type(parsed));
            var encoder = saved.Encoder();
            var plan = Plan(run.Dataset(parsed), encoder.Format, split.Forget.Count);
            plan = run.Plan(parsed, plan) with { RowsPerLoss = parsed.GetValue(perLoss) ?? plan.RowsPerLoss };
            var rows = UnlearningRows.Of(split, encoder, refusals) with
            {
                Pairing = parsed.GetValue(pairing),
                PadTo = parsed.GetValue(padTo),
            };
            need = need.With(saved.Model.Shape, plan, plan.BatchSize * objective.Needs.Length, Longest(rows), run.Half(parsed) is not null);
            need.RequireFit(room);
            options = options with
            {
                ReferenceCache = parsed.GetValue(cache) ?? Path.Combine(folder, "reference"),
                Evaluation = parsed.GetValue(every) is not { } between ? null : new(between, _ => Measure(saved.Model, rows))
                {
                    Metric = parsed.GetValue(metric),
                    Patience = parsed.GetValue(patience),
                },
                Facts = new Dictionary<string, string>(facts) { ["model"] = folder, ["promptFormat"] = encoder.Format.Name },
            };
            var adapters = adaptation is null ? null : new AdaptedModel(saved.Model, adaptation);
            if (adapters is not null) TorchSharp.torch.random.manual_seed(run.Seed(parsed));        // for dropout
            var steps = adapters is null ? Unlearning.Run(saved.Model, objective, rows, plan, options)
                : Unlearning.Run(adapters, objective, rows, plan, options);
            return new(objective.Name, saved.Model, saved.Tokenizer, steps)
            {
                Need = need,
                Adapters = adapters,
                Merges = lora.Merges(parsed),
                Format = encoder.Format,
                Origin = origin,
            };
        }, cancellation), CancellationToken.None));
        return command;
    }

    // Names that both papers have mean the older one's form, which differs in what a KL term takes fill-up for.
    private static Objective Objective(string name, double beta, double retain, double forgetWeight)
    {
        return !NpoPaper.Methods().Any(method => Is(method.Name)) && CloserLookPaper.Methods().Any(method => Is(method.Name))
            ? CloserLookPaper.Method(name, new(forgetWeight, retain, beta)).Objective
            : NpoPaper.Method(name, beta, retain);

        bool Is(string other) => other.Equals(name, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The mini scale's updates for its own models; for published ones the NPO paper's, since the former would wreck them.</summary>
    private static TrainingPlan Plan(string dataset, PromptFormat format, int rows) => format == PromptFormat.Mini
        ? MiniScale.For(dataset, "quick").Unlearning : TrainingPlan.NpoPaper(Math.Max(rows, FewestRows)) with { MicroBatch = DeviceBatch };

    private static bool Keeps(RowGroup group) => group is RowGroup.Retain or RowGroup.RetainAlternate or RowGroup.Mismatch;

    private static long Memory => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    private static int Longest(UnlearningRows rows) =>
        Math.Max(rows.PadTo ?? 0, rows.Forget.Concat(rows.Retain).Max(row => row.Ids.Length));

    private static MemoryNeed Need(string folder, LoraOptions? adapters, Objective objective, HalfUpdates? half, long room)
    {
        using var weights = ModelWeights.Open(folder);
        var need = MemoryNeed.Of(weights, adapters, objective.Needs.Any(need => need.Divergence is not null), half);
        need.RequireFit(room);
        return need;
    }

    private static Dictionary<string, double> Measure(LanguageModel model, UnlearningRows rows) => new(
        from set in new[] { ("forget_probability", rows.Forget), ("retain_probability", rows.Retain) }
        where set.Item2.Count > 0
        select KeyValuePair.Create(set.Item1, Evaluator.AnswerProbability(model, set.Item2).Value));
}
