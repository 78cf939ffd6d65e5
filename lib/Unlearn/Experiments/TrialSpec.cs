using System.Text.Json.Serialization;
using Unlearn.Data;
using Unlearn.Generation;
using Unlearn.Objectives;
using Unlearn.Tensors;
using Unlearn.Training;

namespace Unlearn.Experiments;

/// <summary>One run of unlearning, by everything that decides its numbers: a cell of a sweep's grid.</summary>
/// <param name="Dataset">"world" or "tofu".</param>
/// <param name="ForgetPercent">The share of rows to forget.</param>
/// <param name="Method">
/// One of <see cref="NpoPaper.Methods"/> by name; with <paramref name="AltPo"/> one of <see cref="AltPoPaper.Methods"/>, or one of
/// <see cref="References"/>.
/// </param>
/// <param name="LearningRate">Highest learning rate.</param>
/// <param name="Beta">β of NPO, DPO and KTO.</param>
/// <param name="RetainWeight">Weight of the retain term of methods that have one.</param>
/// <param name="Epochs">Passes over the rows to forget.</param>
/// <param name="BatchSize">Rows to forget in an update.</param>
/// <param name="MeasureEvery">Epochs between measurements; the start and the end are always measured.</param>
/// <param name="EvaluationRows">Most rows of a set in a measurement.</param>
/// <param name="Seed">Decides the trained models (their weights and data order) and the order of unlearning.</param>
/// <param name="Profile">The budget of the models' training: "quick" or "smoke".</param>
/// <param name="Pairing">Which retain rows and refusals stand beside the rows to forget.</param>
/// <param name="AltPo">What the AltPO paper's experiments add; null for those of other papers.</param>
/// <param name="CloserLook">
/// What the experiments of "A Closer Look" add; null for those of other papers. The method is then one of <see cref="CloserLookPaper"/>'s
/// or one of <see cref="References"/>, with <paramref name="RetainWeight"/> for the term that keeps.
/// </param>
/// <param name="Paper">The <see cref="PaperModel"/> that unlearns, by name, with the authors' updates; null for the mini scale.</param>
public sealed record TrialSpec(
    string Dataset,
    int ForgetPercent,
    string Method,
    double LearningRate,
    double Beta = 0.1,
    double RetainWeight = 1,
    int Epochs = 10,
    int BatchSize = 8,
    int MeasureEvery = 1,
    int EvaluationRows = TrialSpec.UsualEvaluationRows,
    long Seed = 0,
    string Profile = "quick",
    Pairing Pairing = Pairing.Fresh,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AltPoSettings? AltPo = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CloserLookSettings? CloserLook = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Paper = null) : IExperiment<TrialResult>
{
    /// <summary>The model before unlearning, as a method that does nothing.</summary>
    public const string Untouched = "Untouched";

    /// <summary>The model that never saw the rows to forget, as a method that reaches the goal.</summary>
    public const string Retrained = "Retrained";

    /// <summary>What results are compared with: <see cref="Untouched"/> and <see cref="Retrained"/>.</summary>
    public static IReadOnlyList<string> References { get; } = [Untouched, Retrained];

    /// <summary>Rows of a set in a measurement, unless a specification says otherwise.</summary>
    public const int UsualEvaluationRows = 80;

    // Raised whenever the same specification would give other numbers: of all runs, or of those with a divergence.
    private const int Schema = 1, DivergenceSchema = 2;

    /// <summary>Name under which the result is kept.</summary>
    [JsonIgnore]
    public string Fingerprint => Training.Fingerprint.Of(
        (!IsReference && Objective.Needs.Any(need => need.Divergence is not null) ? DivergenceSchema : Schema)
            + (Paper is null ? 0 : PaperScale.MeasurementSchema), this,
        ModelScale.NameOf(0), ModelScale.NameOf(ForgetPercent));

    /// <summary>Data, model and training at the mini scale.</summary>
    /// <exception cref="InvalidOperationException">This is a run at a paper's own scale.</exception>
    [JsonIgnore]
    public MiniScale Scale => Paper is not null
        ? throw new InvalidOperationException($"{this} runs at the scale of {Paper}, not at the mini scale.")
        : AltPo is null ? MiniScale.For(Dataset, Profile, Seed) : MiniScale.For(Dataset, Profile, Seed).WithAlternates();

    /// <summary>Data and models at whichever scale this runs.</summary>
    [JsonIgnore]
    public IExperimentScale ModelScale => PaperRun is { } paper ? paper.Scale : Scale;

    /// <summary>What the paper's own scale decides; null at the mini scale.</summary>
    [JsonIgnore]
    internal PaperTrial? PaperRun => Paper is null ? null : new(this);

    /// <summary>Whether this is one of <see cref="References"/>, which takes no updates.</summary>
    [JsonIgnore]
    public bool IsReference => (AltPo is not null || CloserLook is not null) && References.Contains(Method);

    // A model that has hardly learnt anything finds all tokens about equally likely: with a wide tolerance nearly every draw would be made
    // again alone. Its logits are small, and so are their roundings.
    private const double SmokeTolerance = 1e-4;

    /// <summary>Sampling as fast as this run's models allow; answers do not depend on it.</summary>
    internal SamplingOptions Fitted(SamplingOptions options) =>
        Profile == "smoke" ? options with { LogitTolerance = SmokeTolerance } : options;

    /// <summary>What is minimised.</summary>
    [JsonIgnore]
    public Objective Objective => IsReference ? throw new InvalidOperationException($"{Method} minimises nothing: methods are compared with it.")
        : CloserLook is { } look ? CloserLookPaper.Method(Method, look.Options(Beta, RetainWeight)).Objective
        : AltPoMethod?.Objective ?? NpoPaper.Method(Method, Beta, RetainWeight, Paper is null ? default : PaperTrial.Divergence);

    /// <summary>The method of the AltPO paper; null in the NPO paper's experiments, and for a reference.</summary>
    [JsonIgnore]
    public AltPoMethod? AltPoMethod =>
        AltPo is { } settings && !IsReference ? AltPoPaper.Method(Method, Beta, RetainWeight, settings.Alpha) : null;

    /// <summary>Updates in a pass over the rows to forget.</summary>
    [JsonIgnore]
    public int StepsPerEpoch =>
        PaperRun?.StepsPerEpoch ?? (Scale.Corpus.Split(ForgetPercent).Forget.Count + BatchSize - 1) / BatchSize;

    /// <summary>The updates: linear warm-up over the first epoch and linear decay, as in the paper.</summary>
    /// <remarks>
    /// With alternates an epoch has K rows for each row to forget: all methods take the same number of updates, and K of the passes over
    /// the rows to forget are warm-up. "A Closer Look" has no warm-up where an epoch is a single update.
    /// </remarks>
    [JsonIgnore]
    public TrainingPlan Plan
    {
        get
        {
            if (PaperRun is { } paper) return paper.Plan;
            var (epoch, steps) = (StepsPerEpoch, Require.Positive(Epochs) * StepsPerEpoch);
            var warmUp = AltPoMethod is { Positives: Positives.Alternates } ? Math.Min(steps, AltPo!.PerQuestion * epoch) : epoch;
            if (CloserLook is not null && epoch == 1) warmUp = 0;
            return new(steps, LearningRate, Require.Positive(BatchSize), WarmUpSteps: AltPo?.WarmUpSteps ?? warmUp, Seed: Seed);
        }
    }

    /// <summary>Tokens to which padded divergences fill rows up; null for the longest row of a batch.</summary>
    [JsonIgnore]
    internal int? PadTo => CloserLook?.PadTo ?? PaperRun?.PadTo;

    /// <inheritdoc/>
    public TrialResult Run(ModelStore models, Action<string>? tell = null) => Trial.Run(this, models, tell);

    /// <summary>"NPO+RT, forget10, seed 3".</summary>
    public override string ToString() => $"{Method}, {Dataset} forget{ForgetPercent:00}, rate {LearningRate:G2}, seed {Seed}";
}

