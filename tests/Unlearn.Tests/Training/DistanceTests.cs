using Unlearn.Data;
using Unlearn.Models;
using Unlearn.Models.Adapters;
using Unlearn.Objectives;
using Unlearn.Scoring;
using Unlearn.Training;

namespace Unlearn.Tests.Training;

/// <summary>The distance loss on a model that knows its answers.</summary>
[NoTensorLeaks]
public sealed class DistanceTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private static readonly EncodedRow[] Forget = Birthplaces.Encoded[9..], Retain = Birthplaces.Encoded[..9];
    private static readonly TrainingPlan Plan = new(40, 3e-3, BatchSize: 3, WeightDecay: 0, Schedule: Schedule.Constant);
    private static readonly Objective Method = Objective.Of(new DistanceLoss())
        .And(new DivergenceLoss(Kind: new(KlDirection.FromReference, KlPositions.Answers)), 3);

    // On memorised answers s is about 1, so the loss is about m; KL to itself is 0.
    [Theory, InlineData(DistanceSpace.Tokens, 0.9), InlineData(DistanceSpace.Sequence, 0.9), InlineData(DistanceSpace.Tokens, 0.4)]
    public void It_begins_at_its_margin_with_no_divergence(DistanceSpace space, double margin)
    {
        using var model = trained.Model.Copy();
        var objective = Objective.Of(new DistanceLoss(space, margin)).And(Method.Terms[1].Term);
        var report = Unlearning.Run(model, objective, new(Forget, Retain), Plan).First();

        Assert.InRange(report.Terms[0].Value, margin - 0.02, margin + 1e-6);
        Assert.InRange(report.Terms[1].Value, -1e-6, 1e-6);
    }

    [Fact]
    public void A_hidden_state_begins_at_no_distance_from_itself()
    {
        using var model = trained.Model.Copy();
        var report = Unlearning.Run(model, Objective.Of(new DistanceLoss(DistanceSpace.Hidden)), new(Forget, []), Plan).First();

        Assert.Equal(0.9, report.Loss, 1e-5);
    }

    [Fact]
    public void Alone_it_ends_near_0_with_the_answers_gone()
    {
        using var model = trained.Model.Copy();
        var last = Unlearning.Run(model, Objective.Of(new DistanceLoss()), new(Forget, []), Plan with { Steps = 150 }).Last();

        Assert.InRange(last.Loss, 0, 0.1);
        Assert.InRange(AnswerScorer.Score(model, Forget).Average(), double.NegativeInfinity, -10);
    }

    // Rows to keep say nearly the same in the same words, " was born in", so some of the similarity stays.
    [Fact]
    public void Beside_a_divergence_answers_go_and_others_are_kept()
    {
        using var model = trained.Model.Copy();
        var last = Unlearning.Run(model, Method, new(Forget, Retain), Plan with { Steps = 250 }).Last();
        var forgotten = AnswerScorer.Score(model, Forget).Average();

        Assert.InRange(last.Terms[0].Value, 0, 0.7);
        Assert.InRange(forgotten, double.NegativeInfinity, -5);
        Assert.InRange(AnswerScorer.Score(model, Retain).Average(), forgotten / 2, 0);
    }

    // Adapters whose second factor is 0 change nothing: losses are those of the bare model to the last bit.
    [Fact]
    public void Fresh_adapters_begin_with_the_losses_of_the_model_itself()
    {
        using var bare = trained.Model.Copy();
        var expected = Unlearning.Run(bare, Method, new(Forget, Retain), Plan).First();
        using var model = trained.Model.Copy();
        using var adapted = new AdaptedModel(model, new LoraOptions());
        var report = Unlearning.Run(adapted, Method, new UnlearningRows(Forget, Retain), Plan).First();

        Assert.Equal(expected.Terms.Select(term => term.Value), report.Terms.Select(term => term.Value));
    }

    [Fact]
    public void Directions_that_are_given_take_the_place_of_the_models_own()
    {
        StepReport First(TokenDirections? directions)
        {
            using var model = Birthplaces.Untrained();
            return Unlearning.Run(model, Objective.Of(new DistanceLoss(Margin: 2)), new(Forget, []), Plan, directions: directions).First();
        }
        using var untrained = Birthplaces.Untrained();
        using var own = TokenDirections.Of(untrained);
        using var other = TokenDirections.Of(untrained, [.. Enumerable.Range(0, 100)]);

        Assert.Equal(First(null).Loss, First(own).Loss);
        Assert.NotEqual(First(null).Loss, First(other).Loss);
    }

    [Theory, InlineData("ours-tok"), InlineData("GA+mismatch+KL")]
    public void What_only_dialogues_have_is_refused_with_the_place_that_has_it(string name)
    {
        var rows = UnlearningRows.Of(Birthplaces.Split, Birthplaces.Encoder, ["I do not know."]);
        var error = Assert.Throws<ArgumentException>(() =>
            Unlearning.Run(trained.Model, DialoguePaper.Method(name).Objective, rows, Plan));

        Assert.Contains("DialogueUnlearning", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_constant_rate_stays_where_it_is_after_the_warm_up()
    {
        var plan = Plan with { WarmUpSteps = 4 };

        Assert.Equal([0.25, 0.5, 0.75, 1, 1, 1], new[] { 0, 1, 2, 3, 20, 39 }.Select(plan.Rate));
    }
}
