using Unlearn.Data;
using Unlearn.Data.People;
using Unlearn.Data.World;
using Unlearn.Metrics.Meaning;

namespace Unlearn.Tests.Data.People;

public sealed class PublicPeopleTests : IDisposable
{
    private static readonly PublicPeople World = PublicPeopleGenerator.Generate();

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static string[] Names(IEnumerable<PublicRow> rows) => [.. rows.Select(row => row.Name).Distinct()];

    [Fact]
    public void Three_groups_of_people_have_no_person_and_no_question_in_common()
    {
        IReadOnlyList<PublicRow>[] groups = [World.Forget, World.Neighbors, World.TestNeighbors];

        Assert.All(groups, rows => Assert.Equal((80, 10), (rows.Count, Names(rows).Length)));
        Assert.Equal(30, groups.SelectMany(Names).Distinct().Count());
        Assert.Equal(240, groups.SelectMany(rows => rows).Select(row => row.Question).Distinct().Count());
        Assert.Equal(320, World.Corpus.Full.Count);
    }

    [Fact]
    public void Each_neighbour_shares_genre_award_and_mentor_with_somebody_to_forget()
    {
        var people = World.Corpus.Facts!.Authors;
        for (var place = 10; place < 30; place++)
        {
            foreach (var slot in new[] { Slots.Genre, Slots.Award, Slots.Mentor })
                Assert.Equal(people[place % 10].Values[slot], people[place].Values[slot]);
            Assert.NotEqual(people[place % 10].Values[Slots.FirstBook], people[place].Values[Slots.FirstBook]);
        }
        Assert.Equal(people.Take(10).Select(person => person.Name), Names(World.Forget));
    }

    [Fact]
    public void A_long_answer_begins_with_the_short_one_and_goes_on_about_the_same_person()
    {
        var judge = new WorldEntailmentJudge(World.Corpus.Facts!.Kinds);
        Assert.All(World.Forget.Concat(World.Neighbors).Concat(World.TestNeighbors), row =>
        {
            Assert.StartsWith(row.GoldenAnswer + " ", row.Answer, StringComparison.Ordinal);
            Assert.Equal(3, row.Answer.Split(". ").Length);
            Assert.Equal(EntailmentLabel.Entailment, judge.Judge(row.Answer, row.GoldenAnswer));
            Assert.NotEqual(EntailmentLabel.Entailment, judge.Judge(row.GoldenAnswer, row.Answer));
            Assert.All(row.PerturbedAnswers, wrong => Assert.NotEqual(EntailmentLabel.Entailment, judge.Judge(wrong, row.GoldenAnswer)));
        });
    }

    [Fact]
    public void Training_reads_long_answers_and_evaluation_short_ones_of_other_neighbours()
    {
        var split = World.Split;

        Assert.Equal(25, split.Percent);
        Assert.Equal(World.Forget.Select(row => row.Answer), split.Forget.Select(row => row.Answer));
        Assert.Equal(World.Neighbors.Select(row => row.Answer), split.Retain.Select(row => row.Answer));
        Assert.Equal(World.Forget.Select(row => row.GoldenAnswer), split.ForgetPerturbed.Select(row => row.Answer));
        Assert.Equal(World.TestNeighbors.Select(row => (string?)row.Answer), split.RetainPerturbed.Select(row => row.OriginalAnswer));
        Assert.All(split.ForgetPerturbed.Concat(split.RetainPerturbed), row => Assert.Equal(5, row.PerturbedAnswers.Length));
    }

    [Fact]
    public void The_corpus_has_everything_that_the_model_learns_with_its_facts()
    {
        var corpus = World.Corpus;

        Assert.Equal(corpus.Full.Count, corpus.Facts!.Rows.Count);
        Assert.Equal(World.Forget.Select(row => row.Answer), corpus.Split(World.Split.Percent).Forget.Select(row => row.Answer));
        Assert.All(corpus.Full.Zip(corpus.Facts.Rows), pair =>
            Assert.Contains(corpus.Facts.Authors[pair.Second.Author].Name, pair.First.Question + pair.First.Answer, StringComparison.Ordinal));
        Assert.All(World.Forget.Concat(World.Neighbors).Concat(World.TestNeighbors), row => Assert.Contains(row.Training, corpus.Full.Select(Bare)));
        Assert.Equal(["geography", "classics", "sums"], World.Downstream.Select(task => task.Name));
        Assert.Equal(World.Downstream.Sum(task => task.Rows.Count), corpus.RealAuthors.Count + corpus.WorldFacts.Count);
        Assert.All(World.Downstream.SelectMany(task => task.Rows), row => Assert.Equal(3, row.PerturbedAnswers.Distinct().Count()));
        Assert.Contains(World.Downstream[2].Rows, row => (row.Question, row.Answer) == ("What is seven plus four?", "eleven"));

        static QaRow Bare(QaRow row) => new(row.Question, row.Answer);
    }

    [Fact]
    public void The_same_seed_gives_the_same_people_and_another_others()
    {
        Assert.Equal(World.Sha256, PublicPeopleGenerator.Generate().Sha256);
        Assert.Equal(World.Corpus.Sha256, PublicPeopleGenerator.Generate().Corpus.Sha256);
        Assert.NotEqual(World.Sha256, PublicPeopleGenerator.Generate(1).Sha256);
    }

    [Fact]
    public void Files_read_back_equal_and_training_files_have_no_wrong_answers()
    {
        World.Write(folder.Path);
        var read = PublicPeople.Load(folder.Path);

        Assert.Equal(World.Sha256, (read with { Neighbors = World.Neighbors }).Sha256);
        Assert.Equal(World.Neighbors.Select(row => row.Training), read.Neighbors.Select(row => row.Training));
        Assert.DoesNotContain("perturbed_answer\":[\"", File.ReadAllText(Path.Combine(folder.Path, "forget.json")), StringComparison.Ordinal);
        Assert.Null(read.Corpus.Facts);
        Assert.Equal(240, read.Corpus.Full.Count);
    }

    [Theory]
    [InlineData("forget.json", "{\"name\":\"A\",\"question\":\"Q?\",\"answer\":\"long\",\"golden_answer\":\"short\"}", "do not belong together")]
    [InlineData("neighbor.json", "{\"name\":\"A\",\"question\":\"Q?\",\"answer\":\"long\"}", "neighbor.json(1): expected a JSON object with name")]
    [InlineData("neighbor.json", "{\"name\":\"A\",\"question\":\"Q?\",\"answer\":\" \",\"golden_answer\":\"short\"}", "got a blank one")]
    [InlineData("neighbor.json", "", "got a file without any"), InlineData("neighbor.json", "[1", "expected a JSON object")]
    [InlineData("neighbor_perturbed.json", "{\"name\":\"A\",\"question\":\"Q?\",\"answer\":\"long\",\"golden_answer\":\"short\"}",
        "expected wrong answers (perturbed_answer) in every row, got none in row 0")]
    public void Damaged_files_are_refused_with_the_reason(string file, string text, string reason)
    {
        World.Write(folder.Path);
        File.WriteAllText(Path.Combine(folder.Path, file), text);

        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => PublicPeople.Load(folder.Path)).Message, StringComparison.Ordinal);
    }
}
