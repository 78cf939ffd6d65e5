using Unlearn.Reporting;

namespace Unlearn.Synthetic;

/// <summary>What the paper says of its synthetic experiment, tested over worlds.</summary>
/// <remarks>
/// The paper shows means of five worlds. Here a claim about distances is a share of worlds with Wilson's 95 % interval, and holds when the
/// whole interval is above one half: it is true of most worlds. A claim about differences is a mean of paired differences, and holds when
/// the whole interval is above zero.
/// </remarks>
public static class SyntheticClaims
{
    private const string Paper = "2404.05868, ";
    private const double Near = 0.005;

    /// <summary>The claims.</summary>
    /// <param name="apart">Population at α = 1.</param>
    /// <param name="together">Population at α = 0.</param>
    /// <param name="sweep">Of <see cref="PopulationPlan.BetaSweep"/>.</param>
    public static IReadOnlyList<Claim> Of(PopulationResult apart, PopulationResult together, PopulationResult sweep)
    {
        string[] forgetting = ["GA", "GA+RT", "NPO", "NPO+RT", "DPO+RT"];
        bool[] Reach(string method) => [.. apart[method].SmallestForgetEarly.Select(distance => distance < Near)];
        var slowest = forgetting.MinBy(method => Reach(method).Count(reached => reached))!;
        var others = SyntheticMethods.Published.Where(method => method != "NPO+RT").ToArray();
        return
        [
            Share("synthetic-all-forget",
                "Every method but IDK+RT comes within 0.005 of the retrained model on the forget law in 1200 steps",
                "section 4.1, Figure 4 (a1)",
                $"share of worlds in which the slowest of GA, GA+RT, NPO, NPO+RT, DPO+RT ({slowest}) did; α = 1", Reach(slowest)),
            Share("synthetic-idk-does-not-forget", "IDK+RT does not", "section 4.1, Figure 4 (a1)",
                "share of worlds in which IDK+RT did not; α = 1", [.. Reach("IDK+RT").Select(reached => !reached)]),
            Difference("synthetic-ga-diverges", "The retain distance of GA and GA+RT diverges, that of NPO+RT and DPO+RT stabilises",
                "section 4.1, Figure 4 (a2)",
                "growth of the retain distance over the last 800 steps: the smaller of GA, GA+RT − the larger of NPO+RT, DPO+RT; α = 1",
                Worlds(apart, i => Math.Min(Growth(apart["GA"], i), Growth(apart["GA+RT"], i))
                    - Math.Max(Growth(apart["NPO+RT"], i), Growth(apart["DPO+RT"], i)))),
            Share("synthetic-npo-rt-best-tradeoff", "NPO+RT has the best trade-off of both distances", "section 4.1, Figure 4 (a3)",
                "share of worlds in which its smallest sum of both distances is the smallest of six methods; α = 1",
                Worlds(apart, i => others.All(method => apart["NPO+RT"].SmallestSum[i] < apart[method].SmallestSum[i]))),
            Difference("synthetic-npo-keeps-more-than-ga", "Without retain data, NPO keeps more than GA",
                "section 4.1, Figures 3 and 4 (a3)",
                "retain distance when the forget distance first is at most 0.05: GA − NPO with β = 1 at one rate, where both get there",
                Paired(sweep["GA"].RetainWhenForgotten, sweep["β 1"].RetainWhenForgotten)),
            Difference("synthetic-beta-to-zero-is-ga", "NPO becomes gradient ascent as β goes to zero", "Proposition 1, Figure 3",
                "how much nearer to GA β = 0.01 is than β = 0.1: the gap in forget KL after 2,000 steps at one rate, β = 0.1 − β = 0.01",
                Nearer(sweep)),
            Share("synthetic-npo-rt-best-when-laws-coincide",
                "Where forget and retain laws coincide, NPO+RT ends nearest to the retrained model",
                "section 4.1, Figure 4 (b)",
                "share of worlds in which its forget distance after the last step is the smallest of six; α = 0",
                Worlds(together, i => others.All(method => together["NPO+RT"].ForgetAt[^1][i] < together[method].ForgetAt[^1][i]))),
            Share("synthetic-moderate-kl-is-best", "A very large forget KL (GA) or a very small one (IDK+RT) goes with bad unlearning",
                "appendix, Figure 9 (a)",
                "share of worlds in which NPO+RT's forget KL lies between theirs and its sum of distances is below both; α = 1, last step",
                Worlds(apart, i => IsBetween(apart, i))),
        ];
    }

    private static double Growth(MethodResult method, int world) => method.RetainAt[^1][world] - method.RetainAt[^2][world];

    private static bool IsBetween(PopulationResult population, int world)
    {
        double Kl(string method) => population[method].ForgetKlAt[^1][world];
        double Sum(string method) => population[method].ForgetAt[^1][world] + population[method].RetainAt[^1][world];

        return Kl("IDK+RT") < Kl("NPO+RT") && Kl("NPO+RT") < Kl("GA")
            && Sum("NPO+RT") < Sum("IDK+RT") && Sum("NPO+RT") < Sum("GA");
    }

    private static double[] Nearer(PopulationResult sweep)
    {
        var place = sweep.KeptSteps.ToList().IndexOf(2000);
        double Gap(string method, int world) => Math.Abs(sweep["GA"].ForgetKlAt[place][world] - sweep[method].ForgetKlAt[place][world]);

        return Worlds(sweep, world => Gap("β 0.1", world) - Gap("β 0.01", world));
    }

    private static double[] Paired(IReadOnlyList<double?> first, IReadOnlyList<double?> second) =>
        [.. first.Zip(second, (a, b) => a - b).OfType<double>()];

    private static T[] Worlds<T>(PopulationResult population, Func<int, T> value) =>
        [.. Enumerable.Range(0, population.Instances).Select(value)];

    private static Claim Difference(string id, string statement, string source, string test, double[] differences) => differences.Length > 0
        ? Claim.Positive(id, statement, Paper + source, test, differences, "paper, synthetic")
        : new(id, statement, Paper + source, test, 0, null, null, 0, "paper, synthetic", "not testable at this scale");

    /// <summary>Wilson's interval for a share; reproduced when it lies above one half.</summary>
    private static Claim Share(string id, string statement, string source, string test, bool[] worlds)
    {
        const double z = 1.959963984540054;
        double n = worlds.Length, share = worlds.Count(held => held) / n;
        var centre = (share + z * z / (2 * n)) / (1 + z * z / n);
        var half = z / (1 + z * z / n) * Math.Sqrt(share * (1 - share) / n + z * z / (4 * n * n));
        return new(id, statement, Paper + source, test, share, centre - half, centre + half, worlds.Length, "paper, synthetic",
            centre - half > 0.5 ? "reproduced" : "not reproduced");
    }
}
