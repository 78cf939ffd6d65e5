using Unlearn.Metrics.Quality;

namespace Unlearn.Tests.Metrics.Quality;

public sealed class CleannessTests
{
    private static readonly double[] Clean = [0.9, 0.95, 0.97, 0.99], Gibberish = [0.1, 0.2, 0.3, 0.4];

    [Fact]
    public void Text_cleanness_is_the_mean_with_every_answers_score()
    {
        var measured = TextCleanness.Measure(Clean);
        Assert.Equal(0.9525, measured.Value, tolerance: 1e-15);
        Assert.Equal(Clean, measured.PerItem.AsEnumerable());
    }

    [Fact]
    public void A_model_against_itself_is_indistinguishable_whatever_the_order() =>
        Assert.Equal(new CleannessIndistinguishability(1, 0, 0, 4, 4), CleannessIndistinguishability.Of(Clean, [.. Clean.Reverse()]));

    // Of C(8, 4) = 70 arrangements two separate the samples.
    [Fact]
    public void Samples_that_do_not_overlap_give_the_least_p_value()
    {
        var told = CleannessIndistinguishability.Of(Gibberish, Clean);
        Assert.Equal(2.0 / 70, told.Value, tolerance: 1e-15);
        Assert.Equal(1, told.Statistic);
    }

    // h = n·D whole: the vectors of the reference for AltPO's metrics, n = 300.
    [Theory]
    [InlineData(17, 0.722063), InlineData(13, 0.941447), InlineData(22, 0.395830)]
    [InlineData(12, 0.970467), InlineData(14, 0.900323), InlineData(20, 0.518269)]
    public void Three_hundred_answers_give_the_published_p_values(int h, double p)
    {
        double[] one = [.. Enumerable.Range(0, 300).Select(i => i / 1000.0)];
        var told = CleannessIndistinguishability.Of(one, [.. one.Select(x => x + (h - 0.5) / 1000)]);

        Assert.Equal(h / 300.0, told.Statistic, tolerance: 1e-15);
        Assert.Equal(p, told.Value, tolerance: 5e-7);
    }

    [Theory, InlineData(-0.01), InlineData(1.01), InlineData(double.NaN)]
    public void What_is_no_probability_is_named(double score)
    {
        Assert.Contains("answer 1", Assert.Throws<ArgumentException>(() => TextCleanness.Measure([0.5, score])).Message);
        Assert.Contains("answer 0", Assert.Throws<ArgumentException>(() => CleannessIndistinguishability.Of(Clean, [score])).Message);
    }

    [Fact]
    public void No_answers_have_no_cleanness() => Assert.Throws<ArgumentException>(() => TextCleanness.Measure([]));
}
