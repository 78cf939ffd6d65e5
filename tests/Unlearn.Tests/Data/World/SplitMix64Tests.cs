using Unlearn.Data.World;

namespace Unlearn.Tests.Data.World;

public sealed class SplitMix64Tests
{
    // Seed 1234567: the five numbers that implementations in many languages agree on. Seed 0: the start of the sequence
    // with which xoshiro's state is commonly filled.
    [Theory]
    [InlineData(1234567, new ulong[]
    {
        6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821,
    })]
    [InlineData(0, new ulong[] { 0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F, 0xF88BB8A8724C81EC })]
    public void The_sequence_is_the_published_one(ulong seed, ulong[] published)
    {
        var random = new SplitMix64(seed);

        Assert.Equal(published, published.Select(_ => random.Next()));
    }

    [Fact]
    public void A_bounded_number_is_the_high_half_of_the_product_with_the_bound()
    {
        var (bits, random) = (new SplitMix64(7), new SplitMix64(7));

        Assert.All(Enumerable.Range(1, 1000), bound =>
            Assert.Equal((int)(ulong)((UInt128)bits.Next() * (ulong)bound >> 64), random.Below(bound)));
    }

    [Fact]
    public void Bounded_numbers_are_evenly_spread()
    {
        var random = new SplitMix64(1);
        var counts = new int[6];
        for (var i = 0; i < 60_000; i++) counts[random.Below(6)]++;

        // Chi squared with 5 degrees of freedom: 25.7 is passed by one fair generator in 10,000.
        Assert.InRange(counts.Sum(count => (count - 10_000.0) * (count - 10_000.0) / 10_000), 0, 25.7);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_bound_below_one_is_refused(int bound) => Assert.Throws<ArgumentOutOfRangeException>(() => new SplitMix64(0).Below(bound));

    [Fact]
    public void Shuffling_keeps_the_items_and_leaves_the_source_alone()
    {
        int[] items = [.. Enumerable.Range(0, 100)];

        var shuffled = new SplitMix64(3).Shuffle(items);

        Assert.Equal(Enumerable.Range(0, 100), items);
        Assert.NotEqual(items, shuffled);
        Assert.Equal(items, shuffled.Order());
    }

    [Fact]
    public void Every_order_of_three_is_equally_likely()
    {
        var random = new SplitMix64(5);
        var counts = Enumerable.Range(0, 12_000).CountBy(_ => string.Concat(random.Shuffle("abc"))).ToDictionary();

        Assert.Equal(6, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 1_800, 2_200));   // five standard deviations
    }

    [Fact]
    public void A_purpose_has_a_sequence_of_its_own_whatever_was_drawn_before()
    {
        var random = new SplitMix64(9);
        var before = random.For("names").Next();
        random.Next();

        Assert.Equal(before, random.For("names").Next());
        Assert.NotEqual(before, random.For("towns").Next());
        Assert.NotEqual(before, new SplitMix64(10).For("names").Next());
    }
}
