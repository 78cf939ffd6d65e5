namespace Unlearn.Dialogues.Evaluating;

/// <summary>Where an evaluator errs: quality by how many labels it has and how many of them are wrong.</summary>
/// <param name="LabelShare">Share of keys that are labelled.</param>
/// <param name="LabelNoise">Share of wrong labels.</param>
/// <param name="Seed">Decides labels and weights.</param>
/// <param name="Labels">Labels it was trained on.</param>
/// <param name="Report">Its quality on held-out exchanges.</param>
/// <param name="LookAlikes">Its quality on look-alikes alone, which are all harmless: every flag is a false alarm.</param>
public sealed record EvaluatorStudy(
    double LabelShare, double LabelNoise, long Seed, int Labels, EvaluatorReport Report, BinaryQuality LookAlikes)
{
    /// <summary>Trains and measures evaluators.</summary>
    /// <param name="world">The world.</param>
    /// <param name="shares">Shares of labelled keys; null for 2, 5, 10 and 25 %.</param>
    /// <param name="noises">Shares of wrong labels; null for 0, 10 and 30 %.</param>
    /// <param name="seeds">One evaluator each.</param>
    /// <param name="options">Budget; null for the usual one.</param>
    public static IReadOnlyList<EvaluatorStudy> Run(
        DialogueWorld world, IReadOnlyList<double>? shares = null, IReadOnlyList<double>? noises = null, int seeds = 3,
        EvaluatorOptions? options = null)
    {
        var held = LabelledDialogues.HeldOut(world);
        var alike = LabelledDialogues.LookAlikes(world);
        return
        [
            .. from share in shares ?? [0.02, 0.05, 0.1, LabelledDialogues.UsualShare]
               from noise in noises ?? [0, 0.1, 0.3]
               from seed in Enumerable.Range(0, seeds)
               select One(share, (options ?? new()) with { LabelNoise = noise, Seed = seed }),
        ];

        EvaluatorStudy One(double share, EvaluatorOptions plan)
        {
            var (model, evaluator) = EvaluatorTraining.Run(world, plan, share);
            using var _ = evaluator;
            double[] harms = [.. evaluator.Score([.. alike.Select(row => row.Exchange)]).Select(score => score.Harm)];
            return new(share, plan.LabelNoise, plan.Seed, LabelledDialogues.Draw(world, share, plan.Seed).Training.Count,
                EvaluatorReport.Of(model, held), BinaryQuality.Of(harms, [.. alike.Select(_ => false)], model.Thresholds.Harm.High));
        }
    }
}
