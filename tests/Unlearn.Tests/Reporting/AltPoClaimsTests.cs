using Unlearn.Experiments;
using Unlearn.Reporting;
using static Unlearn.Tests.Experiments.ResponseStudyTests;

namespace Unlearn.Tests.Reporting;

public sealed class AltPoClaimsTests
{
    [Fact]
    public void A_model_that_answers_as_the_retrained_one_stays_at_its_level_and_one_that_repeats_does_not()
    {
        var claims = Test(
            Two("AltPO", row => row.PerturbedAnswers[0]), Two("NPO+RT", _ => "the the the the the the"),
            Two("Retrained", row => row.PerturbedAnswers[1]));

        Assert.Equal((0.05, "reproduced"), Outcome(claims, "altpo-stays-consistent-10"));
        Assert.Equal(1, Single(claims, "altpo-more-consistent-than-npo-rt").Value);
        Assert.True(Single(claims, "altpo-cleaner-than-npo-rt").Value > 0.8);
        Assert.Equal("reproduced", Single(claims, "altpo-ci-10").Verdict);
        Assert.DoesNotContain(claims, claim => claim.Id == "altpo-more-consistent-than-ga");
    }

    // Self-confidence exp(−loss / 10): 0.9, 0.8, 0.85 and 0.7 for K = 1, 2, 5, 10.
    [Fact]
    public void A_trend_that_rises_once_falls_but_not_at_every_step()
    {
        (int K, double Confidence)[] numbers = [(1, 0.9), (2, 0.8), (5, 0.85), (10, 0.7)];
        var claims = Test([.. from number in numbers from seed in (long[])[0, 1]
            select Answering(Spec("AltPO", seed: seed, k: number.K), row => row.Answer, loss: -10 * Math.Log(number.Confidence))]);

        Assert.Equal((0.2, "reproduced"), Outcome(claims, "altpo-confidence-falls"));
        Assert.Equal((-0.05, "not reproduced"), Outcome(claims, "altpo-confidence-monotone"));
        Assert.DoesNotContain(claims, claim => claim.Id == "altpo-confidence-falls-same-warm-up");
    }

    [Fact]
    public void Numbers_of_alternates_and_warm_ups_are_told_apart_where_alternates_are_taught()
    {
        var claims = Test(
            Two("AltPO", row => row.Answer), Two("NPO+RT", row => row.Answer),
            [.. from seed in (long[])[0, 1] select Answering(Spec("AltPO", seed: seed, warmUp: AltPoGrid.SameWarmUp), _ => "of of of")]);

        Assert.Equal(0, Single(claims, "altpo-more-consistent-than-npo-rt").Value);
        Assert.Equal(-1, Single(claims, "altpo-not-the-warm-up").Value);
    }

    // Only the method above 0.05 counts: that GA says nothing is no news to forget quality.
    [Fact]
    public void Blindness_is_looked_for_among_methods_that_forget()
    {
        TrialResult[][] others =
            [.. AltPoGrid.Compared.Where(method => method is not ("IDK" or "GA")).Select(method => Two(method, row => row.Answer))];
        TrialResult[] Runs(string method, double logQuality) =>
        [
            .. from run in Two(method, _ => "the the the")
               select run with { Points = [run.Points[0], run.Points[1] with { ForgetQualityLog10 = logQuality }] },
        ];

        var blind = Test([.. others, Runs("IDK", -0.5), Runs("GA", -9), Two("Retrained", row => row.Answer)]);
        Assert.Equal(0.95, Round(Single(blind, "altpo-metrics-blind").Value));
        var seen = Test([.. others, Runs("IDK", -9), Runs("GA", -9), Two("Retrained", row => row.Answer)]);
        Assert.Equal(-0.05, Round(Single(seen, "altpo-metrics-blind").Value));
    }

    [Fact]
    public void Every_claim_has_its_own_name_and_none_is_made_without_results()
    {
        Assert.Empty(AltPoClaims.Test([], "mini"));
        var all = AltPoGrid.Compared.AddRange(AltPoGrid.Ablated).Concat(TrialSpec.References)
            .SelectMany(method => Two(method, row => row.Answer)).ToArray();
        var claims = Test(all);
        Assert.True(claims.Count > 20);
        Assert.Equal(claims.Count, claims.Select(claim => claim.Id).Distinct().Count());
        Assert.All(claims, claim => Assert.StartsWith("2409.13474, ", claim.Source, StringComparison.Ordinal));
        Assert.All(
            claims.Where(claim => claim.Test.Contains("cleanness", StringComparison.Ordinal)),
            claim => Assert.Contains("surrogate", claim.Test, StringComparison.Ordinal));
    }

    private static TrialResult[] Two(string method, Func<Unlearn.Data.QaRow, string> answer) =>
        [.. new long[] { 0, 1 }.Select(seed => Answering(Spec(method, seed: seed), answer))];

    private static IReadOnlyList<Claim> Test(params TrialResult[][] runs) =>
        AltPoClaims.Test(Study.Of(runs.SelectMany(run => run)), "mini");

    private static (double, string) Outcome(IEnumerable<Claim> claims, string id) =>
        Single(claims, id) is var claim ? (Round(claim.Value), claim.Verdict) : default;

    private static Claim Single(IEnumerable<Claim> claims, string id) => Assert.Single(claims, claim => claim.Id == id);

    private static double Round(double value) => Math.Round(value, 9);
}
