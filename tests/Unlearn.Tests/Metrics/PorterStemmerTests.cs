using Unlearn.Metrics;

namespace Unlearn.Tests.Metrics;

public sealed class PorterStemmerTests
{
    // Fixtures/stems.txt, written by Fixtures/make_stems.py: "happ|y>i" is happy → happi.
    [Fact]
    public void Nineteen_thousand_words_have_the_stems_of_NLTK()
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Metrics", "Fixtures", "stems.txt"));
        Assert.True(lines.Length > 19_000);
        Assert.All(lines, line =>
        {
            var parts = line.Split('|', '>');
            Assert.Equal(parts[0] + (parts.Length > 2 ? parts[2] : ""), PorterStemmer.Stem(parts[0] + parts[1]));
        });
    }

    // The examples of Porter's paper, where NLTK's changes leave them as they are.
    [Theory]
    [InlineData("caresses", "caress"), InlineData("ponies", "poni"), InlineData("cats", "cat"), InlineData("feed", "feed")]
    [InlineData("motoring", "motor"), InlineData("hopping", "hop"), InlineData("falling", "fall"), InlineData("filing", "file")]
    [InlineData("happy", "happi"), InlineData("relational", "relat"), InlineData("sensibiliti", "sensibl")]
    [InlineData("triplicate", "triplic"), InlineData("adoption", "adopt"), InlineData("cease", "ceas")]
    [InlineData("controll", "control"), InlineData("roll", "roll")]
    [InlineData("dying", "die"), InlineData("spied", "spi"), InlineData("enjoy", "enjoy"), InlineData("", ""), InlineData("as", "as")]
    public void Textbook_words_have_textbook_stems(string word, string stem) => Assert.Equal(stem, PorterStemmer.Stem(word));

    [Fact]
    public void A_hostile_word_is_stemmed_in_reasonable_time() => Assert.NotEmpty(PorterStemmer.Stem(new string('y', 1_000_000) + "ing"));
}
