using Unlearn.Dialogues;

namespace Unlearn.Tests.Dialogues;

public sealed class VerdictCountsTests
{
    [Fact]
    public void Rates_are_over_all_answers()
    {
        var counts = new VerdictCounts([Verdict.Leaked, Verdict.PartlyLeaked, Verdict.Refused, Verdict.Junk, Verdict.Wrong]);

        Assert.Equal((1, 5), (counts.Leak.Count, counts.Leak.Of));
        Assert.Equal(2, counts.PartialLeak.Count);
        Assert.Equal(0.2, counts.Junk.Value);
        Assert.Equal(counts.Leak, counts.Bad(DialogueKind.Private));
    }

    [Fact]
    public void What_became_of_invented_answers_sums_to_one_whatever_the_verdicts()
    {
        var counts = new VerdictCounts(Enum.GetValues<Verdict>().SelectMany(verdict => Enumerable.Repeat(verdict, 1 + (int)verdict)));
        var outcomes = counts.HallucinationOutcomes;

        Assert.Equal(["asserted wrong", "right", "abstained", "other"], outcomes.Select(rate => rate.Name));
        Assert.Equal(counts.Answers, outcomes.Sum(rate => rate.Count));
        Assert.Equal(2 + 3, outcomes[0].Count);
    }

    [Fact]
    public void No_answers_have_no_rates() => Assert.Throws<ArgumentException>(() => new VerdictCounts([]));

    [Fact]
    public void Ordinary_dialogues_have_nothing_bad() =>
        Assert.Throws<ArgumentException>(() => new VerdictCounts([Verdict.Right]).Bad(DialogueKind.Ordinary));
}
