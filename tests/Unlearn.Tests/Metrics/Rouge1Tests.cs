using Unlearn.Metrics;

namespace Unlearn.Tests.Metrics;

public sealed class Rouge1Tests
{
    [Theory]
    [InlineData("a b c", "c b a", 1, 1)]                      // order does not count
    [InlineData("a a b", "a b b", 2.0 / 3, 2.0 / 3)]          // each word as often as it stands in both
    [InlineData("a b c d", "d x", 0.25, 0.5)]
    [InlineData("The cats were running", "the cat runs", 3.0 / 4, 1)]
    [InlineData("word", "", 0, 0)]
    [InlineData("", "word", 0, 0)]
    [InlineData("...", "?!", 0, 0)]
    public void Words_in_common_are_shares_of_both_texts(string truth, string generated, double recall, double precision)
    {
        var score = Rouge1.Score(truth, generated);
        Assert.Equal(recall, score.Recall, tolerance: 1e-15);
        Assert.Equal(precision, score.Precision, tolerance: 1e-15);
        Assert.Equal(recall, Rouge1.Recall(truth, generated));
    }

    [Theory]
    [InlineData("one two three four", "four three two one")]
    [InlineData("the sea of the isle", "of the sea the isle is"), InlineData("x", "y")]
    public void It_is_never_below_the_longest_common_subsequence(string truth, string generated) =>
        Assert.True(Rouge1.Recall(truth, generated) >= RougeL.Recall(truth, generated));

    [Fact]
    public void A_measurement_is_the_mean_and_keeps_every_row()
    {
        var measured = Rouge1.Measure([("a b c d", "b a"), ("x", "x"), ("x", "y")]);
        Assert.Equal([0.5, 1, 0], measured.PerItem.ToArray());
        Assert.Equal(0.5, measured.Value);
    }
}
