using System.Collections.Immutable;

namespace Unlearn.Objectives;

/// <summary>Alternate Preference Optimization (AltPO) and every loss beside it in its authors' code, with SimNPO as OpenUnlearning has it.</summary>
/// <remarks>
/// <para>
/// With r = log πθ − log π_ref of whole answers, y to forget and ỹ in its place, M the mean loss over tokens and R = w · M(retain):
/// </para>
/// <code>
///   AltPO, IdkDPO     −(2/β) E log σ( β r(ỹ) − β r(y) ) + R        ỹ invented, or a refusal
///   NPO+RT            −(2/β) E log σ( −β r(y) ) + R
///   GA, GradDiff      −M(y),    −M(y) + R
///   GA+KL             −M(y) + w · D(π_ref ‖ πθ) over retain rows
///   IDK, Alternates   M(ỹ) + R                                     ỹ a refusal, or invented
///   Naive             −α M(y) + M(ỹ) + R
///   NPO+Alternates    −(2/β) E log σ( −β r(y) ) + M(ỹ) + R
///   Positive          −(2/β) E log σ( β r(ỹ) ) + R
///   Decoupled         −(2/β) E log σ( β r(ỹ) ) − (2/β) E log σ( −β r(y) ) + R
///   SimNPO            0.125 · SimNPO(β = 4.5) + R
/// </code>
/// <para>
/// Preferences sum over an answer's tokens and M does not, so w = 1 is a weak pull; and 2/β makes the first step of every preference that
/// of gradient ascent on sums, so β only decides where it saturates.
/// </para>
/// <para>Mekala, Dorna, Dubey, Lalwani, Koleczek, Rungta, Hasan, Lobo, 2024. <see href="https://arxiv.org/abs/2409.13474"/></para>
/// </remarks>
public static class AltPoPaper
{
    private const double SimNpoWeight = 0.125;

    /// <summary>The paper.</summary>
    public static Paper Source { get; } = new("AltPO",
        "Alternate Preference Optimization for Unlearning Factual Knowledge in Large Language Models", 2024,
        "https://arxiv.org/abs/2409.13474");

    /// <summary>All methods: AltPO, what it is compared with, and its parts.</summary>
    /// <param name="beta">β of the preferences; 0.1 for AltPO and IdkDPO and 0.05 for NPO in the authors' README. SimNPO has its own.</param>
    /// <param name="retainWeight">w; 1 for AltPO and IdkDPO and 2 for NPO in the authors' README.</param>
    /// <param name="alpha">α, the weight of gradient ascent in "Naive"; positive.</param>
    public static ImmutableArray<AltPoMethod> Methods(double beta = 0.1, double retainWeight = 1, double alpha = 1)
    {
        var (preference, npo, positive, ascent, imitation) = (
            Objective.Of(new Dpo(beta)), Objective.Of(new Npo(beta)), Objective.Of(new PositivePreference(beta)),
            Objective.Of(new GradientAscent()), Objective.Of(new AlternateLoss()));
        return
        [
            new("AltPO", "subdpo", Positives.Alternates, Retaining(preference)),
            new("IdkDPO", "idkdpo", Positives.Refusals, Retaining(preference)),
            new("NPO+RT", "npo", Positives.None, Retaining(npo)),
            new("GA", "grad_ascent", Positives.None, ascent),
            new("GradDiff", "grad_diff", Positives.None, Retaining(ascent)),
            new("GA+KL", "KL", Positives.None, ascent.And(new DivergenceLoss(), retainWeight)),
            new("IDK", "idk", Positives.Refusals, Retaining(imitation)),
            new("Alternates", "sub", Positives.Alternates, Retaining(imitation)),
            new("Naive", "subdiff", Positives.Alternates, Retaining(Objective.Of(new GradientAscent(), alpha).And(new AlternateLoss()))),
            new("NPO+Alternates", "subnpo", Positives.Alternates, Retaining(npo.And(new AlternateLoss()))),
            new("Positive", "subppo", Positives.Alternates, Retaining(positive)),
            new("Decoupled", "subppo_npo", Positives.Alternates, Retaining(positive.And(new Npo(beta)))),
            new("SimNPO", "simnpo", Positives.None, Retaining(Objective.Of(new SimNpo(), SimNpoWeight))),
        ];

        Objective Retaining(Objective objective) => objective.And(new RetainLoss(), retainWeight);
    }

    /// <summary>One of <see cref="Methods"/>.</summary>
    /// <param name="name">Its name in tables, "AltPO", or in the authors' code, "subdpo".</param>
    /// <param name="beta">β of the preferences.</param>
    /// <param name="retainWeight">w.</param>
    /// <param name="alpha">α of "Naive".</param>
    /// <exception cref="ArgumentException">No method has that name; the message lists them.</exception>
    public static AltPoMethod Method(string name, double beta = 0.1, double retainWeight = 1, double alpha = 1)
    {
        var methods = Methods(beta, retainWeight, alpha);
        return methods.FirstOrDefault(method => Is(method.Name) || Is(method.Code)) ?? throw new ArgumentException(
            $"A method should be one of {string.Join(", ", methods.Select(method => method.Name))} but is \"{name}\".", nameof(name));

        bool Is(string other) => other.Equals(name, StringComparison.OrdinalIgnoreCase);
    }
}
