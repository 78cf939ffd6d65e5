using Unlearn.Objectives;
using static TorchSharp.torch;

namespace Unlearn.Tests.Objectives;

[NoTensorLeaks]
public sealed class ObjectiveTests
{
    // 2 times GA (−9/3 = −3) plus 0.5 times the retain loss (8/4 = 2): −6 + 1.
    [Fact]
    public void Loss_is_the_weighted_sum_of_the_terms()
    {
        using var scope = NewDisposeScope();
        var scores = new BatchScores
        {
            [RowGroup.Forget] = Scores.Of(tensor(new[] { -9.0 }), [0], [3]),
            [RowGroup.Retain] = Scores.Of(tensor(new[] { -5.0, -3.0 }), [0, 0], [1, 3]),
        };

        Assert.Equal(-5, Objective.Of(new GradientAscent(), 2).And(new RetainLoss(), 0.5).Loss(scores).item<double>(), 12);
    }

    [Fact]
    public void A_term_of_weight_zero_is_left_out_with_its_needs()
    {
        var objective = Objective.Of(new GradientAscent()).And(new RetainLoss(), 0);

        Assert.Equal("GA", objective.Name);
        Assert.Equal<Need>([new(RowGroup.Forget)], [.. objective.Needs]);
    }

    [Fact]
    public void Needs_of_the_same_rows_are_put_together()
    {
        var objective = Objective.Of(new Npo()).And(new RetainLoss()).And(new DivergenceLoss()).And(new GradientAscent());

        Assert.Equal<Need>([new(RowGroup.Forget, Reference: true), new(RowGroup.Retain, Divergence: default(Divergence))], [.. objective.Needs]);
    }

    [Fact]
    public void Two_kinds_of_divergence_of_the_same_rows_are_refused() =>
        Assert.Contains("one divergence of the Retain rows", Assert.Throws<InvalidOperationException>(() =>
            Objective.Of(new DivergenceLoss()).And(new DivergenceLoss(Kind: new(KlDirection.FromPolicy))).Needs).Message,
            StringComparison.Ordinal);

    [Theory, InlineData(-1), InlineData(double.NaN)]
    public void Weights_must_not_be_negative(double weight)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Objective.Of(new Npo(), weight));
        Assert.Throws<ArgumentOutOfRangeException>(() => Objective.Of(new Npo()).And(new RetainLoss(), weight));
    }

    [Fact]
    public void A_number_that_no_need_asked_for_is_missing_with_the_reason()
    {
        using var scope = NewDisposeScope();
        var bare = new BatchScores { [RowGroup.Forget] = new(zeros(1), ones(1)) };

        Assert.Contains("carries no log π_ref", Message(new Npo()), StringComparison.Ordinal);
        Assert.Contains("no Retain rows", Message(new RetainLoss()), StringComparison.Ordinal);

        string Message(IObjectiveTerm term) => Assert.Throws<InvalidOperationException>(() => term.Loss(bare)).Message;
    }
}
