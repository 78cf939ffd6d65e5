using Unlearn.Objectives;
using static TorchSharp.torch;

namespace Unlearn.Tests.Objectives;

[NoTensorLeaks]
public sealed class ForgetAndRetainTests
{
    // γ = 2 times GA (−9/3 = −3) minus α = 0.5 times the retain mean (−8/4 = −2): −6 + 1.
    [Fact]
    public void Loss_is_the_weighted_sum_of_forget_and_retain_loss()
    {
        using var scope = NewDisposeScope();
        var forget = ObjectiveTests.Scores(tensor(new[] { -9.0 }), [0], [3]);
        var retain = ObjectiveTests.Scores(tensor(new[] { -5.0, -3.0 }), [0, 0], [1, 3]);

        Assert.Equal(-5, new ForgetAndRetain(new GradientAscent(), Retain: 0.5, Weight: 2).Loss(forget, retain).item<double>(), 12);
    }

    [Fact]
    public void Without_a_retain_weight_no_retain_rows_are_needed()
    {
        using var scope = NewDisposeScope();
        var forget = ObjectiveTests.Scores(tensor(new[] { -9.0 }), [0], [3]);

        Assert.Equal(-3, new ForgetAndRetain(new GradientAscent()).Loss(forget, null).item<double>(), 12);
        Assert.Throws<ArgumentNullException>(() => new ForgetAndRetain(new GradientAscent(), Retain: 1).Loss(forget, null));
    }

    [Fact]
    public void The_name_says_whether_retain_rows_take_part()
    {
        Assert.Equal("NPO", new ForgetAndRetain(new Npo()).Name);
        Assert.Equal("GA+RT", new ForgetAndRetain(new GradientAscent(), Retain: 1).Name);
    }

    [Theory, InlineData(-1), InlineData(double.NaN)]
    public void Weights_must_not_be_negative(double weight)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ForgetAndRetain(new Npo(), Retain: weight));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ForgetAndRetain(new Npo()) with { Weight = weight });
    }
}
