using Unlearn.Objectives;
using static TorchSharp.torch;

namespace Unlearn.Tests.Objectives;

[NoTensorLeaks]
public sealed class NpoTests
{
    [Theory, InlineData(0.05), InlineData(0.1), InlineData(1.0)]
    public void Loss_is_two_ln_two_over_beta_when_the_policy_is_the_reference(double beta)
    {
        using var scope = NewDisposeScope();
        var scores = tensor(new[] { -3.0, -1.5 });

        Assert.Equal(2 / beta * Math.Log(2), new Npo(beta).Loss(Scores.Forget(scores, [-3, -1.5], [2, 1])).item<double>(), 12);
    }

    // r = −2 and 4 with β = 0.5: (2/β) · mean( ln(1 + e^(−1)), ln(1 + e^2) )
    [Fact]
    public void Loss_is_the_mean_softplus_of_the_scaled_log_ratio()
    {
        using var scope = NewDisposeScope();
        var loss = new Npo(0.5).Loss(Scores.Forget(tensor(new[] { -5.0, -1.0 }), [-3, -5], [7, 9]));

        Assert.Equal(4 * (Math.Log(1 + Math.Exp(-1)) + Math.Log(1 + Math.Exp(2))) / 2, loss.item<double>(), 12);
    }

    [Fact]
    public void As_beta_falls_the_gradient_becomes_that_of_ascent_on_sums()
    {
        using var scope = NewDisposeScope();
        var policy = tensor(new[] { -30.0, -1.0 }, requires_grad: true);
        new Npo(1e-7).Loss(Scores.Forget(policy, [-3, -9], [5, 5])).backward();

        Assert.All(policy.grad!.data<double>().ToArray(), weight => Assert.Equal(0.5, weight, 1e-5));
    }

    [Fact]
    public void The_gradient_fades_on_answers_already_forgotten()
    {
        using var scope = NewDisposeScope();
        var policy = tensor(new[] { -200.0, -10.0 }, requires_grad: true);
        new Npo(0.1).Loss(Scores.Forget(policy, [-10, -10], [5, 5])).backward();
        var gradient = policy.grad!.data<double>().ToArray();

        Assert.Equal(0.5, gradient[1], 1e-12);                                    // W = 1 where nothing has changed, mean over two answers
        Assert.Equal(1 / (1 + Math.Exp(19)), gradient[0], 1e-12);                 // W = 2 σ(β r) with β r = −19
        Assert.Equal(2 * gradient[0], new Npo(0.1).Weight(Scores.Forget(policy, [-10, -10], [5, 5]))[0].item<double>(), 1e-15);
    }

    [Theory, InlineData(0), InlineData(-1), InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void Beta_must_be_positive_and_finite_however_it_is_set(double beta)
    {
        Assert.Contains("Beta should be a positive finite number", Assert.Throws<ArgumentOutOfRangeException>(() => new Npo(beta)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Npo() with { Beta = beta });
    }
}
