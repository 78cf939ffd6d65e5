using Unlearn.Numerics;

namespace Unlearn.Tests.Numerics;

public sealed class MeanIntervalTests
{
    // scipy.stats.t.interval(0.95, n - 1, loc=x.mean(), scale=scipy.stats.sem(x))
    [Fact]
    public void The_interval_is_Students()
    {
        var five = MeanInterval.Of([0.1, 0.4, 0.2, 0.35, 0.15]);

        Assert.Equal((0.24, 5), (Math.Round(five.Mean, 14), five.Count));
        Assert.Equal(0.07930162146340011, five.Low, 1e-12);
        Assert.Equal(0.40069837853659973, five.High, 1e-12);

        var two = MeanInterval.Of([1, 4]);
        Assert.Equal(-16.55930710464814, two.Low, 1e-9);
        Assert.Equal(21.55930710464814, two.High, 1e-9);
    }

    [Fact]
    public void A_single_value_has_no_bounds_and_equal_values_have_no_width()
    {
        Assert.Equal(new(0.5, double.NegativeInfinity, double.PositiveInfinity, 1), MeanInterval.Of([0.5]));
        Assert.Equal(new(0.5, 0.5, 0.5, 3), MeanInterval.Of([0.5, 0.5, 0.5]));
    }

    [Fact]
    public void No_values_and_values_that_are_no_numbers_are_refused_with_what_came()
    {
        Assert.Contains("got []", Assert.Throws<ArgumentException>(() => MeanInterval.Of([])).Message, StringComparison.Ordinal);
        Assert.Contains("got [0.5, NaN]", Assert.Throws<ArgumentException>(() => MeanInterval.Of([0.5, double.NaN])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void One_line_shows_mean_bounds_and_count() =>
        Assert.Equal("0.24 [0.0793, 0.401] (n = 5)", MeanInterval.Of([0.1, 0.4, 0.2, 0.35, 0.15]).ToString());
}
