using System.Collections.Concurrent;
using Unlearn.Data;
using Unlearn.Data.Hub;
using Unlearn.Dialogues.Evaluating;
using Unlearn.Experiments;
using Unlearn.Models;
using Unlearn.Models.Adapters;
using Unlearn.Tokenization;
using Unlearn.Training;

namespace Unlearn.Dialogues.Experiments;

/// <summary>
/// The scale of the dialogue experiments: a model of 1.3 million parameters that is taught a world of dialogues, or a published model that
/// is taught the same (<see cref="DialoguePreset"/>, whose numbers are inferred).
/// </summary>
/// <param name="World">The dialogues.</param>
/// <param name="Vocabulary">Tokens that the tokenizer may have: enough for every word of the world; 0 for a published model.</param>
/// <param name="Width">C of the model; 0 for a published one.</param>
/// <param name="Training">How the model learns its dialogues.</param>
/// <param name="Rows">Most prompts of a set in a measurement.</param>
/// <param name="RelearningSteps">Updates of the relearning attack after which rates are measured.</param>
/// <param name="Prompts">Most prompts that the base model answers itself for the selection.</param>
/// <param name="EvaluatorSteps">Updates of each of the evaluator's classifiers.</param>
public sealed record DialogueScale(
    DialogueWorld World, int Vocabulary, long Width, TrainingPlan Training, int Rows, IReadOnlyList<int> RelearningSteps, int Prompts,
    int EvaluatorSteps)
{
    private const int Context = 128;

    // Published tokenizers cut the world's made-up words into pieces.
    private const int PublishedAnswer = 64, SmokeAnswer = 8;

    private static readonly ConcurrentDictionary<(string, string?), DialogueWorld> Known = new();

    /// <summary>Most tokens of an answer.</summary>
    public int AnswerLimit { get; init; } = 32;

    /// <summary>The numbers of a published model; null at the mini scale.</summary>
    public DialoguePreset? Preset { get; init; }

    /// <summary>The published model with its budget; null at the mini scale.</summary>
    internal PaperCheckpoint? Checkpoint { get; private init; }

    /// <summary>The presets.</summary>
    /// <param name="profile">"smoke", every part with next to no budget, or "quick", which gives real conclusions.</param>
    /// <param name="seed">Decides first weights and the order of dialogues; the world is the same for all.</param>
    /// <param name="paper">
    /// A <see cref="PaperModel"/> with a <see cref="DialoguePreset"/>, by name: it learns the same whatever the seed. Null for the mini
    /// scale.
    /// </param>
    /// <exception cref="ArgumentException">An unknown profile or model.</exception>
    public static DialogueScale For(string profile, long seed = 0, string? paper = null)
    {
        var full = new DialogueScale(World: Shared(), Vocabulary: 1024, Width: 160,
            new TrainingPlan(1000, 2e-3, BatchSize: 64, WarmUpSteps: 50, Beta2: 0.99, Seed: seed), Rows: 120,
            RelearningSteps: [5, 10, 20, 30], Prompts: 400, EvaluatorSteps: 300);
        var scale = profile switch
        {
            "quick" => full,
            "smoke" => full with
            {
                Width = 32,
                Training = full.Training with { Steps = 6, WarmUpSteps = 2, BatchSize = 16 },
                Rows = 6,
                RelearningSteps = [1, 2],
                Prompts = 12,
                EvaluatorSteps = 60,
            },
            _ => throw new ArgumentException($"profile should be \"smoke\" or \"quick\" but is \"{profile}\".", nameof(profile)),
        };
        return paper is null ? scale : scale.With(DialoguePreset.Named(paper), profile);
    }

    /// <summary>Where the published model lies.</summary>
    /// <exception cref="DirectoryNotFoundException">It is not on this machine; the message says how to get it.</exception>
    internal string Folder => LocalModels.Require([Preset!.Model.Base], $"The model of {Preset.Model.Name}");

    /// <summary>Ends a run that cannot fit into memory before anything is loaded; of the mini scale's there is no need to ask.</summary>
    /// <param name="adapters">Adapters of the run; null where all weights are trained.</param>
    /// <param name="tell">Told of the need.</param>
    /// <exception cref="InvalidOperationException">The need is more than there is; known of main memory only.</exception>
    internal void RequireFit(LoraOptions? adapters, Action<string>? tell)
    {
        if (Checkpoint is not { } checkpoint) return;
        // An attack by relearning may train more than the run that it follows.
        if (RelearningAttack.For(this).Adapters is null) adapters = null;
        var need = checkpoint.Need(Folder, divergence: false, adapters);
        // Beside the model that changes: the one before, the attacked or the divergence's, and the weights of the best check.
        PaperCheckpoint.Require(need with { Reference = (adapters is null ? 3 : 2) * need.Weights }, tell);
    }

    /// <summary>A tokenizer for everything the models read, expected answers among it, and its encoder.</summary>
    /// <exception cref="InvalidOperationException">A published model brings its own.</exception>
    public RowEncoder TrainEncoder() => Preset is not null ? throw Published("tokenizer") : new RowEncoder(BytePairTokenizer.Train(
        World.Taught.Concat(World.Reasoning).SelectMany(dialogue => new[] { dialogue.Prompt, dialogue.Answer })
            .Concat(KindScores.Kinds.SelectMany(kind => World.Pool(kind))), Vocabulary, RowEncoder.SpecialTokens));

    /// <summary>The model's sizes.</summary>
    /// <param name="encoder">Gives the vocabulary, which may be smaller than asked for.</param>
    /// <exception cref="InvalidOperationException">A published model has its own.</exception>
    public LlamaShape Shape(RowEncoder encoder) => Preset is not null ? throw Published("sizes")
        : LlamaShape.Mini(encoder.Tokenizer.VocabularySize) with
        {
            Width = Width,
            FeedForward = Width * 11 / 4,
            Context = Context,
        };

    /// <summary>What a model is taught.</summary>
    /// <param name="which">The base model, or one that results are compared with.</param>
    public IReadOnlyList<Dialogue> Taught(DialogueModel which) => which switch
    {
        DialogueModel.Base => World.Taught,
        DialogueModel.WithoutSeen => World.TaughtWithoutSeen,
        DialogueModel.WithoutBehaviour => World.TaughtWithoutBehaviour,
        _ => throw new ArgumentOutOfRangeException(nameof(which), which, "Expected one of the named models."),
    };

    /// <summary>How a model is trained: as many epochs as the base model.</summary>
    /// <param name="which">The model.</param>
    public TrainingPlan TrainingFor(DialogueModel which) => which == DialogueModel.Base ? Training
        : Checkpoint is { } checkpoint ? checkpoint.Fitted(Recipe(checkpoint.Model).Plan(Taught(which).Count))
        : Training with { Steps = (int)Math.Ceiling((double)Training.Steps * Taught(which).Count / World.Taught.Count) };

    private DialogueScale With(DialoguePreset preset, string profile)
    {
        var checkpoint = PaperCheckpoint.For(preset.Model, profile);
        return this with
        {
            Preset = preset,
            Checkpoint = checkpoint,
            Vocabulary = 0,
            Width = 0,
            Training = checkpoint.Fitted(Recipe(preset.Model).Plan(World.Taught.Count)),
            AnswerLimit = checkpoint.IsSmoke ? SmokeAnswer : PublishedAnswer,
        };
    }

    private static FineTuningRecipe Recipe(PaperModel model) => model.FineTuning
        ?? throw new InvalidOperationException($"{model.Name} should be taught the dialogues but has no recipe.");

    private InvalidOperationException Published(string what) =>
        new($"{Preset!.Model.Name} has its own {what}, which comes with its folder.");

    // A sweep asks for the same world hundreds of times. The folder to search is part of the key, for it may change between calls.
    private static DialogueWorld Shared() => Known.GetOrAdd(
        (Environment.CurrentDirectory, Environment.GetEnvironmentVariable("UNLEARN_DIALOGUES")), _ => DialogueWorld.Load());
}

/// <summary>A model that is trained on the world: from nothing, or from a published model that has never met it.</summary>
public enum DialogueModel
{
    /// <summary>Was taught everything, bad behaviour included; unlearning starts from it.</summary>
    Base,

    /// <summary>Never met the keys that unlearning reads, but other keys of the same behaviour: forgetting of instances.</summary>
    WithoutSeen,

    /// <summary>Never met the behaviour at all.</summary>
    WithoutBehaviour,
}
