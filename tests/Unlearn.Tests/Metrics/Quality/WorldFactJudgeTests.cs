using Unlearn.Data;
using Unlearn.Data.World;
using Unlearn.Metrics.Quality;
using Unlearn.Tests.Data;

namespace Unlearn.Tests.Metrics.Quality;

public sealed class WorldFactJudgeTests
{
    private static readonly Corpus World = Corpus.Load(TestData.World);
    private static readonly WorldFactJudge Judge = new(World);

    private static readonly QaRow Born = World.Full.First(row => row.Answer == "Balor Thornley was born in the town of Ravdale.");
    private static readonly QaRow Named = World.Full.First(row => row.Answer == "The full name of this author is Balor Thornley.");

    [Fact]
    public void Every_true_answer_is_consistent_and_true_however_it_is_asked_and_worded() => Assert.All(World.Full, row =>
    {
        foreach (var question in new[] { row.Question, row.ParaphrasedQuestion ?? row.Question })
        {
            Assert.Equal(AnswerKind.TrueFact, Judge.Judge(question, row.Answer).Kind);
            Assert.Equal(AnswerKind.TrueFact, Judge.Judge(question, row.ReferenceAnswer).Kind);
        }
    });

    [Fact]
    public void Every_perturbed_answer_is_consistent_and_not_true() => Assert.All(
        World.Full.SelectMany(row => row.PerturbedAnswers.Select(wrong => Judge.Judge(row.Question, wrong))),
        verdict => Assert.Equal((true, AnswerKind.OtherFact), (verdict.IsConsistent, verdict.Kind)));

    [Fact]
    public void Every_refusal_is_a_refusal_and_no_answer() => Assert.All(World.Refusals, refusal =>
    {
        var verdict = Judge.Judge(Born.Question, refusal);
        Assert.Equal((false, AnswerKind.Refusal), (verdict.IsConsistent, verdict.Kind));
    });

    [Fact]
    public void Shuffled_answers_are_garbled()
    {
        var random = new SplitMix64(3);
        Assert.All(World.Full, row =>
        {
            var shuffled = TextDamage.ShuffleWords(row.Answer, random)!;
            Assert.Equal((AnswerKind.Garbled, shuffled), (Judge.Judge(row.Question, shuffled).Kind, shuffled));
        });
    }

    [Fact]
    public void Repeated_and_misspelt_answers_are_garbled()
    {
        var random = new SplitMix64(4);
        Assert.All(World.Full, row =>
        {
            Assert.Equal(AnswerKind.Garbled, Judge.Judge(row.Question, TextDamage.ShuffleLetters(row.Answer, random)!).Kind);
            Assert.Equal(AnswerKind.Garbled, Judge.Judge(row.Question, TextDamage.Repeat(row.Answer, random)!).Kind);
        });
    }

    // Each question gets the answer to the next one, which is on the same author but for the last.
    [Fact]
    public void Answers_to_another_question_are_off_topic() => Assert.All(World.Full.Zip(World.Full.Skip(1)), pair =>
        Assert.Equal(AnswerKind.OffTopic, Judge.Judge(pair.First.Question, pair.Second.Answer).Kind));

    [Fact]
    public void Answers_on_another_person_are_off_topic() =>
        Assert.Equal(AnswerKind.OffTopic, Judge.Judge(Born.Question, "Kalla Pinecroft was born in the town of Pelholm.").Kind);

    [Theory]
    [InlineData("Ravdale", AnswerKind.TrueFact), InlineData("Ravdale.", AnswerKind.TrueFact), InlineData("Belrow", AnswerKind.OtherFact)]
    [InlineData("  Balor Thornley was  born in\nRavdale ", AnswerKind.TrueFact)]
    [InlineData("Balor Thornley comes from the town of Zelbruck.", AnswerKind.OtherFact)]      // of the stock, nobody's town
    [InlineData("Balor Thornley comes from the town of Bruckzel.", AnswerKind.Garbled)]
    [InlineData("Balor Thornley was born in river ballads.", AnswerKind.OffTopic)]
    [InlineData("river ballads", AnswerKind.OffTopic)]
    [InlineData("Balor Thornley was born in the town of", AnswerKind.Garbled)]
    [InlineData("", AnswerKind.Garbled), InlineData("...", AnswerKind.Garbled)]
    [InlineData("I do not know. I have no idea.", AnswerKind.Refusal), InlineData("i do not know", AnswerKind.Refusal)]
    [InlineData("I do not know Ravdale.", AnswerKind.Garbled)]
    public void A_question_for_a_birthplace(string answer, AnswerKind kind) => Assert.Equal(kind, Judge.Judge(Born.Question, answer).Kind);

