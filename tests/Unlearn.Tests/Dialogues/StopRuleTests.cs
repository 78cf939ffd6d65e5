using System.Collections.Immutable;
using Unlearn.Dialogues;

namespace Unlearn.Tests.Dialogues;

/// <summary>The stop rule on made-up sequences of rates and utilities.</summary>
public sealed class StopRuleTests
{
    private static readonly StopOptions Options = new(Epsilon: 0.03, FinishChecks: 2, Patience: 3, UtilityLoss: 0.05, FloorChecks: 2);

    [Fact]
    public void A_kind_is_finished_after_two_checks_in_a_row_at_epsilon_or_below()
    {
        var rule = Sequence([(1, 1, 1, 1), (0.03, 0.5, 0.02, 1), (0.04, 0.4, 0.0, 1), (0.0, 0.3, 0.01, 1), (0.0, 0.2, 0.0, 1)]);

        Assert.Equal(40, rule.Kinds[DialogueKind.Harmful].FinishedAt);
        Assert.Null(rule.Kinds[DialogueKind.Hallucinated].FinishedAt);
        Assert.Equal(20, rule.Kinds[DialogueKind.Private].FinishedAt);
        Assert.Equal([DialogueKind.Hallucinated], rule.Active.ToArray());
        Assert.Equal(StopDecision.Continue, rule.Decision);
    }

    [Fact]
    public void When_all_kinds_are_finished_so_is_the_run()
    {
        var rule = Sequence([(1, 1, 1, 1), (0, 0.5, 0, 1), (0, 0.02, 0, 1), (0, 0.01, 0, 0.99)]);

        Assert.Equal(StopDecision.Finished, rule.Decision);
        Assert.Empty(rule.Active);
        Assert.Equal(30, rule.BestStep);
    }

    [Theory, InlineData(true, true), InlineData(false, false)]
    public void A_finished_kind_that_comes_back_is_worked_on_again_unless_told_otherwise(bool reopens, bool active)
    {
        var rule = Sequence([(1, 1, 1, 1), (0, 1, 1, 1), (0, 1, 1, 1), (0.2, 1, 1, 1)], Options with { Reopens = reopens });

        Assert.Equal(active, rule.Active.Contains(DialogueKind.Harmful));
    }

    [Fact]
    public void Without_progress_for_as_many_checks_as_there_is_patience_it_ends()
    {
        (double, double, double, double)[] checks = [(1, 1, 1, 1), (0.5, 1, 1, 1), (0.5, 1, 1, 1), (0.6, 1, 1, 1)];

        Assert.Equal(StopDecision.Continue, Sequence(checks).Decision);
        Assert.Equal(StopDecision.NoImprovement, Sequence([.. checks, (0.5, 1, 1, 1)]).Decision);
        Assert.Equal(StopDecision.Continue, Sequence([.. checks, (0.4, 1, 1, 1)]).Decision);
        Assert.Equal(10, Sequence([.. checks, (0.5, 1, 1, 1)]).BestStep);
    }

    // .95 of .8 is .76.
    [Fact]
    public void Two_checks_in_a_row_below_the_floor_end_it_and_the_model_before_is_kept()
    {
        var rule = Sequence([(1, 1, 1, 0.8), (0.6, 0.6, 0.6, 0.77), (0.3, 0.3, 0.3, 0.75), (0.2, 0.2, 0.2, 0.7)]);

        Assert.Equal(StopDecision.UtilityLost, rule.Decision);
        Assert.Equal(10, rule.BestStep);
        Assert.Equal(0.77, rule.Best.Utility);
        Assert.Equal(0.76, rule.Floor, 1e-15);
    }

    [Fact]
    public void One_check_below_the_floor_is_forgiven()
    {
        var rule = Sequence([(1, 1, 1, 0.8), (0.5, 0.5, 0.5, 0.7), (0.4, 0.4, 0.4, 0.76), (0.3, 0.3, 0.3, 0.7)]);

        Assert.Equal(StopDecision.Continue, rule.Decision);
        Assert.Equal(20, rule.BestStep);
        Assert.Equal(1, rule.BelowFloor);
    }

    [Fact]
    public void Where_nothing_keeps_its_utility_the_model_before_unlearning_is_kept()
    {
        var rule = Sequence([(1, 1, 1, 1), (0, 0, 0, 0.1), (0, 0, 0, 0.1)]);

        Assert.Equal(0, rule.BestStep);
        Assert.Same(rule.Start, rule.Best);
        Assert.Equal(StopDecision.Finished, rule.Decision);
    }

    [Fact]
    public void Of_equally_good_models_the_first_is_kept() =>
        Assert.Equal(10, Sequence([(1, 1, 1, 1), (0.2, 0.2, 0.2, 0.96), (0.2, 0.2, 0.2, 1)]).BestStep);

    [Fact]
    public void A_check_changes_nothing_in_the_rule_before_it()
    {
        var rule = StopRule.Begin(Options, Check((1, 1, 1, 1)));
        _ = rule.After(10, Check((0, 0, 0, 1)));

        Assert.Equal(rule.After(10, Check((0.5, 0, 0, 1))).Kinds, rule.After(10, Check((0.5, 0, 0, 1))).Kinds);
        Assert.Equal(3, rule.Active.Length);
        Assert.Equal(0, rule.BestStep);
    }

    [Fact]
    public void Checks_that_cannot_be_are_refused()
    {
        var rule = StopRule.Begin(Options, Check((1, 1, 1, 1)));

        Assert.Throws<ArgumentException>(() => rule.After(1, Check((1.1, 1, 1, 1))));
        Assert.Throws<ArgumentException>(() => rule.After(1, Check((double.NaN, 1, 1, 1))));
        Assert.Throws<ArgumentException>(() => rule.After(1, Check((1, 1, 1, -1))));
        Assert.Throws<ArgumentException>(() => rule.After(1, Check((1, 1, 1, double.NaN))));
        Assert.Throws<ArgumentException>(() => rule.After(1, new(rule.Start.Rates.Remove(DialogueKind.Private), 1)));
        Assert.Throws<ArgumentException>(() => StopRule.Begin(Options, new(ImmutableSortedDictionary<DialogueKind, double>.Empty, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => StopRule.Begin(Options with { UtilityLoss = 1.5 }, rule.Start));
        Assert.Throws<ArgumentOutOfRangeException>(() => StopRule.Begin(Options with { Patience = 0 }, rule.Start));
    }

    private static StopRule Sequence((double, double, double, double)[] checks, StopOptions? options = null) =>
        checks.Skip(1).Select(Check).Index().Aggregate(
            StopRule.Begin(options ?? Options, Check(checks[0])), (rule, check) => rule.After(10 * (check.Index + 1), check.Item));

    private static DialogueCheck Check((double Harmful, double Hallucinated, double Private, double Utility) numbers) => new(
        ImmutableSortedDictionary.CreateRange([
            KeyValuePair.Create(DialogueKind.Harmful, numbers.Harmful),
            KeyValuePair.Create(DialogueKind.Hallucinated, numbers.Hallucinated),
            KeyValuePair.Create(DialogueKind.Private, numbers.Private),
        ]), numbers.Utility);
}
