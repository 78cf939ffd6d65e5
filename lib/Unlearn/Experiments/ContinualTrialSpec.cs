using System.Text.Json.Serialization;
using Unlearn.Data;
using Unlearn.Objectives;
using Unlearn.Training;

namespace Unlearn.Experiments;

/// <summary>A sequence of unlearning at the mini scale, by everything that decides its numbers.</summary>
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
    string Profile = "quick") : IExperiment<ContinualTrialResult>
{
    private const string Dataset = "world";

    // Raised whenever the same specification would give other numbers.
    private const int Schema = 1;

    /// <summary>Name under which the result is kept.</summary>
    [JsonIgnore]
    public string Fingerprint => Training.Fingerprint.Of(Schema, nameof(ContinualTrialSpec), this, ModelStore.NameOf(Scale, 0));

    /// <summary>Data, model and training.</summary>
    [JsonIgnore]
    public MiniScale Scale => MiniScale.For(Dataset, Profile, Seed);

    /// <summary>The method's name, with the reference where it is fixed: "NPO+GD, fixed reference".</summary>
    [JsonIgnore]
    public string Label => Reference == ReferenceModel.Initial ? $"{Method}, fixed reference" : Method;

    /// <summary>What is done, task after task.</summary>
    [JsonIgnore]
    public ContinualSpec Sequence
    {
        get
        {
            var rows = ContinualTasks.Rows(ForgetPercent, Scale.Corpus.Full.Count)[0].Count;
            var epoch = (rows + BatchSize - 1) / BatchSize;
            return new(ForgetPercent, Method,
                new TrainingPlan(Epochs * epoch, LearningRate, BatchSize, WarmUpSteps: epoch > 1 ? epoch : 0, Seed: Seed))
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
