using Unlearn.Tokenization;

namespace Unlearn.Tests.Tokenization;

public sealed class WordSplitterTests
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

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        for (var at = 0; at < text.Length; at += words[^1].Length)
        {
            words.Add(text.Substring(at, WordSplitter.FirstLength(text.AsSpan(at))));
        }
        return words;
    }
}
