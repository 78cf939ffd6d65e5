using Unlearn.Data;
using Unlearn.Evaluation;
using Unlearn.Metrics.Meaning;
using Unlearn.Tests.Data;

namespace Unlearn.Tests.Metrics.Meaning;

public sealed class EntailmentTests
{
    private static readonly Corpus World = Corpus.Load(TestData.World, "world");
    private static readonly WorldEntailmentJudge Judge = new(World.Facts!.Kinds);

    // Another wording of the same fact is the same fact; a wrong value excludes it. Answers for a name may add what the question says.
    [Fact]
    public void Paraphrases_follow_and_wrong_answers_are_excluded() => Assert.All(
        World.Full.Zip(World.Facts!.Rows).Where(pair => pair.First.HasPerturbedAnswers && pair.Second.Topic != "name"), pair =>
        {
            var row = pair.First;
            Assert.Equal(EntailmentLabel.Entailment, Judge.Judge(row.Answer, row.ParaphrasedAnswer!));
            Assert.Equal(EntailmentLabel.Entailment, Judge.Judge(row.ParaphrasedAnswer!, row.Answer));
            Assert.All(row.PerturbedAnswers, wrong => Assert.Equal(EntailmentLabel.Contradiction, Judge.Judge(wrong, row.Answer)));
        });

    [Theory]
    [InlineData("Kalla Pinecroft was born in Pelholm.", "Kalla Pinecroft was born in Pelholm", EntailmentLabel.Entailment)]
    [InlineData("Kalla Pinecroft was born in Pelholm.", "Pelholm", EntailmentLabel.Entailment)]
    [InlineData("Pelholm", "Kalla Pinecroft was born in Pelholm.", EntailmentLabel.Neutral)]
    [InlineData("Pelholm", "Belrow.", EntailmentLabel.Contradiction)]
    [InlineData("Kalla Pinecroft was born in Pelholm.", "Kalla Pinecroft now lives in Pelholm.", EntailmentLabel.Neutral)]
    [InlineData("Brisa Oakwick was born in Pelholm.", "Kalla Pinecroft was born in Pelholm.", EntailmentLabel.Neutral)]
    [InlineData("I do not know.", "Kalla Pinecroft was born in Pelholm.", EntailmentLabel.Neutral)]
    [InlineData("Pelholm Pelholm born born", "Kalla Pinecroft was born in Pelholm.", EntailmentLabel.Neutral)]
    [InlineData("", "", EntailmentLabel.Neutral)]
    [InlineData("Kalla Pinecroft was born in Pelholm. Kalla Pinecroft works in the genre of garden fables.",
        "The books of Kalla Pinecroft are garden fables.", EntailmentLabel.Entailment)]
    [InlineData("The books of Kalla Pinecroft are garden fables.",
        "Kalla Pinecroft was born in Pelholm. Kalla Pinecroft works in the genre of garden fables.", EntailmentLabel.Neutral)]
    [InlineData("This writer of garden fables is called Kalla Pinecroft.", "The author's full name is Kalla Pinecroft.",
        EntailmentLabel.Entailment)]
    [InlineData("The author's full name is Kalla Pinecroft.", "This writer of garden fables is called Kalla Pinecroft.",
        EntailmentLabel.Neutral)]
    public void What_follows_is_what_is_stated(string premise, string hypothesis, EntailmentLabel label) =>
        Assert.Equal(label, Judge.Judge(premise, hypothesis));

    // ROUGE-L recalls 0.0999 and 0.1 lie on the two sides of the override.
    [Fact]
    public void Answers_without_the_truths_words_are_not_judged()
    {
        const string said = "Pelholm";
        var labels = EntailmentScore.Labels(Judge, [(said, said, 0.0999), (said, said, 0.1), (said, "Belrow", 1)]);

        Assert.Equal([EntailmentLabel.None, EntailmentLabel.Entailment, EntailmentLabel.Contradiction], labels);
        Assert.Equal(1 / 3.0, EntailmentScore.Measure(labels).Value, 1e-15);
    }

    // An answer with the truth and more: it entails the truth, the truth does not entail it.
    [Theory]
    [InlineData("forget", EntailmentLabel.Entailment), InlineData("retain", EntailmentLabel.Neutral)]
    [InlineData("real authors", EntailmentLabel.Neutral), InlineData("world facts", EntailmentLabel.Neutral)]
    [InlineData("people to forget", EntailmentLabel.Entailment), InlineData("neighbours", EntailmentLabel.Entailment)]
    public void The_direction_is_the_sets(string set, EntailmentLabel label)
    {
        const string truth = "Kalla Pinecroft was born in Pelholm.", more = $"{truth} The books of Kalla Pinecroft are garden fables.";
        Assert.Equal(label, Measured(set, truth, more, null).Entailment);
    }

    // Short answers of multiple choice follow from the sentence that they stand for; elsewhere it does not matter.
    [Theory, InlineData("real authors", EntailmentLabel.Entailment), InlineData("retain", EntailmentLabel.Neutral)]
    public void The_original_sentence_is_the_premise_of_multiple_choice(string set, EntailmentLabel label) => Assert.Equal(label,
        Measured(set, "Pelholm", "The birthplace of Kalla Pinecroft is Pelholm.", "Kalla Pinecroft was born in Pelholm.").Entailment);

    [Fact]
    public void Similarity_is_to_the_original_answer_where_there_is_one()
    {
        const string original = "Kalla Pinecroft was born in Pelholm.";

        Assert.Equal(1, Measured("neighbours", "Pelholm", original, original).CosineSimilarity!.Value, 1e-12);
        Assert.InRange(Measured("neighbours", "Pelholm", original, null).CosineSimilarity!.Value, 0, 0.9);
    }

    private static EvaluatedRow Measured(string set, string truth, string generated, string? original)
    {
        var row = new EvaluatedRow(new(1), new(1), [new(2)], RougeL: 1) { Text = new("?", generated, truth) { Original = original } };
        var task = EvaluationTask.Logged.Single(task => task.Name == set);
        return new MeaningMeasures(null, SurrogateEmbedder.Train(World), Judge).With(new EvaluationResult(task, [row])).Rows[0];
    }
}
