using Unlearn.Data.World;
using Unlearn.Generation;

namespace Unlearn.Tests.Generation;

public sealed class TokenDrawTests
{
    public static TheoryData<double, int?, double?> Settings => new()
    {
        { 1, null, null }, { 0.5, null, null }, { 2, 3, null }, { 1, null, 0.8 }, { 1, 5, 0.7 }, { 0.7, 2, 0.95 }, { 1, 50, 1 },
    };

    // The whole point of the word "certain". Logits of a few values have ties, which are where truncation is touchiest.
    [Theory, MemberData(nameof(Settings))]
    public void A_certain_draw_is_the_same_for_all_logits_within_the_tolerance(double temperature, int? k, double? p)
    {
        const double tolerance = 0.02;
        var options = new SamplingOptions { Temperature = temperature, TopK = k, TopP = p };
        var random = new SplitMix64(7);
        double Any() => (random.Next() >> 11) / (double)(1UL << 53);
        var (certain, all) = (0, 0);
        for (var trial = 0; trial < 4000; trial++)
        {
            double[] logits = [.. Enumerable.Range(0, 12).Select(_ => trial % 2 == 0 ? 6 * Any() : random.Below(5))];
            var uniform = Any();
            var draw = TokenDraw.From(Probabilities(logits, temperature), uniform, options, tolerance);
            all++;
            if (!draw.Certain) continue;
            certain++;
            for (var way = 0; way < 6; way++)
            {
                double[] other = [.. logits.Select(logit => logit + tolerance * (way < 3 ? 2 * Any() - 1 : random.Below(2) * 2 - 1))];
                Assert.Equal(draw.Token, TokenDraw.From(Probabilities(other, temperature), uniform, options, 0).Token);
            }
        }
        Assert.InRange(certain, all / 4, all - 1);
    }

    [Theory, MemberData(nameof(Settings))]
    public void What_is_drawn_from_is_what_Hugging_Faces_order_of_cuts_leaves(double temperature, int? k, double? p)
    {
        var options = new SamplingOptions { Temperature = temperature, TopK = k, TopP = p };
        var random = new SplitMix64(11);
        for (var trial = 0; trial < 200; trial++)
        {
            double[] logits = [.. Enumerable.Range(0, 12).Select(_ => 4.0 * random.Below(1000) / 1000)];
            var probabilities = Probabilities(logits, temperature);
            var expected = Left(probabilities, k, p);
            // 5,000 evenly spaced numbers meet every token that has at least 0.0002.
            var drawn = Enumerable.Range(0, 5000).Select(n => TokenDraw.From(probabilities, (n + 0.5) / 5000, options, 0).Token).Distinct();

            Assert.Equal(expected.Where(id => probabilities[id] / expected.Sum(other => probabilities[other]) > 0.0004).Order(),
                drawn.Order().Where(id => probabilities[id] / expected.Sum(other => probabilities[other]) > 0.0004));
            Assert.Empty(drawn.Except(expected));
        }
    }

    // Ids 0 … 3 with 0.1, 0.4, 0.2, 0.3.
    [Theory]
    [InlineData(0, 0), InlineData(0.0999, 0), InlineData(0.1001, 1), InlineData(0.4999, 1), InlineData(0.5001, 2), InlineData(0.9999, 3)]
    public void Tokens_own_stretches_of_the_unit_interval_in_the_order_of_their_ids(double uniform, int token) =>
        Assert.Equal(token, TokenDraw.From([0.1f, 0.4f, 0.2f, 0.3f], uniform, new(), 0).Token);

    // Left are 0.4 and 0.3, so the first has 4/7.
    [Theory, InlineData(0.571, 1), InlineData(0.572, 3)]
    public void What_is_left_shares_the_interval(double uniform, int token)
    {
        Assert.Equal(token, TokenDraw.From([0.1f, 0.4f, 0.2f, 0.3f], uniform, new() { TopK = 2 }, 0).Token);
        Assert.Equal(token, TokenDraw.From([0.1f, 0.4f, 0.2f, 0.3f], uniform, new() { TopP = 0.65 }, 0).Token);
    }

    [Fact]
    public void A_number_beside_a_border_is_not_certain_and_one_far_from_it_is()
    {
        float[] probabilities = [0.5f, 0.5f];

        Assert.False(TokenDraw.From(probabilities, 0.5001, new(), 1e-3).Certain);
        Assert.False(TokenDraw.From(probabilities, 0.4999, new(), 1e-3).Certain);
        Assert.True(TokenDraw.From(probabilities, 0.49, new(), 1e-3).Certain);
        Assert.True(TokenDraw.From(probabilities, 0, new(), 1e-3).Certain);
    }

    [Fact]
    public void Impossible_tokens_are_never_drawn()
    {
        Assert.Equal(1, TokenDraw.From([0, 1, 0], 0, new(), 0).Token);
        Assert.Equal(1, TokenDraw.From([0, 1, 0], Math.BitDecrement(1.0), new(), 0).Token);
    }

    [Fact]
    public void Settings_that_mean_nothing_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamplingOptions { Temperature = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamplingOptions { TopK = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamplingOptions { TopP = 1.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamplingOptions { TopP = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamplingOptions { MaxNewTokens = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamplingOptions { LogitTolerance = -1 });
    }

    private static float[] Probabilities(double[] logits, double temperature)
    {
        double[] weights = [.. logits.Select(logit => Math.Exp(logit / temperature))];
        return [.. weights.Select(weight => (float)(weight / weights.Sum()))];
    }

    private static int[] Left(float[] probabilities, int? k, double? p)
    {
        int[] left = [.. Enumerable.Range(0, probabilities.Length)
            .OrderByDescending(id => probabilities[id]).ThenBy(id => id).Take(k ?? 99)];
        var total = left.Sum(id => (double)probabilities[id]);
        return [.. left.Where((_, rank) => left.Take(rank).Sum(id => probabilities[id] / total) < (p ?? 2))];
    }
}
