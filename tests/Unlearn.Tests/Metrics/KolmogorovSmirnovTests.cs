using System.Text.Json;
using Unlearn.Metrics;

namespace Unlearn.Tests.Metrics;

public sealed class KolmogorovSmirnovTests
{
    private static readonly Case[] Cases = JsonSerializer.Deserialize<Case[]>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Metrics", "Fixtures", "ks.json")),
        JsonSerializerOptions.Web)!;

    // Small samples: all arrangements enumerated; larger ones, unequal and with ties: scipy. Fixtures/make_ks.py.
    [Fact]
    public void Statistic_and_p_value_are_those_of_the_fixture() => Assert.All(Cases, c =>
    {
        var test = KolmogorovSmirnov.Test(c.A, c.B);
        Assert.Equal(c.Statistic, test.Statistic, tolerance: 1e-15);
        Assert.Equal(1, test.PValue / c.PValue, tolerance: 1e-10);
        Assert.Equal(Math.Log10(c.PValue), test.Log10PValue, tolerance: 1e-10);
    });

    // ks_exact_p_equal_sizes of the reference for the NPO paper's metrics, made from the closed form; h = n·D.
    [Theory]
    [InlineData(40, 4, 0.9900193288833087), InlineData(40, 8, 0.404587405685253), InlineData(40, 10, 0.16497269950224192)]
    [InlineData(40, 12, 0.05414107748036271), InlineData(40, 14, 0.014301548047706456), InlineData(40, 20, 6.576891324527398e-05)]
    [InlineData(40, 40, 1.8603403656036264e-23), InlineData(200, 4, 0.999999999999779), InlineData(200, 200, 1.9426434495222363e-119)]
    [InlineData(300, 25, 0.24882478439579694), InlineData(300, 33, 0.052963839731252564), InlineData(300, 60, 1.156215722828232e-05)]
    [InlineData(300, 300, 1.4802978791996818e-179), InlineData(400, 400, 1.0635896769518568e-239)]
    public void Equal_sizes_give_the_closed_form(int n, int h, double p)
    {
        // Shifted by h − ½ places, n·D is h.
        var test = KolmogorovSmirnov.Test(Places(n), [.. Places(n).Select(x => x + h - 0.5)]);
        Assert.Equal((double)h / n, test.Statistic, tolerance: 1e-15);
        Assert.Equal(1, test.PValue / p, tolerance: 1e-12);
        Assert.Equal(Math.Log10(p), test.Log10PValue, tolerance: 1e-12);
    }

    // Of C(1400, 700) ≈ 10^420 arrangements two reach D = 1.
    [Fact]
    public void The_logarithm_survives_where_the_p_value_underflows()
    {
        var test = KolmogorovSmirnov.Test(Places(700), [.. Places(700).Select(x => x + 700)]);
        var expected = Math.Log10(2) - Enumerable.Range(1, 700).Sum(k => Math.Log10((700.0 + k) / k));
        Assert.Equal(0, test.PValue);
        Assert.Equal(expected, test.Log10PValue, tolerance: 1e-9);
    }

    [Fact]
    public void A_sample_against_itself_cannot_be_told_apart() =>
        Assert.Equal(new(0, 1, 0), KolmogorovSmirnov.Test([3, 1, 2, 2], [2, 3, 2, 1]));

    [Fact]
    public void Swapping_the_samples_or_mapping_both_monotonically_changes_nothing() => Assert.All(Cases, c =>
    {
        var test = KolmogorovSmirnov.Test(c.A, c.B);
        Assert.Equal(test, KolmogorovSmirnov.Test(c.B, c.A));
        Assert.Equal(test, KolmogorovSmirnov.Test([.. c.A.Select(Math.Exp)], [.. c.B.Select(Math.Exp)]));
        Assert.Equal(test.Statistic, KolmogorovSmirnov.Statistic(c.A.Reverse().ToArray(), c.B));
    });

    [Fact]
    public void Infinite_values_have_their_place_in_the_order() =>
        Assert.Equal(1, KolmogorovSmirnov.Statistic([double.NegativeInfinity, 0], [1, double.PositiveInfinity]));

    [Fact]
    public void Wrong_samples_are_an_error()
    {
        Assert.Contains("a is empty", Assert.Throws<ArgumentException>(() => KolmogorovSmirnov.Test([], [1])).Message);
        Assert.Contains("b contains NaN", Assert.Throws<ArgumentException>(() => KolmogorovSmirnov.Statistic([1], [double.NaN])).Message);
        Assert.Contains("too large", Assert.Throws<ArgumentException>(() => KolmogorovSmirnov.Test(Places(6000), Places(6000))).Message);
    }

    private static double[] Places(int n) => [.. Enumerable.Range(0, n).Select(i => (double)i)];

    private sealed record Case(double[] A, double[] B, double Statistic, double PValue);
}
