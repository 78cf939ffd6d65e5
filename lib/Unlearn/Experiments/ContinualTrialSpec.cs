using System.Text.Json.Serialization;
using Unlearn.Data;
using Unlearn.Objectives;
using Unlearn.Training;

namespace Unlearn.Experiments;

/// <summary>A sequence of unlearning, by everything that decides its numbers.</summary>
/// <param name="ForgetPercent">The size of a task: 1, 5 or 10 percent.</param>
/// <param name="Method">One of <see cref="CloserLookPaper"/>'s names.</param>
/// <param name="LearningRate">Highest learning rate, the same in every task.</param>
/// <param name="Reference">What π_ref is in tasks after the first.</param>
/// <param name="ForgetWeight">Weight of the term that forgets; 1 for all methods in the authors' scripts, maximising entropy too.</param>
/// <param name="Epochs">Passes over a task's rows.</param>
/// <param name="BatchSize">Rows to forget in an update.</param>
/// <param name="PadTo">Tokens to which padded divergences fill rows up; see <see cref="CloserLookSettings"/>.</param>
/// <param name="EvaluationRows">Most rows of a set in a measurement.</param>
/// <param name="Tasks">How many tasks are done; null for all.</param>
/// <param name="Seed">Decides the trained model and the order of unlearning.</param>
/// <param name="Profile">The budget of the model's training: "quick" or "smoke".</param>
/// <param name="Paper">The <see cref="PaperModel"/> that unlearns, by name, with the authors' updates; null for the mini scale.</param>
public sealed record ContinualTrialSpec(
    int ForgetPercent,
    string Method,
    double LearningRate,
    ReferenceModel Reference = ReferenceModel.PreviousTask,
    double ForgetWeight = 1,
    int Epochs = 5,
    int BatchSize = 8,
    int PadTo = 200,
    int EvaluationRows = TrialSpec.UsualEvaluationRows,
    int? Tasks = null,
    long Seed = 0,
    string Profile = "quick",
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Paper = null) : IExperiment<ContinualTrialResult>
{
    private const string Dataset = "world";

    // Raised whenever the same specification would give other numbers.
    private const int Schema = 1;

    /// <summary>Name under which the result is kept.</summary>
    [JsonIgnore]
    public string Fingerprint => Training.Fingerprint.Of(
        Schema + (Paper is null ? 0 : PaperScale.MeasurementSchema), nameof(ContinualTrialSpec), this, ModelScale.NameOf(0));

    /// <summary>Data and model at whichever scale this runs.</summary>
    [JsonIgnore]
    public IExperimentScale ModelScale => AtPaper is { } paper ? paper : MiniScale.For(Dataset, Profile, Seed);

    /// <summary>The paper's own scale; null at the mini scale.</summary>
    [JsonIgnore]
    internal PaperScale? AtPaper => Paper is null ? null : PaperScale.For(Paper, Profile);

    /// <summary>The method's name, with the reference where it is fixed: "NPO+GD, fixed reference".</summary>
    [JsonIgnore]
    public string Label => Reference == ReferenceModel.Initial ? $"{Method}, fixed reference" : Method;

    /// <summary>What is done, task after task.</summary>
    [JsonIgnore]
    public ContinualSpec Sequence
    {
        get
        {
            var rows = ContinualTasks.Rows(ForgetPercent, ModelScale.Corpus.Full.Count)[0].Count;
            var epoch = (rows + BatchSize - 1) / BatchSize;
            var plan = AtPaper?.Fitted(TrainingPlan.CloserLookPaper(rows, Epochs, LearningRate, Seed))
                ?? new(Epochs * epoch, LearningRate, BatchSize, WarmUpSteps: epoch > 1 ? epoch : 0, Seed: Seed);
            return new(ForgetPercent, Method, plan)
            {
                Options = new(ForgetWeight),
                Reference = Reference,
                PadTo = PadTo,
                EvaluationRows = EvaluationRows,
                Tasks = Tasks,
            };
        }
    }

    /// <inheritdoc/>
    public ContinualTrialResult Run(ModelStore models, Action<string>? tell = null) => ContinualTrial.Run(this, models, tell);

    /// <summary>"NPO+GD, fixed reference, tasks of 5 %, rate 0.0003, seed 3".</summary>
    public override string ToString() => $"{Label}, tasks of {ForgetPercent} %, rate {LearningRate:G2}, seed {Seed}";
}
