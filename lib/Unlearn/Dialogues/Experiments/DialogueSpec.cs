using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Unlearn.Experiments;
using Unlearn.Models.Adapters;

namespace Unlearn.Dialogues.Experiments;

/// <summary>One run on dialogues, by everything that decides its numbers.</summary>
/// <param name="Method">One of <see cref="Objectives.DialoguePaper"/>'s names, or one of <see cref="References"/>.</param>
/// <param name="Seed">
/// Decides the trained models, the labels of the evaluator, what is sampled, and the order of unlearning. A published model is taught once,
/// whatever the seed.
/// </param>
/// <param name="Profile">The budget: "quick" or "smoke".</param>
/// <param name="LearningRate">Of unlearning, for all methods alike; at the mini scale adapters have one of their own.</param>
/// <param name="Steps">Most updates.</param>
/// <param name="FalsePositives">Share of ordinary dialogues that selection takes for ones to unlearn, injected.</param>
/// <param name="Misses">Share of dialogues to unlearn that selection misses, injected.</param>
/// <param name="Oracle">Whether labels are looked up instead of judged by the trained evaluator.</param>
/// <param name="LoraRank">
/// Rank of adapters that are trained instead of all weights; null for all weights, or for what is usual at a published model's size.
/// </param>
/// <param name="Stops">
/// Whether checks stop kinds and run, and the best model is kept; null for all methods but gradient ascent and LLMU, which have no such
/// rule: these take every update and keep what comes out.
/// </param>
/// <param name="Paper">
/// The published model that is taught the world and unlearns, by the name of its <see cref="DialoguePreset"/>, whose numbers are inferred;
/// null for the mini scale.
/// </param>
public sealed record DialogueSpec(
    string Method,
    long Seed = 0,
    string Profile = "quick",
    double LearningRate = 1.5e-4,
    int Steps = 300,
    double FalsePositives = 0,
    double Misses = 0,
    bool Oracle = false,
    int? LoraRank = null,
    bool? Stops = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Paper = null) : IExperiment<DialogueResult>
{
    /// <summary>The base model as it is, as a method that does nothing.</summary>
    public const string Original = "Original";

    /// <summary>The model that never met the keys that unlearning reads.</summary>
    public const string WithoutKeys = "Without keys";

    /// <summary>The model that never met the behaviour.</summary>
    public const string WithoutBehaviour = "Without behaviour";

    private const int WarmUp = 20, PatienceWithUtility = 6;
    private const double LossOfUtility = 0.1, ScaleOfAdapters = 2, AdapterRate = 1e-3;

    // Raised whenever the same specification would give other numbers.
    private const int Schema = 1;

    /// <summary>What results are compared with, which take no updates.</summary>
    public static ImmutableArray<string> References { get; } = [Original, WithoutKeys, WithoutBehaviour];

    /// <summary>Name under which the result is kept.</summary>
    [JsonIgnore]
    public string Fingerprint => Training.Fingerprint.Of(
        Schema, nameof(DialogueSpec), this, Scale.Rows, Scale.Prompts, Scale.EvaluatorSteps, DialogueModels.NameOf(Scale, Model));

    /// <summary>Data, sizes and training.</summary>
    [JsonIgnore]
    public DialogueScale Scale => DialogueScale.For(Profile, Seed, Paper);

    /// <summary>The numbers of a published model; null at the mini scale.</summary>
    [JsonIgnore]
    public DialoguePreset? Preset => Paper is null ? null : DialoguePreset.Named(Paper);

    /// <summary>The adapters that are trained; null where all weights are.</summary>
    [JsonIgnore]
    internal LoraOptions? Adapters => Preset is { } preset ? preset.AdaptersOf(LoraRank, Seed)
        : LoraRank is { } rank ? new LoraOptions(rank, ScaleOfAdapters * rank, Seed: Seed) : null;

    /// <summary>Whether this is one of <see cref="References"/>.</summary>
    [JsonIgnore]
    public bool IsReference => References.Contains(Method);

    /// <summary>The model that is measured or unlearns.</summary>
    [JsonIgnore]
    public DialogueModel Model => Method switch
    {
        WithoutKeys => DialogueModel.WithoutSeen,
        WithoutBehaviour => DialogueModel.WithoutBehaviour,
        _ => DialogueModel.Base,
    };

    /// <summary>The method with whatever is not as usual: "ours-tok, 30 % missed".</summary>
    [JsonIgnore]
    public string Label => string.Join(", ", new[]
    {
        Method,
        Oracle ? "oracle" : null,
        FalsePositives > 0 ? FormattableString.Invariant($"{100 * FalsePositives:0} % false alarms") : null,
        Misses > 0 ? FormattableString.Invariant($"{100 * Misses:0} % missed") : null,
        Stops == false ? "no stop" : null,
        LoraRank is { } rank ? FormattableString.Invariant($"LoRA {rank}") : null,
    }.OfType<string>());

    /// <summary>Whether a method is stopped by checks unless somebody says otherwise.</summary>
    /// <param name="method">Its name.</param>
    public static bool HasRule(string method) => !method.StartsWith("GA", StringComparison.Ordinal);

    /// <summary>How long, how fast, and when to stop.</summary>
    [JsonIgnore]
    public DialoguePlan Plan
    {
        get
        {
            if (Preset is { } preset) return Published(preset);
            var plan = DialoguePlan.Mini(Seed);
            var rate = LoraRank is null ? LearningRate : AdapterRate;
            plan = plan with
            {
                Training = plan.Training with { Steps = Steps, LearningRate = rate, WarmUpSteps = Math.Min(WarmUp, Steps - 1) },
                // Ordinary answers suffer first and recover: two checks in a row are no reason to give up.
                Stop = Stops ?? HasRule(Method) ? new(UtilityLoss: LossOfUtility, FloorChecks: PatienceWithUtility) : null,
            };
            return Profile != "smoke" ? plan : plan with
            {
                Training = plan.Training with { Steps = Math.Min(Steps, 4), BatchSize = 6 },
                NormalRows = 6,
                EverySteps = 2,
            };
        }
    }

    private DialoguePlan Published(DialoguePreset preset)
    {
        var (checkpoint, plan) = (PaperCheckpoint.For(preset.Model, Profile), DialoguePreset.Plan(Steps, LearningRate, Seed));
        return plan with
        {
            Training = checkpoint.Fitted(plan.Training),
            EverySteps = checkpoint.IsSmoke ? 1 : plan.EverySteps,
            Stop = Stops ?? HasRule(Method) ? plan.Stop : null,
        };
    }

    /// <inheritdoc/>
    public DialogueResult Run(ModelStore models, Action<string>? tell = null) => DialogueTrial.Run(this, models, tell);

    /// <summary>"ours-tok, 30 % missed, seed 3".</summary>
    public override string ToString() => $"{Label}, seed {Seed}";
}
