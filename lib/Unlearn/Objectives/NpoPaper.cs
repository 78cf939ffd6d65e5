using System.Collections.Immutable;

namespace Unlearn.Objectives;

/// <summary>The twelve methods that the NPO paper compares on TOFU, as its code computes them.</summary>
/// <remarks>Zhang, Lin, Bai, Mei, 2024. <see href="https://arxiv.org/abs/2404.05868"/></remarks>
public static class NpoPaper
{
    /// <summary>All methods, in the order of the paper's figures.</summary>
    /// <param name="beta">β of DPO, KTO and NPO; 0.1 in the paper.</param>
    /// <param name="retain">Weight of the retain term; 1 in the paper but for Forget50 (5) and Forget90 (12).</param>
    /// <param name="divergence">Where KL terms look.</param>
    public static ImmutableArray<Objective> Methods(double beta = 0.1, double retain = 1, Divergence divergence = default)
    {
        var (ga, dpo, kto, npo) = (Objective.Of(new GradientAscent()), Objective.Of(new Dpo(beta)), Objective.Of(new Kto(beta)),
            Objective.Of(new Npo(beta)));
        return
        [
            ga, WithRetain(ga), WithKl(ga), Objective.Of(new AlternateLoss(Pooled: true)),
            dpo, WithRetain(dpo), WithKl(dpo), kto, WithRetain(kto), npo, WithRetain(npo), WithKl(npo),
        ];

        Objective WithRetain(Objective objective) => objective.And(new RetainLoss(), retain);
        Objective WithKl(Objective objective) => objective.And(new DivergenceLoss(RowGroup.Retain, divergence));
    }

    /// <summary>One of <see cref="Methods"/> by its name.</summary>
    /// <param name="name">As in tables: "NPO+RT".</param>
    /// <param name="beta">β of DPO, KTO and NPO.</param>
    /// <param name="retain">Weight of the retain term.</param>
    /// <param name="divergence">Where KL terms look.</param>
    /// <exception cref="ArgumentException">No method has that name; the message lists them.</exception>
    public static Objective Method(string name, double beta = 0.1, double retain = 1, Divergence divergence = default)
    {
        var methods = Methods(beta, retain, divergence);
        return methods.FirstOrDefault(method => method.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(
                $"A method should be one of {string.Join(", ", methods.Select(method => method.Name))} but is \"{name}\".", nameof(name));
    }
}
