using System.Collections.Immutable;
using Unlearn.Experiments;

namespace Unlearn.Dialogues.Experiments;

/// <summary>The runs of the dialogue experiments.</summary>
public static class DialogueGrid
{
    /// <summary>Methods beside the models that they are compared with.</summary>
    public const string Main = "dialogues";

    /// <summary>What each part of the method does, and what errors of the evaluator cost.</summary>
    public const string Ablation = "dialogues-ablation";

    private const string Ours = "ours-tok";

    /// <summary>The grids, by the name that <c>unlearn sweep</c> knows.</summary>
    public static ImmutableArray<string> Names { get; } = [Main, Ablation];

    /// <summary>The methods of the main grid.</summary>
    public static ImmutableArray<string> Compared { get; } = [Ours, "ours-seq", "SFT+KL", "NPO+KL", "GA", "GA+KL", "GA+mismatch+KL"];

    /// <summary>The token method with one part changed; all take every update, so that the part decides and not the stop.</summary>
    public static ImmutableArray<string> Parts { get; } =
        [Ours, "-neg", "-pos", "-normal", "rho=0", "hidden-pos"];

    /// <summary>Other negative terms in the same place, likewise with every update.</summary>
    public static ImmutableArray<string> Others { get; } = ["hidden", "unlikelihood", "GA+mismatch+3KL"];

    /// <summary>The whole method with injected errors of the evaluator, with one that knows all labels, and with adapters.</summary>
    public static ImmutableArray<DialogueSpec> Variants { get; } =
        [new(Ours, FalsePositives: 0.1), new(Ours, Misses: 0.3), new(Ours, Oracle: true), new(Ours, LoraRank: 16)];

    /// <summary>A grid by its name, seed by seed.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="seeds">Seeds.</param>
    /// <param name="profile">The budget.</param>
    /// <exception cref="ArgumentException">There is no such grid.</exception>
    public static IReadOnlyList<DialogueSpec> Named(string name, IReadOnlyList<long> seeds, string profile = "quick") => name switch
    {
        Main =>
            [.. from seed in seeds from method in DialogueSpec.References.Concat(Compared) select new DialogueSpec(method, seed, profile)],
        // Part by part, so that a sweep that is broken off has the first of them with all seeds.
        Ablation =>
        [
            .. from spec in Parts.Select(Whole).Concat(Variants).Concat(Others.Select(Whole))
               from seed in seeds
               select spec with { Seed = seed, Profile = profile },
        ],
        _ => throw new ArgumentException($"A grid should be one of {string.Join(", ", Names)} but is \"{name}\".", nameof(name)),
    };

    /// <summary>
    /// A run with a published model in place of one at the mini scale: the same method with the numbers of a <see cref="DialoguePreset"/>,
    /// which are inferred, for the paper's are not known to us.
    /// </summary>
    /// <param name="spec">A run of one of the grids.</param>
    /// <param name="model">A model that has a preset; null for the first.</param>
    public static DialogueSpec AtPaperScale(DialogueSpec spec, PaperModel? model = null)
    {
        var preset = DialoguePreset.Named((model ?? PaperModel.Dialogues).Name);
        // Adapters of the usual rank are no variant where they are usual: it is the same run.
        var rank = spec.LoraRank == preset.UsualRank ? null : spec.LoraRank;
        return spec with
        {
            LearningRate = preset.RateOf(rank),
            Steps = DialoguePreset.Steps,
            LoraRank = rank,
            Paper = preset.Model.Name,
        };
    }

    private static DialogueSpec Whole(string method) => new(method, Stops: DialogueSpec.HasRule(method) ? false : null);
}