/// <summary>What the AltPO paper's experiments add to a run.</summary>
/// <param name="PerQuestion">K, alternates of each row to forget.</param>
/// <param name="Alpha">α of the method "Naive".</param>
/// <param name="WarmUpSteps">Updates of warm-up, where they should not follow K; null for the first epoch.</param>
/// <param name="Repeats">Sampled answers to each question to forget that the result keeps, for the diversity of answers.</param>
/// <param name="KeepCopies">
/// Whether alternates that contain the whole true answer are taught too. The authors filter nothing, but theirs hardly ever do (one in a
/// hundred, none word for word); the mini model's do one time in six, because it knows its rows better than the instruction.
/// </param>
public sealed record AltPoSettings(
    int PerQuestion = 5, double Alpha = 1, int? WarmUpSteps = null, int Repeats = 0, bool KeepCopies = false)
{
    /// <summary>How alternates are made.</summary>
    [JsonIgnore]
    public AlternateOptions Alternates =>
        AlternateOptions.Mini with { Filter = KeepCopies ? null : new(LargestRecall: 1, Distinct: false) };
}

/// <summary>What the experiments of "A Closer Look" add to a run.</summary>
/// <param name="ForgetWeight">f, the weight of the term that forgets.</param>
/// <param name="MeDirection">Which divergence maximising entropy takes.</param>
/// <param name="MePositions">Where it takes it.</param>
/// <param name="PadTo">
/// Tokens to which padded divergences fill rows up. Rows here have 27 on average, so that 200 make as many of ten positions padding,
/// nearly nine, as 500 do with the authors' rows.
/// </param>
public sealed record CloserLookSettings(
    double ForgetWeight = 1, MeKl MeDirection = MeKl.UniformForward, KlPositions MePositions = KlPositions.PaddedFlash, int PadTo = 200)
{
    internal CloserLookOptions Options(double beta, double keepWeight) => new(ForgetWeight, keepWeight, beta, MeDirection, MePositions);
}
