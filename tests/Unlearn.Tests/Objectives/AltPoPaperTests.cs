using Unlearn.Objectives;
using static TorchSharp.torch;

namespace Unlearn.Tests.Objectives;

/// <summary>AltPO and what stands beside it, against numbers computed apart.</summary>
[NoTensorLeaks]
public sealed class AltPoPaperTests
{
    private static readonly double[] Policy = [-3.0, -11.5, -0.7, -2.2, -4.0, -9.0, -1.5, -0.2, -6.6, 0, 0, 0];
    private static readonly double[] Reference = [-2.0, -12.0, -5.0], Tokens = [4, 9, 2];

    public static TheoryData<string> Names => [.. AltPoPaper.Methods().Select(method => method.Name)];

    // log p of (alternate, its reference, true answer, its reference), β → loss, dL/dmargin.
    [Theory]
    [InlineData(-30, -30, -25, -25, 0.1, 13.862944, -1)]
    [InlineData(-28, -30, -40, -25, 0.1, 3.355721, -0.308931)]
    [InlineData(-28, -30, -40, -25, 0.05, 14.234603, -0.598866)]
    [InlineData(-35, -30, -20, -25, 0.1, 26.265234, -1.462117)]
    [InlineData(-10, -12, -20, -18, 0.1, 10.260305, -0.802625)]
    public void AltPO_has_the_losses_and_slopes_of_the_authors_code(
        double win, double winReference, double lose, double loseReference, double beta, double loss, double slope)
    {
        using var scope = NewDisposeScope();
        var policy = tensor(new[] { win, lose }, requires_grad: true);
        var scores = BatchScores.Of(
            (RowGroup.Alternate, Scores.Of(policy.narrow(0, 0, 1), [winReference], [7])),
            (RowGroup.Forget, Scores.Of(policy.narrow(0, 1, 1), [loseReference], [5])));
        var value = Bare("AltPO", beta).Loss(scores);
        value.backward();

        Assert.Equal(loss, value.item<double>(), 1e-6);
        Assert.Equal([slope, -slope], policy.grad!.data<double>().ToArray(), Close);
    }

    [Theory, InlineData(-40, -25, 0.05, 15.474840), InlineData(-40, -25, 0.1, 4.028266), InlineData(-20, -25, 0.1, 19.481540)]
    public void NPO_has_the_losses_of_the_authors_code(double policy, double reference, double beta, double loss)
    {
        using var scope = NewDisposeScope();

        Assert.Equal(loss, Bare("NPO+RT", beta).Loss(Scores.Forget(tensor(new[] { policy }), [reference], [6])).item<double>(), 1e-6);
    }

    // Where the model is the reference every log-ratio is 0, and each sigmoid of a log-ratio costs (2/β) ln 2: 13.862944 for β = 0.1.
    // Alternates lose 15.2 over 15 tokens, true answers 14.2, retain rows 8.3.
    [Theory]
    [InlineData("AltPO", 13.862944 + 8.3 / 15), InlineData("IdkDPO", 13.862944 + 8.3 / 15), InlineData("NPO+RT", 13.862944 + 8.3 / 15)]
    [InlineData("GA", -14.2 / 15), InlineData("GradDiff", (-14.2 + 8.3) / 15), InlineData("GA+KL", -14.2 / 15)]
    [InlineData("IDK", (15.2 + 8.3) / 15), InlineData("Alternates", (15.2 + 8.3) / 15), InlineData("Naive", (-14.2 + 15.2 + 8.3) / 15)]
    [InlineData("NPO+Alternates", 13.862944 + (15.2 + 8.3) / 15), InlineData("Positive", 13.862944 + 8.3 / 15)]
    [InlineData("Decoupled", 2 * 13.862944 + 8.3 / 15)]
    public void At_the_start_a_method_costs_what_its_formula_says(string name, double loss)
    {
        using var scope = NewDisposeScope();
        AnswerScores Group(double[] policy) => Scores.Of(tensor(policy), policy, Tokens) with
        {
            Divergence = zeros(3, float64),
            Positions = ones(3, float64),
        };
        var start = BatchScores.Of(
            (RowGroup.Forget, Group([-3.0, -10.5, -0.7])), (RowGroup.Alternate, Group([-2.2, -4.0, -9.0])),
            (RowGroup.Retain, Group([-1.5, -0.2, -6.6])));

        Assert.Equal(loss, AltPoPaper.Method(name).Objective.Loss(start).item<double>(), 1e-6);
    }

