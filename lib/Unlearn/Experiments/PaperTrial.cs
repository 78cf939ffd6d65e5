using Unlearn.Data;
using Unlearn.Objectives;
using Unlearn.Training;

namespace Unlearn.Experiments;

/// <summary>What a paper's own scale decides of a run: models, updates, padding.</summary>
/// <param name="spec">A run at a paper's scale.</param>
internal sealed class PaperTrial(TrialSpec spec)
{
    /// <summary>The rows of an update and the filled-up length in the NPO paper and in "A Closer Look".</summary>
    public const int Batch = 32, Padded = 500;

    /// <summary>The rows of an update in AltPO's code.</summary>
    public const int AltPoBatch = 35;

    /// <summary>The filled-up length in AltPO's code.</summary>
    private const int AltPoPadded = 256;

    /// <summary>Where KL terms look in the authors' code: Llamas run with flash attention, which hides fill-up even from itself.</summary>
    public static Divergence Divergence { get; } = new(KlDirection.FromReference, KlPositions.PaddedFlash);

    /// <summary>Model and rows.</summary>
    public PaperScale Scale { get; } = PaperScale.For(spec.Paper!, spec.Profile);

    /// <summary>
    /// What is forgotten and what is kept. "A Closer Look" takes the first task of a sequence: the same rows to forget in another order, on
    /// which the rows beside them depend, and which 300 of forget10 are measured.
    /// </summary>
    public ForgetSplit Split => spec.CloserLook is null ? Scale.Corpus.Split(spec.ForgetPercent)
        : ContinualTasks.Of(Scale.Corpus, spec.ForgetPercent)[0].Split;

    /// <summary>Rows to forget.</summary>
    private int Rows => Scale.Corpus.Split(spec.ForgetPercent).Forget.Count;

    /// <summary>The authors' updates, with the run's rate and epochs; two of them in the smoke profile.</summary>
    /// <exception cref="ArgumentException">The run has other batches than the authors.</exception>
    public TrainingPlan Plan
    {
        get
        {
            var plan = spec switch
            {
                { AltPo: not null } => AltPo,
                { CloserLook: not null } => TrainingPlan.CloserLookPaper(Rows, spec.Epochs, spec.LearningRate, spec.Seed),
                _ => TrainingPlan.NpoPaper(Rows, spec.Seed, spec.Epochs, spec.LearningRate),
            };
            if (plan.BatchSize != spec.BatchSize)
            {
                throw new ArgumentException(
                    $"At the scale of {spec.Paper} an update should have {plan.BatchSize} rows but {spec} says {spec.BatchSize}.");
            }
            return Scale.Fitted(plan);
        }
    }

    /// <summary>Updates between the authors' measurements: an epoch, cut to whole ones.</summary>
    public int StepsPerEpoch => Math.Max(1, Rows / spec.BatchSize);

    /// <summary>Tokens to which padded divergences fill rows up.</summary>
    public int PadTo => spec.AltPo is null ? Padded : AltPoPadded;

    /// <summary>Ends a run that cannot fit into memory before anything is loaded.</summary>
    /// <param name="tell">Told of the need.</param>
    /// <exception cref="InvalidOperationException">The need is more than there is.</exception>
    public void RequireFit(Action<string>? tell)
    {
        if (!spec.IsReference) Scale.RequireFit(spec.Objective, tell);
    }

    private TrainingPlan AltPo
    {
        get
        {
            // A pass over K alternates of each row is as long as K passes over the rows.
            var alternates = spec.AltPoMethod is { Positives: Positives.Alternates } ? spec.AltPo!.PerQuestion : 1;
            var plan = TrainingPlan.AltPoPaper(Rows * alternates, (double)spec.Epochs / alternates, spec.LearningRate, spec.Seed);
            // Where warm-up should not follow the number of alternates, it is a tenth of the updates, as without any.
            return spec.AltPo!.WarmUpSteps is null ? plan : plan with { WarmUpSteps = plan.Steps / 10 };
        }
    }
}
