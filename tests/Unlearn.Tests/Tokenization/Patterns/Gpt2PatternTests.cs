using Unlearn.Tokenization.Patterns;

namespace Unlearn.Tests.Tokenization.Patterns;

public sealed class Gpt2PatternTests
{
    [Fact]
    public void Words_are_those_of_the_published_pattern() =>
        Assert.All(BpeFixture.Load().Encodings, e => Assert.Equal(e.Words, Words(e.Text)));

    [Fact]
    public void Words_of_random_unicode_are_never_empty_and_make_up_the_text()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var text = RandomUnicode.Text(random, random.Next(40));
            var words = Words(text);
            Assert.Equal(text, string.Concat(words));
            Assert.DoesNotContain("", words);
        }
    }

    private static List<string> Words(string text) =>
        [.. new Gpt2Pattern().Matches(text).Select(match => text[match.Start..match.End])];
}
