using Unlearn.Metrics;

namespace Unlearn.Tests.Metrics;

public sealed class ModelUtilityTests
{
    [Fact]
    public void Utility_is_the_harmonic_mean() => Assert.Equal(3 / (1 + 2 + 4.0), ModelUtility.Of([1, 0.5, 0.25]), tolerance: 1e-15);

    [Fact]
    public void Equal_scores_are_their_own_mean() => Assert.Equal(0.3, ModelUtility.Of([0.3, 0.3, 0.3]), tolerance: 1e-15);

    // As scipy's hmean: the model utility of a collapsed model is exactly 0, not nearly.
    [Fact]
    public void One_zero_makes_it_exactly_zero() => Assert.Equal(0.0, ModelUtility.Of([1, 1, 0, 1]));

    [Fact]
    public void The_least_number_above_zero_does_not_overflow() => Assert.Equal(0, ModelUtility.Of([1, double.Epsilon]), tolerance: 1e-300);

    [Fact]
    public void It_lies_between_the_least_score_and_n_times_it()
    {
        double[] scores = [0.9, 0.02, 0.5, 0.7];
        Assert.InRange(ModelUtility.Of(scores), 0.02, 4 * 0.02);
        Assert.Equal(ModelUtility.Of(scores), ModelUtility.Of([.. scores.Reverse()]), tolerance: 1e-15);
    }

    [Theory, InlineData(-0.1), InlineData(1.1), InlineData(double.NaN)]
    public void A_score_outside_zero_to_one_is_refused_by_place_and_value(double score) =>
        Assert.StartsWith(FormattableString.Invariant($"Score 1 of the model utility is {score}; expected 0 to 1."),
            Assert.Throws<ArgumentException>(() => ModelUtility.Of([0.5, score])).Message, StringComparison.Ordinal);

    [Fact]
    public void No_scores_have_no_utility() => Assert.Throws<ArgumentException>(() => ModelUtility.Of([]));
}
