using Unlearn.Metrics;

namespace Unlearn.Tests.Metrics;

public sealed class TokenEntropyTests
{
    [Theory]
    [InlineData("abab", 0.5), InlineData("aaaa", 0), InlineData("abcd", 1), InlineData("aab", 0.5793801644), InlineData("a", 0)]
    [InlineData("", 0)]
    public void Variety_is_entropy_over_its_greatest_value(string letters, double entropy) =>
        Assert.Equal(entropy, TokenEntropy.Of([.. letters.Select(letter => (int)letter)]), 1e-9);

    [Fact]
    public void A_long_text_of_few_tokens_is_far_from_one_of_many()
    {
        int[] few = [.. Enumerable.Range(0, 900).Select(i => i % 3)], many = [.. Enumerable.Range(0, 900)];

        Assert.Equal(Math.Log2(3) / Math.Log2(900), TokenEntropy.Of(few), 1e-12);
        Assert.Equal(1, TokenEntropy.Of(many), 1e-12);
    }
}
