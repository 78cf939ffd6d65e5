using System.Numerics;
using Unlearn.Metrics;

namespace Unlearn.Tests.Metrics;

public sealed class ForgetQualityTests
{
    [Fact]
    public void A_model_against_itself_is_indistinguishable() =>
        Assert.Equal(new ForgetQuality(1, 0, 0, 3, 3), ForgetQuality.Of([0.3, 0.1, 0.2], [0.1, 0.2, 0.3]));

    // TOFU's forget05 has 200 rows: every collapsed model of the published tables stands at 1.94e-119.
    [Fact]
    public void Complete_collapse_shows_as_the_least_value_that_so_many_rows_can_give()
    {
        var quality = ForgetQuality.Of(Places(200), [.. Places(200).Select(x => x + 1000)]);

        Assert.Equal(1, quality.Statistic);
        Assert.Equal(1, quality.Value / 1.9426434495222363e-119, tolerance: 1e-12);
        Assert.True(quality.Value < ForgetQuality.MeaningfulAbove);
        Assert.Equal((200, 200), (quality.Rows, quality.RetainedRows));
    }

    [Theory, InlineData(520, 520), InlineData(700, 700), InlineData(700, 500)]
    public void The_logarithm_goes_on_where_the_p_value_underflows(int n, int m)
    {
        var quality = ForgetQuality.Of(Places(n), [.. Places(m).Select(x => x + 1000)]);

        var arrangements = Enumerable.Range(1, n).Aggregate(BigInteger.One, (all, k) => all * (m + k) / k);
        Assert.InRange(quality.Value, 0, 1e-300);
        Assert.Equal(Math.Log10(2) - BigInteger.Log10(arrangements), quality.Log10, tolerance: 1e-9);
    }

    [Fact]
    public void Small_samples_are_counted_out()
    {
        // D = 1 in 2 of C(5, 2) = 10 orders.
        var quality = ForgetQuality.Of([1, 2], [3, 4, 5]);

        Assert.Equal(0.2, quality.Value, tolerance: 1e-15);
        Assert.Equal(Math.Log10(0.2), quality.Log10, tolerance: 1e-15);
        Assert.Equal((2, 3), (quality.Rows, quality.RetainedRows));
    }

    private static double[] Places(int n) => [.. Enumerable.Range(0, n).Select(i => (double)i)];
}
