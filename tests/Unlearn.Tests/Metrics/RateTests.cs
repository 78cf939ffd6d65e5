using Unlearn.Metrics;

namespace Unlearn.Tests.Metrics;

public sealed class RateTests
{
    // Newcombe, 1998, Statistics in Medicine 17, Table I, method 3 (score without continuity correction).
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Intervals_are_the_published_ones(int count, int of, double low, double high)
    {
        var interval = new Rate("r", count, of).Interval;

        Assert.Equal(low, interval.Low, precision: 4);
        Assert.Equal(high, interval.High, precision: 4);
    }

    [Fact]
    public void Intervals_of_a_count_and_its_complement_mirror_each_other()
    {
        var (few, many) = (new Rate("r", 3, 17).Interval, new Rate("r", 14, 17).Interval);

        Assert.Equal(few.Low, 1 - many.High, tolerance: 1e-12);
        Assert.Equal(few.High, 1 - many.Low, tolerance: 1e-12);
    }

    [Fact]
    public void A_rate_says_how_many_of_how_many() =>
        Assert.Equal("odd 3/5 = 0.6", Rate.Among("odd", [1, 2, 3, 4, 5], number => number % 2 == 1).ToString());

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(6, 5)]
    [InlineData(0, 0)]
    public void Counts_out_of_range_are_turned_away(int count, int of) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rate("r", count, of));
}
