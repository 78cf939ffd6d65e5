using System.Text.Json.Serialization;
using Unlearn.Data;
using Unlearn.Data.People;
using Unlearn.Objectives;
using Unlearn.Training;

namespace Unlearn.Experiments;

/// <summary>One run of A Closer Look's real-world scenario, on generated people or on real ones, by everything that decides it.</summary>
/// <param name="Method">One of <see cref="CloserLookPaper"/>'s names, or one of <see cref="TrialSpec.References"/>.</param>
/// <param name="LearningRate">Highest learning rate.</param>
/// <param name="ForgetWeight">Weight of the term that forgets: 0.5 for maximising entropy in the authors' script, else 1.</param>
/// <param name="Epochs">Passes over the rows to forget.</param>
/// <param name="BatchSize">Rows to forget in an update.</param>
/// <param name="PadTo">
/// Tokens to which padded divergences fill rows up. Rows to forget have 48 on average, 66 at most: of 100, half are padding, as they are of
/// the authors' 300, where an answer has 84 words.
/// </param>
/// <param name="MeasureEvery">Epochs between measurements; the start and the end are always measured.</param>
/// <param name="EvaluationRows">Most rows of a set in a measurement.</param>
/// <param name="Seed">Decides the trained models and the order of unlearning.</param>
/// <param name="Profile">The budget of the models' training: "quick" or "smoke".</param>
/// <param name="Paper">
/// The <see cref="PaperModel"/> that unlearns, by name, with the authors' updates and real people; null for the mini scale.
/// </param>
public sealed record RealWorldSpec(
    string Method,
    double LearningRate,
    double ForgetWeight = 1,
    int Epochs = 5,
    int BatchSize = 8,
    int PadTo = 100,
    int MeasureEvery = 1,
    int EvaluationRows = TrialSpec.UsualEvaluationRows,
    long Seed = 0,
    string Profile = "quick",
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Paper = null) : IExperiment<RealWorldResult>
{
    /// <summary>The name of the data set.</summary>
    public const string Dataset = "people";

    // Raised whenever the same specification would give other numbers.
    private const int Schema = 1;

    /// <summary>Name under which the result is kept.</summary>
    [JsonIgnore]
    public string Fingerprint => AtPaper is { } paper
        ? Training.Fingerprint.Of(
            Schema + PaperScale.MeasurementSchema, nameof(RealWorldSpec), this, paper.NameOf(0), paper.Corpus.Sha256)
        : Training.Fingerprint.Of(
            Schema, nameof(RealWorldSpec), this, ModelStore.NameOf(Scale, 0), ModelStore.NameOf(Scale, Scale.ForgetPercent));

    /// <summary>Data, model and training at the mini scale.</summary>
    [JsonIgnore]
    public MiniScale Scale => MiniScale.For(Dataset, Profile, Seed);

    /// <summary>The paper's own scale; null at the mini scale.</summary>
    [JsonIgnore]
    internal PaperScale? AtPaper => Paper is null ? null : PaperScale.For(Paper, Profile, People.Corpus);

    /// <summary>Whom it is about.</summary>
    [JsonIgnore]
    internal PublicPeople People => Paper is null ? DataSets.People() : DataSets.RealPeople();

    /// <summary>Whether this is one of <see cref="TrialSpec.References"/>, which takes no updates.</summary>
    [JsonIgnore]
    public bool IsReference => TrialSpec.References.Contains(Method);

    /// <inheritdoc/>
    public RealWorldResult Run(ModelStore models, Action<string>? tell = null) => RealWorldTrial.Run(this, models, tell);

    /// <summary>The updates over so many rows to forget: linear warm-up over the first epoch, linear decay.</summary>
    /// <param name="rows">Rows to forget.</param>
    public TrainingPlan Plan(int rows)
    {
        if (AtPaper is { } paper) return paper.Fitted(TrainingPlan.CloserLookPaper(rows, Epochs, LearningRate, Seed));
        var epoch = (rows + BatchSize - 1) / BatchSize;
        return new TrainingPlan(Epochs * epoch, LearningRate, BatchSize, WarmUpSteps: epoch > 1 ? epoch : 0, Seed: Seed).Validated();
    }

    /// <summary>"IDK+AP, people, rate 0.0003, seed 3".</summary>
    public override string ToString() => $"{Method}, {Dataset}, rate {LearningRate:G2}, seed {Seed}";
}
