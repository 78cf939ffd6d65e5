using System.Collections.Concurrent;
using Unlearn.Data;
using Unlearn.Dialogues.Evaluating;
using Unlearn.Models;
using Unlearn.Tokenization;
using Unlearn.Training;

namespace Unlearn.Dialogues.Experiments;

/// <summary>The mini scale of the dialogue experiments: a model of 1.3 million parameters that is taught a world of dialogues.</summary>
/// <param name="World">The dialogues.</param>
/// <param name="Vocabulary">Tokens that the tokenizer may have: enough for every word of the world.</param>
/// <param name="Width">C of the model.</param>
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

    private static readonly ConcurrentDictionary<(string, string?), DialogueWorld> Known = new();

    /// <summary>Most tokens of an answer.</summary>
    public const int AnswerLimit = 32;

    /// <summary>The presets.</summary>
    /// <param name="profile">"smoke", every part with next to no budget, or "quick", which gives real conclusions.</param>
    /// <param name="seed">Decides first weights and the order of dialogues; the world is the same for all.</param>
    /// <exception cref="ArgumentException">An unknown profile.</exception>
    public static DialogueScale For(string profile, long seed = 0)
    {
        var full = new DialogueScale(World: Shared(), Vocabulary: 1024, Width: 160,
            new TrainingPlan(1000, 2e-3, BatchSize: 64, WarmUpSteps: 50, Beta2: 0.99, Seed: seed), Rows: 120,
            RelearningSteps: [5, 10, 20, 30], Prompts: 400, EvaluatorSteps: 300);
        return profile switch
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
    }

    /// <summary>A tokenizer for everything the models read, expected answers among it, and its encoder.</summary>
    public RowEncoder TrainEncoder() => new(BytePairTokenizer.Train(
        World.Taught.Concat(World.Reasoning).SelectMany(dialogue => new[] { dialogue.Prompt, dialogue.Answer })
            .Concat(KindScores.Kinds.SelectMany(kind => World.Pool(kind))), Vocabulary, RowEncoder.SpecialTokens));

    /// <summary>The model's sizes.</summary>
    /// <param name="encoder">Gives the vocabulary, which may be smaller than asked for.</param>
    public LlamaShape Shape(RowEncoder encoder) => LlamaShape.Mini(encoder.Tokenizer.VocabularySize) with
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
    public TrainingPlan TrainingFor(DialogueModel which) => which == DialogueModel.Base ? Training : Training with
    {
        Steps = (int)Math.Ceiling((double)Training.Steps * Taught(which).Count / World.Taught.Count),
    };

    // A sweep asks for the same world hundreds of times. The folder to search is part of the key, for it may change between calls.
    private static DialogueWorld Shared() => Known.GetOrAdd(
        (Environment.CurrentDirectory, Environment.GetEnvironmentVariable("UNLEARN_DIALOGUES")), _ => DialogueWorld.Load());
}

/// <summary>A model that is trained from nothing on the world.</summary>
public enum DialogueModel
{
    /// <summary>Was taught everything, bad behaviour included; unlearning starts from it.</summary>
    Base,

    /// <summary>Never met the keys that unlearning reads, but other keys of the same behaviour: forgetting of instances.</summary>
    WithoutSeen,

    /// <summary>Never met the behaviour at all.</summary>
    WithoutBehaviour,
}
