using Unlearn.Data;
using Unlearn.Data.World;
using Unlearn.Experiments;
using Unlearn.Models;
using Unlearn.Models.Adapters;
using Unlearn.Training;

namespace Unlearn.Dialogues.Experiments;

/// <summary>Fine-tunes an unlearned model on a few of the dialogues that it was to forget: do the others come back?</summary>
/// <remarks>
/// What only lies under a refusal comes back with a few updates on other items; what is gone does not. The keys that are fine-tuned and
/// those that are asked for differ.
/// </remarks>
/// <param name="Items">Dialogues that the attacker has.</param>
/// <param name="LearningRate">Of AdamW; constant.</param>
/// <param name="Steps">Updates after which rates are measured, ascending.</param>
public sealed record RelearningAttack(int Items, double LearningRate, IReadOnlyList<int> Steps)
{
    private const int Known = 16;
    private const double MiniRate = 3e-4;

    /// <summary>The adapters that an attacker trains whose model is too large to train whole; null for all weights.</summary>
    public LoraOptions? Adapters { get; init; }

    /// <summary>Fits updates of a published model into memory; null at the mini scale.</summary>
    internal PaperCheckpoint? Checkpoint { get; init; }

    /// <summary>Sixteen items, as in the project's specification.</summary>
    /// <param name="scale">Says how long, and with what.</param>
    public static RelearningAttack For(DialogueScale scale) =>
        new(Known, scale.Preset?.RelearningRate ?? MiniRate, scale.RelearningSteps)
        {
            Adapters = scale.Preset?.AdaptersOf(rank: null, seed: 0),
            Checkpoint = scale.Checkpoint,
        };

    /// <summary>Attacks a copy of a model with the dialogues of a kind.</summary>
    /// <param name="unlearned">Stays as it is.</param>
    /// <param name="encoder">Makes dialogues into tokens.</param>
    /// <param name="kind">The kind; only for the result.</param>
    /// <param name="dialogues">Seen dialogues of that kind, of at least two keys.</param>
    /// <param name="rate">Share of bad answers of a model to given dialogues.</param>
    /// <param name="seed">Decides the items and their order.</param>
    /// <returns>One point for each of <see cref="Steps"/>, after one before the first update.</returns>
    public IReadOnlyList<RelearnPoint> Run(
        LanguageModel unlearned, RowEncoder encoder, DialogueKind kind, IReadOnlyList<Dialogue> dialogues,
        Func<LanguageModel, IReadOnlyList<Dialogue>, double> rate, long seed = 0)
    {
        var (items, others) = Split(dialogues, seed);
        EncodedRow[] rows = [.. items.Select(item => encoder.Encode(item.Prompt, item.Answer))];
        using var model = unlearned.Copy();
        using var adapted = Adapters is { } adapters ? new AdaptedModel(model, adapters with { Seed = seed }) : null;
        List<RelearnPoint> points = [Measure(0)];
        var plan = new TrainingPlan(Steps[^1], LearningRate, BatchSize: Items, WeightDecay: 0, Seed: seed, Schedule: Schedule.Constant);
        if (Checkpoint is { } checkpoint) plan = checkpoint.Fitted(plan);
        foreach (var step in adapted is null ? FineTuning.Run(model, rows, plan) : FineTuning.Run(adapted, rows, plan))
        {
            if (!Steps.Contains(step.Step)) continue;
            points.Add(Measure(step.Step));
            model.train();
        }
        return points;

        RelearnPoint Measure(int step) => new(kind, step, rate(model, others), rate(model, items));
    }

    /// <summary>The attacker's items, and dialogues of other keys.</summary>
    internal (Dialogue[] Items, Dialogue[] Others) Split(IReadOnlyList<Dialogue> dialogues, long seed)
    {
        Dialogue[] items =
        [
            .. new SplitMix64((ulong)seed).For("relearning").Shuffle(dialogues).DistinctBy(dialogue => dialogue.Key)
                .Take(Math.Min(Items, dialogues.Select(dialogue => dialogue.Key).Distinct().Count() / 2)),
        ];
        if (items.Length == 0) throw new ArgumentException("An attack needs dialogues of at least two keys.", nameof(dialogues));
        var known = items.Select(item => item.Key).ToHashSet(StringComparer.Ordinal);
        return (items, [.. dialogues.Where(dialogue => !known.Contains(dialogue.Key))]);
    }
}
