using Unlearn.Reporting;
using Unlearn.Tests.Experiments;

namespace Unlearn.Tests.Reporting;

public sealed class NpoClaimsTests
{
    private static readonly long[] Seeds = [0, 1, 2];

    [Fact]
    public void Collapse_is_the_loss_of_more_than_half_of_the_utility()
    {
        var claims = NpoClaims.Test(
            [.. Seeds.Select(seed => Results.Of(Results.Spec("GA", seed: seed), (0.5, -1), (0.01 * seed, -9))),
             .. Seeds.Select(seed => Results.Of(Results.Spec("NPO+RT", seed: seed), (0.5, -1), (0.4, -1)))], "mini");

        var (collapse, kept) = (Single(claims, "npo-ga-collapses"), Single(claims, "npo-rt-keeps-utility"));
        Assert.Equal((0.44, "reproduced", 3), (Math.Round(collapse.Value, 12), collapse.Verdict, collapse.Seeds));
        Assert.Equal((-0.05, "not reproduced"), (Math.Round(kept.Value, 12), kept.Verdict));
    }

    [Fact]
    public void A_difference_is_taken_within_a_seed_and_only_where_both_runs_are()
    {
        var claims = NpoClaims.Test(
        [
            Results.Of(Results.Spec("NPO", seed: 1), (0.5, -1)), Results.Of(Results.Spec("GA", seed: 1), (0.5, -3)),
            Results.Of(Results.Spec("NPO", seed: 2), (0.5, -2)), Results.Of(Results.Spec("GA", seed: 2), (0.5, -5)),
            Results.Of(Results.Spec("NPO", seed: 3), (0.5, -9)),
        ], "mini");

        var claim = Single(claims, "npo-forgets-better-than-ga-10");
        Assert.Equal((2.5, 2), (claim.Value, claim.Seeds));
    }

    // On forget01 GA rises to −1 and falls to −4; NPO stays at its best.
    [Fact]
    public void The_fall_after_the_best_epoch_is_what_tells_a_plateau()
    {
        var claims = NpoClaims.Test(
            [Results.Of(Results.Spec("GA", 1), (0.5, -1), (0.2, -4)), Results.Of(Results.Spec("NPO", 1), (0.5, -2), (0.5, -2))], "mini");

        Assert.Equal(3, Single(claims, "npo-plateaus").Value, 12);
    }

    [Fact]
    public void Larger_forget_sets_have_claims_of_their_own()
    {
        var claims = NpoClaims.Test(
        [
            .. from method in (string[])["GA", "GA+RT", "IDK+RT", "DPO+RT"]
               from percent in (int[])[20, 50]
               select Results.Of(Results.Spec(method, percent), (0.5, -20), (0.5, -3)),
            Results.Of(Results.Spec("NPO+RT", 20), (0.5, -20), (0.5, -1)), Results.Of(Results.Spec("NPO+RT", 50), (0.5, -20), (0.5, -5)),
            Results.Of(Results.Spec("NPO+RT", 50) with { RetainWeight = 5 }, (0.5, -20), (0.45, -1)),
        ], "mini");

        Assert.Equal(Math.Log10(20) - 1, Single(claims, "npo-rt-reaches-005-20").Value, 12);
        Assert.Equal(3 - Math.Log10(20), Single(claims, "npo-no-baseline-reaches-005-20").Value, 12);
        Assert.Equal(-2, Single(claims, "npo-rt-best-50").Value, 12);
        Assert.Equal(0.45 - 0.88 * 0.9, Single(claims, "npo-tuned-keeps-50").Value, 12);
        Assert.DoesNotContain(claims, claim => claim.Id.EndsWith("30", StringComparison.Ordinal));
    }

    [Fact]
    public void Claims_without_results_are_left_out() => Assert.Empty(NpoClaims.Test([], "mini"));

    private static Claim Single(IEnumerable<Claim> claims, string id) => Assert.Single(claims, claim => claim.Id == id);
}
