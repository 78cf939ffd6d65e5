using Unlearn.Metrics.Quality;

namespace Unlearn.Tests.Metrics.Quality;

public sealed class SelfConfidenceTests
{
    // Two answers: 4 tokens of probability ½ each, 2 tokens of ¼ each.
    [Fact]
    public void Normalised_is_per_token_and_whole_is_per_answer()
    {
        var sure = SelfConfidence.Of([4 * Math.Log(2), 2 * Math.Log(4)], [4, 2]);

        Assert.Equal([0.5, 0.25], sure.Normalised.PerItem.Select(value => Math.Round(value, 12)));
        Assert.Equal(0.375, sure.Normalised.Value, tolerance: 1e-12);
        Assert.Equal(1.0 / 16, sure.Whole.Value, tolerance: 1e-12);
    }

    [Fact]
    public void Answers_of_one_token_have_one_confidence()
    {
        var sure = SelfConfidence.Of([0.3, 1.7], [1, 1]);
        Assert.Equal(sure.Normalised.PerItem.AsEnumerable(), sure.Whole.PerItem);
    }

    [Fact]
    public void The_order_of_answers_does_not_matter()
    {
        var (one, other) = (SelfConfidence.Of([1, 2, 3], [5, 6, 7]), SelfConfidence.Of([3, 1, 2], [7, 5, 6]));
        Assert.Equal(one.Normalised.Value, other.Normalised.Value, tolerance: 1e-15);
        Assert.Equal(one.Whole.Value, other.Whole.Value, tolerance: 1e-15);
    }

    // −ln p of a certain token may come out a few millionths below 0.
    [Fact]
    public void Certainty_is_one_and_impossibility_zero()
    {
        var sure = SelfConfidence.Of([-1e-6, 1e9], [3, 3]);
        Assert.Equal([1, 0], sure.Normalised.PerItem.AsEnumerable());
        Assert.Equal([1, 0], sure.Whole.PerItem.AsEnumerable());
    }

    [Fact]
    public void What_is_no_loss_is_refused()
    {
        Assert.Throws<ArgumentException>(() => SelfConfidence.Of([], []));
        Assert.Throws<ArgumentException>(() => SelfConfidence.Of([double.NaN], [3]));
        Assert.Throws<ArgumentException>(() => SelfConfidence.Of([-1], [3]));
        Assert.Contains("at least 1", Assert.Throws<ArgumentException>(() => SelfConfidence.Of([1], [0])).Message);
        Assert.Contains("as many", Assert.Throws<ArgumentException>(() => SelfConfidence.Of([1, 2], [3])).Message);
    }
}
