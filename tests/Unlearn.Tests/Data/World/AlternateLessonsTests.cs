using Unlearn.Data;
using Unlearn.Data.World;

namespace Unlearn.Tests.Data.World;

public sealed class AlternateLessonsTests
{
    private static readonly FactSheet Facts = FactSheet.Read(Path.Combine(TestData.World, FactSheet.FileName));

    [Fact]
    public void Lessons_are_about_public_authors_alone()
    {
        string[] fictitious = [.. Facts.Authors.Select(author => author.Name)];
        string[] books = [.. Facts.Authors.Select(author => author.Values[Slots.FirstBook])];

        Assert.All(All(2000), lesson => Assert.DoesNotContain(fictitious.Concat(books), text =>
            lesson.Question.Contains(text, StringComparison.Ordinal) || lesson.Answer.Contains(text, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_alternate_is_another_answer_that_keeps_what_the_question_states()
    {
        foreach (var lesson in AlternateLessons.Of(Facts, 500, 20, 0).Lessons)
        {
            var alternate = Assert.Single(lesson.PerturbedAnswers);
            string[] words = lesson.Answer.Split(' '), others = alternate.Split(' '), asked = lesson.Question.Split(' ', '?');
            Assert.NotEqual(lesson.Answer, alternate);
            // The author's given name, a capital inside the question, stays wherever the answer has it.
            foreach (var name in asked.Skip(1).Where(word => word.Length > 2 && char.IsUpper(word[0]) && words.Contains(word)))
                Assert.Contains(name, others);
        }
    }

    [Fact]
    public void Every_other_lesson_is_about_a_known_row()
    {
        var (known, lessons) = AlternateLessons.Of(Facts, 200, 20, 0);
        var rows = known.Select(row => (row.Question, row.Answer)).ToHashSet();

        Assert.Equal(20, known.Count);
        Assert.All(lessons.Index(), lesson =>
            Assert.Equal(lesson.Index % 2 == 1, rows.Contains((lesson.Item.Question, lesson.Item.Answer))));
    }

    [Fact]
    public void Lessons_follow_from_the_seed_and_the_first_of_many_are_those_of_few()
    {
        IReadOnlyList<QaRow> Lessons(int count, ulong seed) => AlternateLessons.Of(Facts, count, 10, seed).Lessons;

        Assert.Equal(Lessons(40, 5), Lessons(90, 5).Take(40));
        Assert.NotEqual(Lessons(40, 5), Lessons(40, 6));
        Assert.Empty(Lessons(0, 5));
    }

    [Fact]
    public void Lessons_are_various() => Assert.InRange(AlternateLessons.Of(Facts, 1000, 120, 0).Lessons.Distinct().Count(), 950, 1000);

    private static IEnumerable<QaRow> All(int count)
    {
        var (known, lessons) = AlternateLessons.Of(Facts, count, 100, 0);
        return known.Concat(lessons);
    }
}
