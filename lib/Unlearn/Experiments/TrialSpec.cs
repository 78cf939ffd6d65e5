using System.Text.Json.Serialization;
using Unlearn.Data;
using Unlearn.Objectives;
using Unlearn.Tensors;
using Unlearn.Training;

namespace Unlearn.Experiments;

/// <summary>One run of unlearning, by everything that decides its numbers: a cell of a sweep's grid.</summary>
/// <param name="Dataset">"world" or "tofu".</param>
/// <param name="ForgetPercent">The share of rows to forget.</param>
/// <param name="Method">One of <see cref="NpoPaper.Methods"/> by name.</param>
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
    Pairing Pairing = Pairing.Fresh)
{
    /// <summary>Rows of a set in a measurement, unless a specification says otherwise.</summary>
    public const int UsualEvaluationRows = 80;

    // Raised whenever the same specification would give other numbers: of all runs, or of those with a divergence.
    private const int Schema = 1, DivergenceSchema = 2;

    /// <summary>Name under which the result is kept.</summary>
    [JsonIgnore]
    public string Fingerprint => Training.Fingerprint.Of(
        Objective.Needs.Any(need => need.Divergence is not null) ? DivergenceSchema : Schema, this,
        ModelStore.NameOf(Scale, 0), ModelStore.NameOf(Scale, ForgetPercent));

    /// <summary>Data, model and training.</summary>
    [JsonIgnore]
    public MiniScale Scale => MiniScale.For(Dataset, Profile, Seed);

    /// <summary>What is minimised.</summary>
    [JsonIgnore]
    public Objective Objective => NpoPaper.Method(Method, Beta, RetainWeight);

    /// <summary>Updates in a pass over the rows to forget.</summary>
    [JsonIgnore]
    public int StepsPerEpoch => (Scale.Corpus.Split(ForgetPercent).Forget.Count + BatchSize - 1) / BatchSize;

    /// <summary>The updates: linear warm-up over the first epoch and linear decay, as in the paper.</summary>
    [JsonIgnore]
    public TrainingPlan Plan
    {
        get
        {
            var epoch = StepsPerEpoch;
            return new(Require.Positive(Epochs) * epoch, LearningRate, Require.Positive(BatchSize), WarmUpSteps: epoch, Seed: Seed);
        }
    }

    /// <summary>"NPO+RT, forget10, seed 3".</summary>
    public override string ToString() => $"{Method}, {Dataset} forget{ForgetPercent:00}, rate {LearningRate:G2}, seed {Seed}";
}
