using System.Collections.Concurrent;
using Unlearn.Data;
using Unlearn.Evaluation;
using Unlearn.Models;
using Unlearn.Training;

namespace Unlearn.Experiments;

/// <summary>The mini scale: sizes and budgets with which a laptop trains a model from nothing and unlearns from it in minutes.</summary>
/// <param name="Corpus">The rows.</param>
/// <param name="ForgetPercent">The share of rows to forget.</param>
/// <param name="Vocabulary">Tokens that the tokenizer may have.</param>
/// <param name="Width">C of the model.</param>
/// <param name="Training">How the model learns its rows.</param>
/// <param name="Unlearning">How it forgets: one rate and budget for all methods, so that they can be compared step by step.</param>
/// <param name="EvaluationRows">Most rows of a set in an evaluation.</param>
public sealed record MiniScale(
    Corpus Corpus, int ForgetPercent, int Vocabulary, long Width, TrainingPlan Training, TrainingPlan Unlearning, int EvaluationRows)
{
    /// <summary>The presets.</summary>
    /// <param name="dataset">"world", the generated authors, or "tofu", 400 rows of TOFU: its last 20 authors.</param>
    /// <param name="profile">"smoke", every part with next to no budget, or "quick", which gives real conclusions.</param>
    /// <param name="seed">Decides the order of rows; weights come from LibTorch's own seed.</param>
    /// <exception cref="ArgumentException">An unknown data set or profile.</exception>
    public static MiniScale For(string dataset, string profile, long seed = 0)
    {
        var full = dataset switch
        {
            "world" => new MiniScale(Rows(dataset), ForgetPercent: 10, Vocabulary: 1024, Width: 128,
                new TrainingPlan(450, 3e-3, BatchSize: 64, WarmUpSteps: 40, Beta2: 0.99, Seed: seed),
                new TrainingPlan(50, 3e-4, BatchSize: 16, WarmUpSteps: 5, Seed: seed), EvaluationRows: 160),
            "tofu" => new MiniScale(Rows(dataset).TakeLast(400), ForgetPercent: 10, Vocabulary: 1536, Width: 160,
                new TrainingPlan(800, 4e-3, BatchSize: 32, WarmUpSteps: 60, Beta2: 0.99, Seed: seed),
                new TrainingPlan(32, 3e-4, BatchSize: 10, WarmUpSteps: 4, Seed: seed), EvaluationRows: 120),
            _ => throw new ArgumentException($"dataset should be \"world\" or \"tofu\" but is \"{dataset}\".", nameof(dataset)),
        };
        return profile switch
        {
            "quick" => full,
            "smoke" => full with
            {
                Training = full.Training with { Steps = 12, WarmUpSteps = 4 },
                Unlearning = full.Unlearning with { Steps = 4, WarmUpSteps = 1 },
                EvaluationRows = 8,
            },
            _ => throw new ArgumentException($"profile should be \"smoke\" or \"quick\" but is \"{profile}\".", nameof(profile)),
        };
    }

    // A sweep asks for the same rows hundreds of times. The folders to search are part of the key, for they may change between calls.
    private static readonly ConcurrentDictionary<(string, string, string?, string?), Corpus> Known = new();

    private static Corpus Rows(string dataset) => Known.GetOrAdd(
        (dataset, Environment.CurrentDirectory, Environment.GetEnvironmentVariable("UNLEARN_WORLD"),
            Environment.GetEnvironmentVariable("UNLEARN_DATA")), key => DataSets.Named(key.Item1));

    /// <summary>Forget and retain rows.</summary>
    public ForgetSplit Split => Corpus.Split(ForgetPercent);

    /// <summary>The sets of an evaluation.</summary>
    public IReadOnlyList<EvaluationSet> Sets => EvaluationSet.All(Corpus, Split, EvaluationRows);

    /// <summary>Everything the model is taught, the held-out sets included.</summary>
    /// <param name="encoder">Makes rows into tokens.</param>
    /// <param name="withoutPercent">The share of rows that is left out, as for the retain model of that split; 0 for none.</param>
    public IReadOnlyList<EncodedRow> TrainingRows(RowEncoder encoder, int withoutPercent = 0) =>
        [.. Taught(withoutPercent).Concat(Corpus.RealAuthors).Concat(Corpus.WorldFacts).Select(encoder.Encode)];

    /// <summary>How a model that never sees some rows is trained: as many epochs as the full one.</summary>
    /// <param name="withoutPercent">The share of rows that is left out; 0 for none.</param>
    public TrainingPlan TrainingFor(int withoutPercent)
    {
        if (withoutPercent == 0) return Training;
        var heldOut = Corpus.RealAuthors.Count + Corpus.WorldFacts.Count;
        var share = (double)(Taught(withoutPercent).Count + heldOut) / (Corpus.Full.Count + heldOut);
        return Training with { Steps = (int)Math.Ceiling(Training.Steps * share) };
    }

    private IReadOnlyList<QaRow> Taught(int withoutPercent) => withoutPercent == 0 ? Corpus.Full : Corpus.Split(withoutPercent).Retain;

    /// <summary>The model's sizes.</summary>
    /// <param name="encoder">Gives the vocabulary, which may be smaller than asked for.</param>
    public LlamaShape Shape(RowEncoder encoder) => LlamaShape.Mini(encoder.Tokenizer.VocabularySize) with
    {
        Width = Width,
        FeedForward = Width * 11 / 4,
    };
}
