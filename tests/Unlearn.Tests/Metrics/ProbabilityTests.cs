using Unlearn.Metrics;

namespace Unlearn.Tests.Metrics;

public sealed class ProbabilityTests
{
    // eval_fixture of the reference for the NPO paper's metrics.
    [Fact]
    public void Means_are_those_of_the_reference_fixture()
    {
        Assert.Equal(0.8228278193588388, Probability.Measure([0.1, 0.3]).Value, tolerance: 1e-15);
        Assert.Equal(0.34430782916826613, Probability.Measure([0.5, 2.5]).Value, tolerance: 1e-15);
        Assert.Equal(
            0.335464666461128,
            Probability.MeasureNormalized([2.0, 3.0], (double[][])[[2.5, 3.0, 2.2], [2.8, 3.5, 4.0]]).Value,
            tolerance: 1e-15);
        Assert.Equal(
            0.3352575771417413,
            Probability.MeasureNormalized([1.0, 4.0], (double[][])[[1.4, 2.0, 1.7], [3.5, 4.5, 5.0]]).Value,
            tolerance: 1e-15);
    }

    [Theory, InlineData(0, 1), InlineData(1, 0.36787944117144233), InlineData(double.PositiveInfinity, 0), InlineData(-1e-6, 1)]
    public void Probability_is_the_exponential_of_minus_the_loss(double loss, double probability) =>
        Assert.Equal(probability, Probability.Of(loss), tolerance: 1e-15);

    [Theory, InlineData(0), InlineData(3), InlineData(1e4), InlineData(double.PositiveInfinity)]
    public void Equal_losses_share_the_probability_equally(double loss) =>
        Assert.Equal(0.25, Probability.Normalized(loss, [loss, loss, loss]), tolerance: 1e-15);

    // exp(−2000) is 0 in double precision; the difference of the losses is still 1.
    [Fact]
    public void Normalisation_depends_on_differences_only()
    {
        var near = Probability.Normalized(2, [3, 4]);
        Assert.Equal(near, Probability.Normalized(2000, [2001, 2002]), tolerance: 1e-12);
        Assert.Equal(1 / (1 + Math.Exp(-1) + Math.Exp(-2)), near, tolerance: 1e-15);
    }

    [Fact]
    public void Infinite_losses_settle_the_choice()
    {
        Assert.Equal(1, Probability.Normalized(5, [double.PositiveInfinity]));
        Assert.Equal(0, Probability.Normalized(double.PositiveInfinity, [5]));
    }

    [Theory, InlineData(double.NaN), InlineData(-0.5), InlineData(double.NegativeInfinity)]
    public void A_loss_that_is_none_is_an_error(double loss)
    {
        Assert.Contains("expected a mean of −ln p", Assert.Throws<ArgumentException>(() => Probability.Of(loss)).Message);
        Assert.Throws<ArgumentException>(() => Probability.Normalized(1, [2, loss]));
    }

    [Fact]
    public void Missing_items_are_an_error()
    {
        Assert.Contains("no items", Assert.Throws<ArgumentException>(() => Probability.Measure([])).Message);
        Assert.Contains("wrong is empty", Assert.Throws<ArgumentException>(() => Probability.Normalized(1, [])).Message);
        Assert.Contains(
            "2 losses", Assert.Throws<ArgumentException>(() => Probability.MeasureNormalized([1, 2], (double[][])[[1]])).Message);
    }
}
