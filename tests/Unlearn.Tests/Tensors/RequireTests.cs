using Unlearn.Tensors;

namespace Unlearn.Tests.Tensors;

public sealed class RequireTests
{
    [Theory, InlineData(0), InlineData(-1), InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void What_is_not_positive_and_finite_is_refused_by_name_and_value(double rate)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Require.Positive(rate));

        Assert.StartsWith("rate should be a positive finite number.", error.Message, StringComparison.Ordinal);
        Assert.Equal(("rate", rate), (error.ParamName, error.ActualValue));
    }

    [Theory, InlineData(-1e-300), InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void What_is_negative_or_no_number_is_refused(double weight)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Require.NotNegative(weight));

        Assert.StartsWith("weight should be a finite number of at least 0.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_are_at_least_one()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Require.Positive(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Require.Positive(0L));
        Assert.Throws<ArgumentOutOfRangeException>(() => Require.Positive(-3));
    }

    [Fact]
    public void What_is_let_through_is_returned()
    {
        Assert.Equal((1e-300, 0.0, 1, 1L << 40),
            (Require.Positive(1e-300), Require.NotNegative(0), Require.Positive(1), Require.Positive(1L << 40)));
    }
}
