using Unlearn.Metrics.Quality;

namespace Unlearn.Tests.Metrics.Quality;

public sealed class AnswerDiversityTests
{
    // "a b c d" and "a x c": longest common subsequence "a c", so F1 = 4/7; words {a b c d x} of 7; pairs ab bc cd ax xc, 5 of 5.
    [Fact]
    public void Two_answers_by_hand()
    {
        var diversity = AnswerDiversity.Of([["A b c, D.", "a X c"]]);

        Assert.Equal(4.0 / 7, diversity.PairwiseRougeL.Value, tolerance: 1e-15);
        Assert.Equal(5.0 / 7, diversity.Distinct1.Value, tolerance: 1e-15);
        Assert.Equal((1, 0, 2), (diversity.Distinct2.Value, diversity.Duplicates, diversity.Answers));
    }

    // Stems would be alike.
    [Fact]
    public void Words_are_not_stemmed() => Assert.Equal(0, AnswerDiversity.Of([["running", "runs"]]).PairwiseRougeL.Value);

    [Fact]
    public void A_model_that_always_says_the_same_has_no_diversity()
    {
        var diversity = AnswerDiversity.Of([["one two", "one two ", "one two", "one two"]]);
        Assert.Equal((1, 0.25, 0.25, 0.75),
            (diversity.PairwiseRougeL.Value, diversity.Distinct1.Value, diversity.Distinct2.Value, diversity.Duplicates));
    }

    [Fact]
    public void Answers_without_a_word_are_alike_and_unlike_any_other()
    {
        Assert.Equal(1, AnswerDiversity.Of([["", " …"]]).PairwiseRougeL.Value);
        Assert.Equal(0, AnswerDiversity.Of([["", "word"]]).PairwiseRougeL.Value);
        Assert.Equal(0, AnswerDiversity.Of([["", ""]]).Distinct1.Value);
    }

    [Fact]
    public void Neither_the_order_of_answers_nor_that_of_questions_matters()
    {
        string[] first = ["a b c", "a c b d", "x y", "a b c"], second = ["p q", "p r", "s"];
        var (one, other) = (AnswerDiversity.Of([first, second]), AnswerDiversity.Of([second, [.. first.Reverse()]]));

        Assert.Equal(one.PairwiseRougeL.Value, other.PairwiseRougeL.Value, tolerance: 1e-15);
        Assert.Equal(one.Distinct1.Value, other.Distinct1.Value, tolerance: 1e-15);
        Assert.Equal(one.Distinct2.Value, other.Distinct2.Value, tolerance: 1e-15);
        Assert.Equal((one.Duplicates, one.Answers), (other.Duplicates, other.Answers));
    }

    [Fact]
    public void One_more_copy_never_adds_diversity()
    {
        string[] answers = ["a b c", "a c b d", "x y"];
        var (before, after) = (AnswerDiversity.Of([answers]), AnswerDiversity.Of([[.. answers, .. answers]]));

        Assert.True(after.PairwiseRougeL.Value > before.PairwiseRougeL.Value);
        Assert.True(after.Distinct1.Value < before.Distinct1.Value);
        Assert.Equal((0, 0.5), (before.Duplicates, after.Duplicates));
    }

    [Fact]
    public void A_single_answer_has_no_diversity_to_measure() =>
        Assert.Contains("Question 1 has 1 answers",
            Assert.Throws<ArgumentException>(() => AnswerDiversity.Of([["a", "b"], ["c"]])).Message);
}
