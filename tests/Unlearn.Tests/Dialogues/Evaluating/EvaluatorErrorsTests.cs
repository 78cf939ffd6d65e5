using Unlearn.Dialogues;
using Unlearn.Dialogues.Evaluating;

namespace Unlearn.Tests.Dialogues.Evaluating;

public sealed class EvaluatorErrorsTests
{
    private static readonly Exchange[] Many = [.. Enumerable.Range(0, 4000).Select(number => new Exchange($"question {number}", "answer"))];

    [Fact]
    public void Ordinary_dialogues_are_flagged_and_flagged_ones_missed_as_often_as_said()
    {
        var errors = new EvaluatorErrors(FalsePositives: 0.1, Misses: 0.3);

        var flagged = Many.Select(each => errors.Of(each, DialogueKind.Ordinary)).ToArray();
        var missed = Many.Count(each => errors.Of(each, DialogueKind.Private) == DialogueKind.Ordinary);

        // Four standard deviations of a binomial.
        Assert.InRange(flagged.Count(kind => kind != DialogueKind.Ordinary), 324, 476);
        Assert.InRange(missed, 1084, 1316);
        foreach (var kind in KindScores.Kinds) Assert.InRange(flagged.Count(each => each == kind), 90, 180);
    }

    [Fact]
    public void An_error_belongs_to_the_exchange_and_the_seed()
    {
        var errors = new EvaluatorErrors(Misses: 0.5);
        bool[] Missed(EvaluatorErrors some) => [.. Many.Select(each => some.Of(each, DialogueKind.Harmful) == DialogueKind.Ordinary)];

        Assert.Equal(Missed(errors), Missed(errors));
        Assert.NotEqual(Missed(errors), Missed(errors with { Seed = 1 }));
        Assert.Null(errors.Of(Many[0], null));
    }
}
