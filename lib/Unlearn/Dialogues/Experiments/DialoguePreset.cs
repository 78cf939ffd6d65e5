using System.Collections.Immutable;
using Unlearn.Experiments;
using Unlearn.Models.Adapters;
using Unlearn.Training;

namespace Unlearn.Dialogues.Experiments;

/// <summary>Numbers for unlearning dialogues with a published model. They are inferred: none of them is the paper's.</summary>
/// <remarks>
/// <para>
/// The full text, the code and so the settings of arXiv 2404.16841 were not at hand, only its abstract. These numbers are ours, put between
/// those of public scripts for the same models: LLMU (Yao, Xu, Liu, 2023, <see href="https://arxiv.org/abs/2310.10683"/>), whose model
/// OPT-1.3B is and which is the baseline, and SOUL (Jia et al., 2024, <see href="https://arxiv.org/abs/2404.18239"/>).
/// </para>
/// <para>
/// The dialogues are the project's own generated world, as at the mini scale, taught to the published model first, as LLMU does with texts
/// under copyright: the gold judge knows the truth about no others. For published data there are readers only
/// (<see cref="Files.SafeRlhfFile"/>, <see cref="Files.TruthfulQaFile"/>, <see cref="Files.HaluEvalFile"/>).
/// </para>
/// </remarks>
/// <param name="Model">The model, and how it learns the world.</param>
/// <param name="AdapterRate">Learning rate of adapters.</param>
/// <param name="FullRate">Learning rate where all weights are trained; null where adapters are, because the model is large.</param>
public sealed record DialoguePreset(PaperModel Model, double AdapterRate, double? FullRate = null)
{
    /// <summary>Most updates.</summary>
    public const int Steps = 1000;

    /// <summary>Rows to forget in an update, and ordinary rows beside them.</summary>
    public const int Batch = 12;

    /// <summary>Updates between checks.</summary>
    public const int EverySteps = 50;

    /// <summary>r of adapters, unless a run says otherwise; their α is twice as much.</summary>
    public const int Rank = 16;

    /// <summary>Most tokens of a taught row, and fewest that a model should read.</summary>
    public const int LongestRow = 256;

    private const int WarmUp = 20, ScaleOfAdapters = 2;

    private static readonly ImmutableArray<string> Adapted = ["q_proj", "v_proj"];

    /// <summary>All presets; the first is what "paper" stands for.</summary>
    public static ImmutableArray<DialoguePreset> All { get; } =
    [
        new(PaperModel.Dialogues, AdapterRate: 2e-4, FullRate: 5e-6),
        // The lower end of the range that was inferred for Llamas.
        new(PaperModel.DialoguesSmall, AdapterRate: 1e-4),
        new(PaperModel.DialoguesLarge, AdapterRate: 1e-4),
    ];

    /// <summary>The preset of a model.</summary>
    /// <param name="model">A <see cref="PaperModel"/>'s name.</param>
    /// <exception cref="ArgumentException">There is none; the message lists those there are.</exception>
    public static DialoguePreset Named(string model) =>
        All.FirstOrDefault(preset => preset.Model.Name == model) ?? throw new ArgumentException(
            $"A model for dialogues should be one of {string.Join(", ", All.Select(preset => preset.Model.Name))} but is \"{model}\".",
            nameof(model));

    /// <summary>Rank of the adapters that are trained where a run says nothing; null where all weights are.</summary>
    public int? UsualRank => FullRate is null ? Rank : null;

    /// <summary>Learning rate of unlearning.</summary>
    /// <param name="rank">Rank of adapters that a run asks for; null for what is usual.</param>
    public double RateOf(int? rank) => rank is null ? FullRate ?? AdapterRate : AdapterRate;

    /// <summary>Learning rate of an attack by relearning: that of teaching, or of adapters where those are usual.</summary>
    public double RelearningRate => FullRate is null ? AdapterRate : Model.FineTuning!.Rate;

    /// <summary>The adapters of a run.</summary>
    /// <param name="rank">What it asks for; null for what is usual.</param>
    /// <param name="seed">Decides their first values.</param>
    /// <returns>Null where all weights are trained.</returns>
    public LoraOptions? AdaptersOf(int? rank, long seed) => (rank ?? UsualRank) is { } r
        ? new LoraOptions(r, ScaleOfAdapters * r, Seed: seed) { Targets = Adapted } : null;

    /// <summary>The updates of unlearning, and when to stop: after two checks without progress.</summary>
    /// <param name="steps">Most updates.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="seed">Decides all orders and draws.</param>
    public static DialoguePlan Plan(int steps, double rate, long seed) => new(
        new TrainingPlan(
            steps, rate, Batch, WarmUpSteps: Math.Min(WarmUp, steps - 1), WeightDecay: 0, ClipNorm: 1, Seed: seed,
            Schedule: Schedule.Constant),
        NormalRows: Batch, EverySteps: EverySteps)
    {
        Stop = new(Epsilon: 0.03, FinishChecks: 2, Patience: 2, UtilityLoss: 0.05, FloorChecks: 2),
    };
}
