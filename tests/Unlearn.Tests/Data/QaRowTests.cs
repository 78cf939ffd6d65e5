using Unlearn.Data;

namespace Unlearn.Tests.Data;

public sealed class QaRowTests
{
    [Fact]
    public void Rows_are_equal_when_all_their_texts_are()
    {
        var one = new QaRow("q", "a") { ParaphrasedAnswer = "p", PerturbedAnswers = ["x", "y"] };
        var same = new QaRow("q", "a") { ParaphrasedAnswer = "p", PerturbedAnswers = ["x", "y"] };

        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(one, one with { PerturbedAnswers = ["y", "x"] });
        Assert.NotEqual(one, one with { ParaphrasedAnswer = null });
        Assert.NotEqual(one, one with { ParaphrasedQuestion = "r" });
    }

    [Fact]
    public void Perturbed_answers_are_empty_and_never_default()
    {
        Assert.Empty(new QaRow("q", "a").PerturbedAnswers);
        Assert.Empty(new QaRow("q", "a") { PerturbedAnswers = default }.PerturbedAnswers);
    }

    [Fact]
    public void The_reference_answer_is_the_paraphrase_where_there_is_one()
    {
        Assert.Equal("a", new QaRow("q", "a").ReferenceAnswer);
        Assert.Equal("p", new QaRow("q", "a") { ParaphrasedAnswer = "p" }.ReferenceAnswer);
    }
}
