using System.Text.Json.Serialization;
using Unlearn.Data;
using Unlearn.Tensors;

namespace Unlearn.Training;

/// <summary>How long and how fast to train: AdamW, linear warm-up and linear decay, clipped gradients.</summary>
/// <param name="Steps">Number of updates, S.</param>
/// <param name="LearningRate">Highest learning rate, reached after the warm-up.</param>
/// <param name="BatchSize">Rows of a step.</param>
/// <param name="WarmUpSteps">w, steps over which the rate rises from 0.</param>
/// <param name="WeightDecay">Decoupled weight decay.</param>
/// <param name="ClipNorm">Largest norm of all gradients together; infinity switches clipping off.</param>
/// <param name="Beta2">AdamW's β₂, the memory of the squared gradient.</param>
/// <param name="Seed">Decides the order of rows.</param>
/// <param name="Beta1">AdamW's β₁, the memory of the gradient.</param>
/// <param name="Epsilon">AdamW's ε.</param>
/// <param name="Schedule">How the rate rises and falls.</param>
/// <param name="RowsPerLoss">
/// Rows of each group that one loss sees; a step's loss is the mean over such parts, as accumulation over device batches makes it in the
/// authors' code. Null for the whole batch.
/// </param>
/// <param name="MicroBatch">
/// Rows, of all groups together, that go through the model at once; null for all. Changes memory, not results.
/// </param>
/// <param name="LogitsAtOnce">Most logits that exist at once while there are more. Changes memory, not results.</param>
/// <param name="GradientCheckpointing">
/// Whether the model computes activations again for the gradient instead of keeping them
/// (<see cref="Models.LanguageModel.RecomputesActivations"/>). Changes memory and time, not results.
/// </param>
/// <param name="HalfUpdates">How weights in bfloat16 take updates; of no matter where they are in float32.</param>
/// <param name="Order">How rows come together in batches.</param>
public sealed record TrainingPlan(
    int Steps,
    double LearningRate,
    int BatchSize = 32,
    int WarmUpSteps = 0,
    double WeightDecay = 0.01,
    double ClipNorm = 1,
    double Beta2 = 0.999,
    long Seed = 0,
    double Beta1 = 0.9,
    double Epsilon = 1e-8,
    Schedule Schedule = Schedule.FromFirstStep,
    int? RowsPerLoss = null,
    int? MicroBatch = null,
    long LogitsAtOnce = 1 << 22,
    [property: JsonIgnore] bool GradientCheckpointing = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] HalfUpdates HalfUpdates = HalfUpdates.Masters,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] RowOrder Order = RowOrder.LikeLengths)
{
    /// <summary>The NPO paper's unlearning on TOFU: ten epochs, warm-up over the first, no clipping, device batches of 4.</summary>
    /// <remarks><code>S = ⌊epochs · n / 32⌋,   w = ⌊n / 32⌋,   weight decay 0.01</code></remarks>
    /// <param name="rows">n, number of rows to forget; epochs times them at least 32.</param>
    /// <param name="seed">Decides the order of rows.</param>
    /// <param name="epochs">10 in the paper.</param>
    /// <param name="rate">10⁻⁵ in the paper.</param>
    public static TrainingPlan NpoPaper(int rows, long seed = 1001, int epochs = 10, double rate = 1e-5) => new TrainingPlan(
        epochs * rows / 32, rate, BatchSize: 32, WarmUpSteps: rows / 32, WeightDecay: 0.01, ClipNorm: double.PositiveInfinity, Seed: seed,
        Schedule: Schedule.HuggingFace, RowsPerLoss: 4, Order: RowOrder.Shuffled).Validated();

    /// <summary>The AltPO paper's unlearning on TOFU: batches of 35 in device batches of 5, warm-up over an epoch, clipping at 1.</summary>
    /// <remarks>
    /// <code>S = ⌊epochs · n⌋ div 35,   w = max(2, ⌊n / 35⌋)</code>
    /// <para>
    /// With K alternates, n is K times the rows to forget: two epochs with K = 5 take as many updates as ten without alternates, but half
    /// of them, not a tenth, are warm-up.
    /// </para>
    /// </remarks>
    /// <param name="rows">n, rows of an epoch; epochs times them at least 35.</param>
    /// <param name="epochs">2 for AltPO, 10 for what it is compared with.</param>
    /// <param name="rate">5·10⁻⁵ for AltPO, 2·10⁻⁵ for NPO and IdkDPO in the authors' README.</param>
    /// <param name="seed">Decides the order of rows, and should have decided the alternates.</param>
    public static TrainingPlan AltPoPaper(int rows, double epochs, double rate = 5e-5, long seed = 0) => new TrainingPlan(
        (int)Math.Floor(epochs * rows) / 35, rate, BatchSize: 35, WarmUpSteps: Math.Max(2, rows / 35), WeightDecay: 0.01, ClipNorm: 1,
        Seed: seed, Schedule: Schedule.HuggingFace, RowsPerLoss: 5, Order: RowOrder.Shuffled).Validated();

    /// <summary>A Closer Look's unlearning: batches of 32 in device batches of 4, no clipping.</summary>
    /// <remarks>
    /// <code>S = ⌊epochs · n / 32⌋,   w = ⌊n / 32⌋, or 0 where that is 1</code>
    /// <para>So the 40 rows of forget01 get six updates without warm-up, the 200 of forget05 31, the 400 of forget10 62.</para>
    /// </remarks>
    /// <param name="rows">n, number of rows to forget; epochs times them at least 32.</param>
    /// <param name="epochs">5, or 3 for some baselines in the real world.</param>
    /// <param name="rate">10⁻⁵; 5·10⁻⁶ for ME+GD in the real world.</param>
    /// <param name="seed">Decides the order of rows.</param>
    public static TrainingPlan CloserLookPaper(int rows, double epochs = 5, double rate = 1e-5, long seed = 42)
    {
        var epoch = rows / 32;
        return new TrainingPlan(
            (int)Math.Floor(epochs * rows / 32), rate, BatchSize: 32, WarmUpSteps: epoch > 1 ? epoch : 0, WeightDecay: 0.01,
            ClipNorm: double.PositiveInfinity, Seed: seed, Schedule: Schedule.HuggingFace, RowsPerLoss: 4,
            Order: RowOrder.Shuffled).Validated();
    }

    /// <summary>The share of <see cref="LearningRate"/> for an update.</summary>
    /// <remarks>
    /// <code>(s + 1) / w  below w,   then (S − s) / (S − w)  down to almost 0</code>
    /// Starts at 1/w, not at 0 as Hugging Face's schedule does (<c>s / w  below w</c>), so that no update is wasted.
    /// </remarks>
    /// <param name="step">s, counted from 0.</param>
    public double Rate(int step) => step < WarmUpSteps
        ? (step + (Schedule == Schedule.HuggingFace ? 0.0 : 1.0)) / WarmUpSteps
        : Schedule == Schedule.Constant ? 1 : Math.Max(0, (double)(Steps - step) / Math.Max(1, Steps - WarmUpSteps));

    /// <summary>Returns the plan when its numbers can be used.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They cannot; the message says which.</exception>
    public TrainingPlan Validated()
    {
        Require.Positive(Steps);
        Require.Positive(LearningRate);
        Require.Positive(BatchSize);
        Require.NotNegative(WeightDecay);
        Require.NotNegative(WarmUpSteps);
        if (!(ClipNorm > 0))
            throw new ArgumentOutOfRangeException(nameof(ClipNorm), ClipNorm, "ClipNorm should be positive; infinity for none.");
        Share(Beta1, nameof(Beta1));
        Share(Beta2, nameof(Beta2));
        Require.Positive(Epsilon);
        Require.Positive(RowsPerLoss ?? 1, nameof(RowsPerLoss));
        Require.Positive(MicroBatch ?? 1, nameof(MicroBatch));
        Require.Positive(LogitsAtOnce);
        return this;

        static void Share(double value, string name)
        {
            if (value is not (>= 0 and < 1))
                throw new ArgumentOutOfRangeException(name, value, $"{name} should be at least 0 and less than 1.");
        }
    }
}

/// <summary>How a learning rate rises over the warm-up; after it, it falls in a straight line unless said otherwise.</summary>
public enum Schedule
{
    /// <summary>The first update has the rate 1/w of the highest.</summary>
    FromFirstStep,

    /// <summary>The first update has the rate 0, as Hugging Face's linear schedule counts.</summary>
    HuggingFace,

    /// <summary>As <see cref="FromFirstStep"/>, but the rate stays where it is, for runs that stop nobody knows when.</summary>
    Constant,
}
