using Unlearn.Objectives;
using static TorchSharp.torch;

namespace Unlearn.Tests.Objectives;

[NoTensorLeaks]
public sealed class GradientAscentTests
{
    // Answers of 4 tokens and 1: the mean over tokens is (−8 − 1) / 5 = −1.8; over answers it would be (−2 − 1) / 2 = −1.5.
    [Fact]
    public void Loss_is_the_mean_log_probability_over_tokens_not_over_answers()
    {
        using var scope = NewDisposeScope();
        var loss = new GradientAscent().Loss(Scores.Forget(tensor(new[] { -8.0, -1.0 }), [0, 0], [4, 1]));

        Assert.Equal(-1.8, loss.item<double>(), 12);
    }

    [Fact]
    public void Loss_does_not_depend_on_the_reference()
    {
        using var scope = NewDisposeScope();
        var policy = tensor(new[] { -8.0, -1.0 });

        Assert.Equal(
            new GradientAscent().Loss(Scores.Forget(policy, [0, 0], [4, 1])).item<double>(),
            new GradientAscent().Loss(Scores.Forget(policy, [-7, 3], [4, 1])).item<double>());
    }
}
