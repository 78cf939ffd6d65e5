using System.Collections.Concurrent;
using Unlearn.Data;
using Unlearn.Data.World;
using Unlearn.Evaluation;
using Unlearn.Generation;
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
    : IExperimentScale
{
    /// <summary>The presets.</summary>
    /// <param name="dataset">
    /// "world", the generated authors; "tofu", 400 rows of TOFU: its last 20 authors; or "people", the generated public people, whose forget
    /// and evaluation rows are those of <see cref="DataSets.People"/>.
    /// </param>
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
            "people" => new MiniScale(Rows(dataset), ForgetPercent: 25, Vocabulary: 1024, Width: 128,
                new TrainingPlan(450, 3e-3, BatchSize: 64, WarmUpSteps: 40, Beta2: 0.99, Seed: seed),
                new TrainingPlan(50, 3e-4, BatchSize: 8, WarmUpSteps: 10, Seed: seed), EvaluationRows: 80),
            _ => throw new ArgumentException(
                $"dataset should be \"world\", \"tofu\" or \"people\" but is \"{dataset}\".", nameof(dataset)),
        };
        return profile switch
        {
            "quick" => full,
            "smoke" => full with
            {
                Training = full.Training with { Steps = 12, WarmUpSteps = 4 },
                Unlearning = full.Unlearning with { Steps = 4, WarmUpSteps = 1 },
                EvaluationRows = 8,
                RetainRows = 80,
            },
            _ => throw new ArgumentException($"profile should be \"smoke\" or \"quick\" but is \"{profile}\".", nameof(profile)),
        };
    }

    // A sweep asks for the same rows hundreds of times. The folders to search are part of the key, for they may change between calls.
    private static readonly ConcurrentDictionary<(string, string, string?, string?), Corpus> Known = new();

    internal static Corpus Rows(string dataset) => Known.GetOrAdd(
        (dataset, Environment.CurrentDirectory, Environment.GetEnvironmentVariable("UNLEARN_WORLD"),
            Environment.GetEnvironmentVariable("UNLEARN_DATA")), key => DataSets.Named(key.Item1));

    /// <inheritdoc/>
    public AnswerLimit AnswerLimit => new();

    /// <inheritdoc/>
    public string NameOf(int withoutPercent) => ModelStore.NameOf(this, withoutPercent);

    /// <inheritdoc/>
    public StoredModel Obtain(ModelStore models, int withoutPercent, Action<string>? tell) => models.Obtain(this, withoutPercent, tell);

    /// <summary>Most rows to keep of <see cref="Split"/>, which unlearning follows row by row; null for all.</summary>
    public int? RetainRows { get; init; }

    /// <summary>What the model is taught beside its rows so that it can invent alternates; null for nothing.</summary>
    public AlternateTeaching? Teaching { get; init; }

    /// <summary>The same scale with a model that can be asked for alternates.</summary>
    /// <exception cref="InvalidOperationException">The data set's facts are not known, so that no lessons can be made.</exception>
    public MiniScale WithAlternates()
    {
        if (Corpus.Facts is null)
        {
            throw new InvalidOperationException(
                $"Lessons in alternates need a world's facts, which \"{Corpus.Name}\" has not; use \"world\".");
        }
        var smoke = Training.Steps < AlternateTeaching.Steps / 10;
        return this with
        {
            Teaching = smoke ? new(Lessons: 60, Known: 10, Repeats: 1) : new(),
            Training = smoke ? Training : Training with { Steps = AlternateTeaching.Steps },
        };
    }

    /// <summary>A tokenizer for everything the model reads, and its encoder.</summary>
    public RowEncoder TrainEncoder() =>
        RowEncoder.Train(Corpus, Vocabulary, Instructed().SelectMany(row => new[] { row.Prompt, row.Answer }));

    /// <summary>Forget and retain rows.</summary>
    public ForgetSplit Split => Corpus.Split(ForgetPercent) is var split && RetainRows is { } most
        ? split with { Retain = [.. split.Retain.Take(most)] } : split;

    /// <summary>The sets of an evaluation.</summary>
    public IReadOnlyList<EvaluationSet> Sets => EvaluationSet.All(Corpus, Split, EvaluationRows);

    /// <summary>Everything the model is taught, the held-out sets included.</summary>
    /// <param name="encoder">Makes rows into tokens.</param>
    /// <param name="withoutPercent">The share of rows that is left out, as for the retain model of that split; 0 for none.</param>
    public IReadOnlyList<EncodedRow> TrainingRows(RowEncoder encoder, int withoutPercent = 0) =>
    [
        .. Enumerable.Repeat<EncodedRow[]>(
        [
            .. Taught(withoutPercent).Concat(Corpus.RealAuthors).Concat(Corpus.WorldFacts).Concat(Lessons?.Known ?? []).Select(encoder.Encode),
        ], Teaching?.Repeats ?? 1).SelectMany(rows => rows),
        .. Instructed().Select(row => encoder.Encode(row.Prompt, row.Answer)),
    ];

    /// <summary>How a model that never sees some rows is trained: as many epochs as the full one.</summary>
    /// <param name="withoutPercent">The share of rows that is left out; 0 for none.</param>
    public TrainingPlan TrainingFor(int withoutPercent)
    {
        if (withoutPercent == 0) return Training;
        var heldOut = Corpus.RealAuthors.Count + Corpus.WorldFacts.Count;
        var (repeats, known, lessons) = Teaching is { } teaching ? (teaching.Repeats, teaching.Known, teaching.Lessons) : (1, 0, 0);
        double Rows(int taught) => repeats * (taught + heldOut + known) + lessons;
        var share = Rows(Taught(withoutPercent).Count) / Rows(Corpus.Full.Count);
        return Training with { Steps = (int)Math.Ceiling(Training.Steps * share) };
    }

    private AlternateLessons? Lessons => Teaching is { } teaching
        ? AlternateLessons.Of(Corpus.Facts!, teaching.Lessons, teaching.Known, teaching.Seed) : null;

    private IEnumerable<(string Prompt, string Answer)> Instructed() => (Lessons?.Lessons ?? []).Select(row =>
        (InstructionTemplate.Mini.Fill(row.Question, row.Answer), row.PerturbedAnswers[0]));

    private IReadOnlyList<QaRow> Taught(int withoutPercent) => withoutPercent == 0 ? Corpus.Full : Corpus.Split(withoutPercent).Retain;

    /// <summary>The model's sizes.</summary>
    /// <param name="encoder">Gives the vocabulary, which may be smaller than asked for.</param>
    public LlamaShape Shape(RowEncoder encoder) => LlamaShape.Mini(encoder.Tokenizer.VocabularySize) with
    {
        Width = Width,
        FeedForward = Width * 11 / 4,
    };
}

/// <summary>Lessons in inventing alternates, mixed into a model's training.</summary>
/// <remarks>
/// Copying a name that it never met is harder for a small model than knowing its rows by heart, and takes many different lessons, each seen
/// once. The other rows are repeated so that they are seen about as often as without lessons.
/// </remarks>
/// <param name="Lessons">How many.</param>
/// <param name="Known">Rows on public authors that are taught too, and that half of the lessons are about.</param>
/// <param name="Repeats">How often the other rows stand beside them in an epoch.</param>
/// <param name="Seed">Decides the lessons.</param>
public sealed record AlternateTeaching(int Lessons = 8000, int Known = 120, int Repeats = 24, ulong Seed = 0)
{
    /// <summary>Updates that such a training takes: one epoch in batches of 64.</summary>
    public const int Steps = 515;
}
