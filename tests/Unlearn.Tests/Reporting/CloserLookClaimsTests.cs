using Unlearn.Experiments;
using Unlearn.Reporting;
using Unlearn.Tests.Experiments;

namespace Unlearn.Tests.Reporting;

public sealed class CloserLookClaimsTests
{
    private static readonly string[] Others = ["GA+GD", "NPO+GD", "DPO+GD", "IDK+GD"];

    [Fact]
    public void Keeping_is_the_loss_of_at_most_a_twentieth_and_collapse_of_more_than_half()
    {
        var claims = CloserLookClaims.Test([.. Two("ME+GD", (0.77, 0.9)), .. Two("DPO+GD", (0.3, 0.8)), .. Two("IDK+GD", (0.5, 0.8))], "mini");

        Assert.Equal((0.01, "reproduced"), Outcome(claims, "closer-me-gd-keeps-10"));
        Assert.Equal((0.1, "reproduced"), Outcome(claims, "closer-collapse-dpo-gd"));
        Assert.Equal((-0.1, "not reproduced"), Outcome(claims, "closer-collapse-idk-gd"));
    }

    [Fact]
    public void The_highest_efficacy_is_highest_of_all_six_and_needs_all_six()
    {
        TrialResult[] five = [.. Two("ME+GD", (0.7, 0.9)), .. Others.SelectMany(method => Two(method, (0.7, 0.6)))];

        Assert.DoesNotContain(CloserLookClaims.Test(five, "mini"), claim => claim.Id == "closer-me-forgets-most-10");
        Assert.Equal((-0.05, "not reproduced"), Outcome(
            CloserLookClaims.Test([.. five, .. Two("IDK+AP", (0.7, 0.95))], "mini"), "closer-me-forgets-most-10"));
    }

    // Another form of ME is another method: it neither helps nor hurts the claims on the code's own.
    [Fact]
    public void Forms_of_maximising_entropy_do_not_stand_for_the_codes_own()
    {
        var other = Results.Spec("ME+GD") with { CloserLook = CloserLookGrid.Entropies[^1] };

        Assert.Empty(CloserLookClaims.Test([Results.Look(other, (0.7, 0.9))], "mini"));
    }

    // The weight is known from the first epoch on; both are 0.5 here.
    [Fact]
    public void The_fall_of_the_weight_is_taken_between_the_first_epoch_and_the_last() => Assert.Equal(
        (0, "not reproduced"), Outcome(CloserLookClaims.Test([.. Two("IDK+AP", (0.7, 0.9))], "mini"), "closer-ap-weight-falls"));

    private static TrialResult[] Two(string method, (double, double) end)
    {
        CloserLookSettings settings = method == "ME+GD" ? CloserLookGrid.Entropies[0] : new();
        return [.. new long[] { 0, 1 }.Select(seed => Results.Look(Results.Spec(method, seed: seed) with { CloserLook = settings }, end))];
    }

    private static (double Value, string Verdict) Outcome(IReadOnlyList<Claim> claims, string id) =>
        claims.Single(claim => claim.Id == id) is var claim ? (Math.Round(claim.Value, 12), claim.Verdict) : default;
}
