using Unlearn.Metrics.Quality;

namespace Unlearn.Tests.Metrics.Quality;

public sealed class TextRepetitionTests
{
    // the cat the cat sat . : 6 words, 4 different; pairs the-cat cat-the the-cat cat-sat sat-. , 4 different of 5; "the cat" again: 2 of
    // 6.
    [Fact]
    public void A_text_by_hand()
    {
        var text = TextRepetition.Of("The cat the cat sat.");

        Assert.Equal(6, text.Count);
        Assert.Equal(4.0 / 6, text.Distinct1, tolerance: 1e-15);
        Assert.Equal(0.8, text.Distinct2, tolerance: 1e-15);
        Assert.Equal(2.0 / 6, text.Repetition, tolerance: 1e-15);
        Assert.Equal(2.0 / 6, text.Commonest, tolerance: 1e-15);
        Assert.False(text.Loops || text.IsMeaningless);
    }

    [Fact]
    public void A_loop_repeats_all_but_its_first_turn()
    {
        var text = TextRepetition.Of("a b c a b c a b c a b c");

        Assert.Equal(0.75, text.Repetition);
        Assert.True(text.Loops);
        Assert.False(text.IsMeaningless);
    }

    // Four of five are 80 %, which is not more than 80 %.
    [Theory]
    [InlineData("x x x x y", false)]
    [InlineData("x x x x x y", true)]
    [InlineData("x x", true)]
    [InlineData("x", false)]
    [InlineData("", true)]
    [InlineData(" \n ", true)]
    public void More_than_four_fifths_of_one_word_mean_nothing(string text, bool meaningless) =>
        Assert.Equal(meaningless, TextRepetition.Of(text).IsMeaningless);

    [Fact]
    public void All_different_words_have_nothing_repeated()
    {
        var text = TextRepetition.Of("one two three, four");

        Assert.Equal((1, 1, 0), (text.Distinct1, text.Distinct2, text.Repetition));
    }

    // exp((2 + 4) / (4 + 8)); the loop's own loss is left out.
    [Fact]
    public void Fluency_is_the_perplexity_of_what_means_something()
    {
        var fluency = AnswerFluency.Of(["one two", "three four", "x x x x x x"], [2, 4, 900], [4, 8, 7]);

        Assert.Equal(Math.Exp(0.5), fluency.Fluency!.Value, tolerance: 1e-12);
        Assert.Equal((1, 3), (fluency.Meaningless.Count, fluency.Meaningless.Of));
        Assert.Equal((1 + 1 + 1.0 / 6) / 3, fluency.Distinct1.Value, tolerance: 1e-12);
    }

    [Fact]
    public void Fluency_means_nothing_when_most_answers_do_not() =>
        Assert.Null(AnswerFluency.Of(["a a", "b b", "one two"], [1, 1, 1], [1, 1, 1]).Fluency);

    [Fact]
    public void Fluency_turns_away_what_does_not_fit()
    {
        Assert.Throws<ArgumentException>(() => AnswerFluency.Of([], [], []));
        Assert.Throws<ArgumentException>(() => AnswerFluency.Of(["a"], [1, 2], [1]));
        Assert.Throws<ArgumentException>(() => AnswerFluency.Of(["a"], [double.NaN], [1]));
        Assert.Throws<ArgumentException>(() => AnswerFluency.Of(["a"], [1], [0]));
    }
}
