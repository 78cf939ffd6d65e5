using Unlearn.Synthetic.Losses;
using static Unlearn.Synthetic.PointRole;

namespace Unlearn.Synthetic;

/// <summary>The methods of the synthetic experiment with the rates and β of the paper's Table 1.</summary>
public static class SyntheticMethods
{
    private static readonly MethodTerm Ascent = new(Forget, new AscentLoss());
    private static readonly MethodTerm Uninformed = new(Forget, new LabelLoss(Alternative: true));
    private static readonly MethodTerm RetainLabels = new(Retain, new LabelLoss());
    private static readonly MethodTerm RetainDivergence = new(Retain, new DivergenceLoss());

    /// <summary>The six methods of the paper's Figures 4 and 9.</summary>
    public static IReadOnlyList<string> Published { get; } = ["GA", "GA+RT", "IDK+RT", "NPO", "NPO+RT", "DPO+RT"];

    /// <summary>All twelve: the published six, their KL forms, and what only the authors' code has (KTO, GA+RT+2FGKL).</summary>
    /// <remarks>
    /// Table 1 has two columns, α = 1 and α = 0. DPO+RT at α = 0 takes Table 1's rate of 0.05; the authors' parameter file says 0.02, but
    /// their Figure 4(b) fits 0.05 better.
    /// </remarks>
    /// <param name="alpha">1 or 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The paper has no parameters for another α.</exception>
    public static IReadOnlyList<SyntheticMethod> OfPaper(double alpha)
    {
        var (ascent, preference, npoBeta, dpoBeta) = alpha switch
        {
            1 => (5e-4, 5e-3, 1.0, 0.1),
            0 => (1e-4, 5e-2, 10.0, 5.0),
            _ => throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "The paper has rates for alpha 1 and 0 only."),
        };
        var npo = new MethodTerm(Forget, new NpoLoss(npoBeta));
        var dpo = new MethodTerm(Forget, new DpoLoss(dpoBeta));
        return
        [
            new("GA", ascent, Ascent),
            new("GA+RT", ascent, Ascent, RetainLabels),
            new("GA+KL", ascent, Ascent, RetainDivergence),
            new("IDK+RT", ascent, Uninformed, RetainLabels),
            new("NPO", preference, npo),
            new("NPO+RT", preference, npo, RetainLabels),
            new("NPO+KL", preference, npo, RetainDivergence),
            new("DPO", preference, dpo),
            new("DPO+RT", preference, dpo, RetainLabels),
            new("DPO+KL", preference, dpo, RetainDivergence),
            new("KTO", preference, new MethodTerm(Forget, new KtoLoss(npoBeta))),
            new("GA+RT+2FGKL", ascent, Ascent, RetainLabels, new MethodTerm(Forget, new DivergenceLoss(), 2)),
        ];
    }

    /// <summary>Figure 3: GA and NPO with falling β, all at α = 1 and the same rate.</summary>
    public static IReadOnlyList<SyntheticMethod> BetaSweep { get; } =
    [
        new("GA", 5e-4, Ascent),
        .. new[] { 0.01, 0.1, 0.2, 0.5, 1 }.Select(beta => new SyntheticMethod(
            FormattableString.Invariant($"β {beta}"), 5e-4, new MethodTerm(Forget, new NpoLoss(beta)))),
    ];

    /// <summary>The two models that unlearning needs: the reference, trained on all points, and the retrained, on retain points.</summary>
    /// <remarks>The mean over all points is the two means weighted by their shares.</remarks>
    /// <param name="settings">Sizes and rate.</param>
    public static IReadOnlyList<SyntheticMethod> Training(SyntheticSettings settings)
    {
        double all = settings.RetainPoints + settings.ForgetPoints;
        return
        [
            new("reference", settings.TrainingRate,
                new MethodTerm(Retain, new LabelLoss(), settings.RetainPoints / all),
                new MethodTerm(Forget, new LabelLoss(), settings.ForgetPoints / all)),
            new("retrained", settings.TrainingRate, RetainLabels),
        ];
    }
}
