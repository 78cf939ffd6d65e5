using Unlearn.Data.World;
using Unlearn.Synthetic;

namespace Unlearn.Tests.Synthetic;

public sealed class MedianBandTests
{
    [Fact]
    public void Probabilities_are_counts_of_orders()
    {
        // 3 own values and 5 of the other sample: of all 8!/(3! 5!) = 56 orders, those with k own values before the other's third.
        var counts = new double[4];
        for (var mask = 0; mask < 256; mask++)
        {
            if (int.PopCount(mask) != 3) continue;                   // set bits are the places of own values
            var (own, other) = (0, 0);
            for (var place = 0; other < 3; place++)
            {
                if ((mask >> place & 1) == 1) own++;
                else other++;
            }
            counts[own]++;
        }

        for (var k = 0; k <= 3; k++) Assert.Equal(counts[k] / 56, MedianBand.Probability(k, n: 3, m: 5, j: 3), tolerance: 1e-12);
    }

    [Fact]
    public void Two_samples_of_two_hundred_are_bounded_by_the_80th_and_121st_value()
    {
        var band = MedianBand.For([.. Enumerable.Range(1, 200).Select(i => (double)i)], 200);

        Assert.Equal(new(80, 121), band);
    }

    [Fact]
    public void The_band_holds_another_median_as_often_as_it_says()
    {
        var bits = new SplitMix64(4);
        double Value() => Math.Exp(10 * (bits.Next() >> 11) / (double)(1UL << 53));        // heavy tail: the law does not matter
        var held = Enumerable.Range(0, 4000).Count(_ =>
        {
            var own = Enumerable.Range(0, 40).Select(_ => Value()).ToArray();
            var other = Enumerable.Range(0, 30).Select(_ => Value()).ToArray();
            return MedianBand.For(own, 30).Contains(Quantiles.Quantile([.. other.Order()], 0.5));
        });

        Assert.InRange(held / 4000.0, 0.95, 0.985);       // at least 95 %; a few more, because order statistics come in steps
    }

    [Fact]
    public void Too_few_values_bound_nothing() =>
        Assert.Equal(new(double.NegativeInfinity, double.PositiveInfinity), MedianBand.For([1, 2, 3], 3));
}
