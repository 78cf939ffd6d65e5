using Unlearn.Data;
using Unlearn.Models;
using Unlearn.Objectives;
using Unlearn.Scoring;
using Unlearn.Training;

namespace Unlearn.Tests.Training;

[NoTensorLeaks]
public sealed class UnlearningTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private static readonly EncodedRow[] Forget = Birthplaces.Encoded[9..], Retain = Birthplaces.Encoded[..9];
    private static readonly TrainingPlan Plan = new(Steps: 12, LearningRate: 3e-3, BatchSize: 3);

    [Fact]
    public void Gradient_ascent_makes_the_answers_unlikely()
    {
        var before = AnswerScorer.Score(trained.Model, Forget).Average();
        var (after, _) = Unlearned(Objective.Of(new GradientAscent()));

        Assert.InRange(before, -1, 0);
        Assert.InRange(after, double.NegativeInfinity, -10);
    }

    // Policy and reference agree before the first update, so r = 0 for every answer: (2/β) ln 2. With retain rows, which the model
    // knows, their loss of less than 0.05 comes on top.
    [Theory, InlineData(0.1), InlineData(1.0)]
    public void The_first_loss_of_NPO_is_two_ln_two_over_beta(double beta)
    {
        Assert.Equal(2 / beta * Math.Log(2), First(Objective.Of(new Npo(beta))).Loss, 1e-4);
        Assert.InRange(First(Objective.Of(new Npo(beta)).And(new RetainLoss())).Loss - 2 / beta * Math.Log(2), 1e-6, 0.05);
    }

    [Fact]
    public void The_loss_of_gradient_ascent_with_retain_is_that_of_the_two_sets_scored_apart()
    {
        double Mean(EncodedRow[] rows) => AnswerScorer.Score(trained.Model, rows).Sum() / rows.Sum(row => row.AnswerLength);
        EncodedRow[] all = [Retain[0], Birthplaces.Encoder.Encode("Where?", "Rome.")];      // as long as no row to forget
        using var model = trained.Model.Copy();
        var loss = Unlearning.Run(model, Objective.Of(new GradientAscent()).And(new RetainLoss(), 2), Forget, all, Plan).First().Loss;

        Assert.Equal(Mean(Forget) - 2 * Mean(all), loss, 1e-5);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_retain_term_keeps_what_is_not_to_be_forgotten(bool npo)
    {
        var objective = npo ? Objective.Of(new Npo(0.5)) : Objective.Of(new GradientAscent());
        var (forgotten, lost) = Unlearned(objective);
        var (forgottenToo, kept) = Unlearned(objective.And(new RetainLoss()));

        Assert.InRange(forgotten, double.NegativeInfinity, -5);
        Assert.InRange(forgottenToo, double.NegativeInfinity, -5);
        Assert.True(kept > lost + 2, $"log p of retain answers is {kept} with a retain term and {lost} without.");
    }

    // −(2/β) E log σ(−β r) with r from the given reference, which is not the model that the run begins with.
    [Fact]
    public void Log_ratios_are_those_to_a_reference_of_its_own()
    {
        const double beta = 0.5;
        using var model = trained.Model.Copy();
        foreach (var _ in Unlearning.Run(model, Objective.Of(new GradientAscent()), Forget, [], Plan with { Steps = 3 })) { }
        var ratios = AnswerScorer.Score(model, Forget).Zip(AnswerScorer.Score(trained.Model, Forget), (mine, its) => mine - its);
        var expected = ratios.Average(ratio => 2 / beta * Math.Log(1 + Math.Exp(beta * ratio)));

        var objective = Objective.Of(new Npo(beta)).And(new DivergenceLoss(RowGroup.Forget));
        var report = Unlearning.Run(model, objective, new(Forget, []), Plan, reference: trained.Model).First();

        Assert.Equal(expected, report.Terms[0].Value, 1e-5);
        Assert.InRange(expected, 0, 2 / beta * Math.Log(2) - 0.1);
        Assert.InRange(report.Terms[1].Value, 1e-3, 10);
    }

    [Fact]
    public void A_retain_term_without_rows_is_refused_with_the_methods_name()
    {
        var error = Assert.Throws<ArgumentException>(() =>
            Unlearning.Run(trained.Model, Objective.Of(new Npo()).And(new RetainLoss()), Forget, [], Plan));

        Assert.StartsWith("NPO+RT needs retain rows but there are none.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_rows_to_forget_are_refused_at_once() =>
        Assert.Throws<ArgumentException>(() => Unlearning.Run(trained.Model, Objective.Of(new Npo()), [], Retain, Plan));

    [Fact]
    public void Without_a_retain_term_retain_rows_change_nothing()
    {
        byte[] Run(EncodedRow[] retain)
        {
            using var model = trained.Model.Copy();
            foreach (var _ in Unlearning.Run(model, Objective.Of(new Npo()), Forget, retain, Plan with { Steps = 3 })) { }
            return Birthplaces.Bits(model);
        }

        Assert.Equal(Run([]), Run(Retain));
    }

    private StepReport First(Objective objective)
    {
        using var model = trained.Model.Copy();
        return Unlearning.Run(model, objective, Forget, Retain, Plan).First();
    }

    /// <summary>Mean log p of the forget and of the retain answers after unlearning.</summary>
    private (double Forget, double Retain) Unlearned(Objective objective)
    {
        using var model = trained.Model.Copy();
        foreach (var _ in Unlearning.Run(model, objective, Forget, Retain, Plan)) { }
        return (AnswerScorer.Score(model, Forget).Average(), AnswerScorer.Score(model, Retain).Average());
    }
}
