using Unlearn.Data.World;

namespace Unlearn.Tests.Data.World;

public sealed class InquiriesTests
{
    private static readonly Inquiry[] All = [Inquiries.ForName, .. Inquiries.OfAuthor];

    [Fact]
    public void Every_answer_states_all_that_is_asked_and_no_question_gives_it_away() =>
        Assert.All(All, inquiry => Assert.All(inquiry.Wordings, wording =>
        {
            Assert.Superset(inquiry.Asked.ToHashSet(), Inquiry.SlotsOf(wording.Answer).ToHashSet());
            Assert.Empty(Inquiry.SlotsOf(wording.Question).Intersect(inquiry.Asked));
            Assert.EndsWith("?", wording.Question, StringComparison.Ordinal);
            Assert.EndsWith(".", wording.Answer, StringComparison.Ordinal);
        }));

    [Fact]
    public void Every_slot_is_asked_by_one_inquiry() =>
        Assert.Equal(Slots.All, All.SelectMany(inquiry => inquiry.Asked));

    [Fact]
    public void No_two_wordings_are_alike()
    {
        var wordings = All.SelectMany(inquiry => inquiry.Wordings).ToArray();

        Assert.Equal(44, wordings.Length);
        Assert.Equal(44, wordings.Select(wording => wording.Question).Distinct().Count());
        Assert.Equal(44, wordings.Select(wording => wording.Answer).Distinct().Count());
    }

    [Fact]
    public void Filling_replaces_slots_and_leaves_the_rest() =>
        Assert.Equal("Ann was born in Belrow, {elsewhere}.", Inquiry.Fill(
            "{name} was born in {birthplace}, {elsewhere}.",
            new Dictionary<string, string> { ["name"] = "Ann", ["birthplace"] = "Belrow" }));

    [Fact]
    public void Professions_suit_the_article_that_the_wordings_put_before_them() =>
        Assert.DoesNotContain(Unlearn.Data.World.Words.Professions, profession => "aeiou".Contains(profession[0]));
}