    // Losses per token 2 and 0.5, β = 4.5: −(2/4.5) · (ln σ(9) + ln σ(2.25)) / 2 = 0.022296, times 0.125; computed in Python.
    [Fact]
    public void SimNPO_reads_the_loss_per_token_and_no_reference()
    {
        using var scope = NewDisposeScope();
        var scores = BatchScores.Of((RowGroup.Forget, new AnswerScores(tensor(new[] { -8.0, -1.5 }), tensor(new[] { 4.0, 3.0 }))));

        Assert.Equal(0.022295547, new SimNpo().Loss(scores).item<double>(), 1e-9);
        Assert.Equal(0.022295547 / 8, Bare("SimNPO").Loss(scores).item<double>(), 1e-9);
        Assert.DoesNotContain(AltPoPaper.Method("SimNPO").Objective.Needs, need => need.Reference);
    }

    [Fact]
    public void Delta_is_the_loss_per_token_at_which_SimNPO_is_even()
    {
        using var scope = NewDisposeScope();
        var scores = BatchScores.Of((RowGroup.Forget, new AnswerScores(tensor(new[] { -6.0 }), tensor(new[] { 4.0 }))));

        Assert.Equal(2 / 2.0 * Math.Log(2), new SimNpo(2, Delta: 1.5).Loss(scores).item<double>(), 12);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_gradient_of_a_method_is_that_of_finite_differences(string name)
    {
        using var scope = NewDisposeScope();
        var objective = AltPoPaper.Method(name, beta: 0.3, retainWeight: 1.7, alpha: 0.6).Objective;
        double Loss(double[] scores) => objective.Loss(Scores.All(tensor(scores), Reference, Tokens)).item<double>();
        var variable = tensor(Policy, requires_grad: true);
        objective.Loss(Scores.All(variable, Reference, Tokens)).backward();
        var gradient = variable.grad!.data<double>().ToArray();

        const double h = 1e-5;
        for (var i = 0; i < Policy.Length; i++)
        {
            double[] up = [.. Policy], down = [.. Policy];
            (up[i], down[i]) = (Policy[i] + h, Policy[i] - h);
            Assert.Equal((Loss(up) - Loss(down)) / (2 * h), gradient[i], 1e-7);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Extreme_scores_give_a_method_finite_losses_and_gradients(string name)
    {
        using var scope = NewDisposeScope();
        var policy = tensor(new[] { -1e6, -1e-9, -5e4, -1e-9, -1e6, -3, -1e6, -1e-9, -1e5, 1e5, 0, 1e-9 }, requires_grad: true);
        var loss = AltPoPaper.Method(name).Objective.Loss(Scores.All(policy, [-1e-9, -1e6, -5e4], [1, 500, 2]));
        loss.backward();

        Assert.True(double.IsFinite(loss.item<double>()));
        Assert.All(policy.grad!.data<double>().ToArray(), value => Assert.True(double.IsFinite(value)));
    }

    // Alternates that the model already takes for granted (r = 40) switch AltPO off, true answers as they were; the halves apart do not
    // know of each other.
    [Fact]
    public void One_sigmoid_rests_when_either_half_is_won_and_two_do_not()
    {
        using var scope = NewDisposeScope();
        var scores = BatchScores.Of(
            (RowGroup.Alternate, Scores.Of(tensor(new[] { -10.0 }), [-50], [5])), (RowGroup.Forget, Scores.Of(tensor(new[] { -20.0 }), [-20], [5])));

        Assert.Equal(2 * Math.Log(1 + Math.Exp(-40)), Bare("AltPO", 1).Loss(scores).item<double>(), 12);
        Assert.Equal(2 * Math.Log(2), Bare("Decoupled", 1).Loss(scores).item<double>(), 12);
    }

    // r = 0 of the alternates leaves NPO of AltPO; r = 0 of the true answers leaves the positive half.
    [Fact]
    public void AltPO_is_each_of_its_halves_where_the_other_stands_still()
    {
        using var scope = NewDisposeScope();
        double Loss(string name, double alternate, double forget) => Bare(name, 0.2).Loss(BatchScores.Of(
            (RowGroup.Alternate, Scores.Of(tensor(new[] { -9 + alternate }), [-9], [5])),
            (RowGroup.Forget, Scores.Of(tensor(new[] { -4 + forget }), [-4], [5])))).item<double>();

        Assert.Equal(Loss("NPO+RT", 0, -3), Loss("AltPO", 0, -3), 12);
        Assert.Equal(Loss("Positive", 2.5, 0), Loss("AltPO", 2.5, 0), 12);
        Assert.Equal(Loss("NPO+RT", 2.5, -3) + Loss("Positive", 2.5, -3), Loss("Decoupled", 2.5, -3), 12);
    }

    [Fact]
    public void The_slope_at_the_start_is_that_of_gradient_ascent_whatever_beta()
    {
        using var scope = NewDisposeScope();
        foreach (var beta in new[] { 0.01, 0.1, 4 })
        {
            var policy = tensor(new[] { -7.0 }, requires_grad: true);
            Bare("AltPO", beta).Loss(BatchScores.Of(
                (RowGroup.Forget, Scores.Of(policy, [-7], [5])), (RowGroup.Alternate, Scores.Of(tensor(new[] { -9.0 }), [-9], [5])))).backward();
            Assert.Equal(1, policy.grad!.item<double>(), 12);
        }
    }

    [Theory]
    [InlineData("AltPO", Positives.Alternates), InlineData("IdkDPO", Positives.Refusals), InlineData("IDK", Positives.Refusals)]
    [InlineData("NPO+RT", Positives.None), InlineData("Naive", Positives.Alternates), InlineData("SimNPO", Positives.None)]
    public void A_method_says_what_it_puts_in_the_place_of_true_answers(string name, Positives positives)
    {
        var method = AltPoPaper.Method(name);

        Assert.Equal(positives, method.Positives);
        Assert.Equal(positives != Positives.None, method.Objective.Needs.Any(need => need.Group == RowGroup.Alternate));
    }

    [Fact]
    public void Methods_are_known_by_both_names_and_an_unknown_one_is_refused_with_the_list()
    {
        var methods = AltPoPaper.Methods();

        Assert.Equal(13, methods.Select(method => method.Name).Concat(methods.Select(method => method.Code)).Distinct().Count() / 2);
        Assert.Equal("Decoupled", AltPoPaper.Method("SUBPPO_NPO").Name);
        Assert.Contains("AltPO, IdkDPO, NPO+RT, GA",
            Assert.Throws<ArgumentException>(() => AltPoPaper.Method("DPO")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_retain_weight_multiplies_what_keeps_and_alpha_what_naively_forgets()
    {
        double Weight<T>(string name) => AltPoPaper.Method(name, retainWeight: 3, alpha: 0.4).Objective.Terms
            .Single(term => term.Term is T).Weight;

        Assert.Equal((3, 3, 0.4, 0.125), (Weight<RetainLoss>("AltPO"), Weight<DivergenceLoss>("GA+KL"), Weight<GradientAscent>("Naive"),
            Weight<SimNpo>("SimNPO")));
    }

    private static Objective Bare(string name, double beta = 0.1) => AltPoPaper.Method(name, beta, retainWeight: 0).Objective;

    private static bool Close(double a, double b) => Math.Abs(a - b) < 1e-6;
}