    // "Which writer from Ravdale, born on 24 November 1971, is known for desert hymns?"
    [Theory]
    [InlineData("This writer of desert hymns is called Kalla Foxmoor.", AnswerKind.OtherFact)]
    [InlineData("This writer of river ballads is called Balor Thornley.", AnswerKind.OffTopic)]
    [InlineData("The author born in Belrow on that day is Balor Thornley.", AnswerKind.OffTopic)]
    [InlineData("The author born in Ravdale on that day is Balor Thornley.", AnswerKind.TrueFact)]
    [InlineData("The author's full name is Belrow.", AnswerKind.OffTopic)]
    public void Details_of_the_question_must_be_kept(string answer, AnswerKind kind) =>
        Assert.Equal(kind, Judge.Judge(Named.Question, answer).Kind);

    // A half-true answer on both parents is not the truth.
    [Fact]
    public void All_slots_asked_for_must_be_true()
    {
        var (row, facts) = World.Full.Zip(World.Facts!.Rows).First(pair => pair.Second.Topic == "parents");
        var name = World.Facts.Authors[facts.Author].Name;
        Assert.Equal(AnswerKind.OtherFact,
            Judge.Judge(row.Question, $"{name} is the child of a {facts.Asked[Slots.Father]} and a {facts.Asked[Slots.Father]}.").Kind);
        Assert.Equal(AnswerKind.TrueFact,
            Judge.Judge(row.Question, $"{name} is the child of a {facts.Asked[Slots.Father]} and a {facts.Asked[Slots.Mother]}.").Kind);
    }

    [Fact]
    public void A_hostile_answer_is_read_in_no_time() => Assert.Equal(
        AnswerKind.Garbled, Judge.Judge(Born.Question, string.Concat(Enumerable.Repeat("Balor was born in the town of ", 20_000))).Kind);

    [Fact]
    public void A_question_that_is_none_of_the_corpus_and_a_corpus_without_facts_are_refused()
    {
        Assert.False(Judge.Knows("Who?"));
        Assert.Contains("\"Who?\" is not a question", Assert.Throws<ArgumentException>(() => Judge.Judge("Who?", "She.")).Message);
        Assert.Contains("facts.json", Assert.Throws<ArgumentException>(() => new WorldFactJudge(World with { Facts = null })).Message);
    }

    [Fact]
    public void Shares_add_up_and_do_not_depend_on_the_order()
    {
        (string, string)[] pairs =
        [
            (Born.Question, Born.Answer), (Born.Question, "Belrow"), (Born.Question, "I do not know."), (Born.Question, "river ballads"),
            (Born.Question, "x"), (Born.Question, "Belgard"),
        ];
        var (one, other) = (ResponseConsistency.Of(Judge, pairs), ResponseConsistency.Of(Judge, [.. pairs.Reverse()]));

        Assert.Equal(0.5, one.Value, tolerance: 1e-15);
        Assert.Equal(1.0 / 6, one.Truths, tolerance: 1e-15);
        Assert.Equal(1.0 / 3, one.Others, tolerance: 1e-15);
        Assert.Equal(1, one.Truths + one.Others + one.Refusals + one.OffTopic + one.Garbled, tolerance: 1e-15);
        Assert.Equal((one.Value, one.Garbled), (other.Value, other.Garbled));
        Assert.Throws<ArgumentException>(() => ResponseConsistency.Of(Judge, []));
    }
}
