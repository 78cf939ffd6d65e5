using System.Text;
using Unlearn.Tokenization;

namespace Unlearn.Tests.Tokenization;

public sealed class BytePairTokenizerTests
{
    private static readonly BpeFixture Fixture = BpeFixture.Load();
    private static readonly BytePairTokenizer Tokenizer = Fixture.Train();

    [Fact]
    public void Training_learns_the_vocabulary_of_the_plain_algorithm_in_its_order() =>
        Assert.Equal(Fixture.Vocabulary, Tokenizer.Vocabulary);

    [Fact]
    public void Training_learns_the_merges_of_the_plain_algorithm_in_its_order() =>
        Assert.Equal(
            Fixture.Merges.Select(m => (m[0], m[1])),
            Tokenizer.Merges.Select(m => (Tokenizer.Vocabulary[m.Left], Tokenizer.Vocabulary[m.Right])));

    [Fact]
    public void Encoding_gives_the_ids_of_the_plain_algorithm() =>
        Assert.All(Fixture.Encodings, e => Assert.Equal(e.Ids, Tokenizer.Encode(e.Text)));

    [Fact]
    public void Decoding_undoes_encoding_on_every_text_of_the_fixture() =>
        Assert.All(Fixture.Encodings, e => Assert.Equal(e.Text, Tokenizer.Decode(Tokenizer.Encode(e.Text))));

    [Fact]
    public void Decoding_undoes_encoding_on_random_unicode()
    {
        var random = new Random(20240405);
        for (var round = 0; round < 500; round++)
        {
            var text = RandomUnicode.Text(random, random.Next(60));
            var ids = Tokenizer.Encode(text);
            Assert.Equal(text, Tokenizer.Decode(ids));
            Assert.All(ids, id => Assert.InRange(id, Fixture.SpecialTokens.Length, Tokenizer.VocabularySize - 1));
        }
    }

    [Fact]
    public void A_lone_surrogate_becomes_the_replacement_character()
    {
        Assert.Equal("a\ufffdb", Tokenizer.Decode(Tokenizer.Encode("a\ud800b")));
        Assert.Equal(Tokenizer.Encode("\ufffd"), Tokenizer.Encode("\udc00"));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void The_order_of_the_training_texts_does_not_matter(int seed)
    {
        var shuffled = Fixture.Corpus.ToArray();
        new Random(seed).Shuffle(shuffled);
        var other = BytePairTokenizer.Train(shuffled, Fixture.VocabularySize, Fixture.SpecialTokens);
        Assert.Equal(Tokenizer.Vocabulary.ToArray(), other.Vocabulary.ToArray());
        Assert.Equal(Tokenizer.Merges.ToArray(), other.Merges.ToArray());
    }

    [Fact]
    public void A_smaller_vocabulary_is_the_beginning_of_a_larger_one()
    {
        var small = BytePairTokenizer.Train(Fixture.Corpus, 300, Fixture.SpecialTokens);
        Assert.Equal(300, small.VocabularySize);
        Assert.Equal(Tokenizer.Vocabulary.Take(300), small.Vocabulary);
    }

    [Fact]
    public void Training_on_nothing_leaves_the_bytes_and_the_special_tokens()
    {
        var bytes = BytePairTokenizer.Train([], 1000, ["<|end|>"]);
        Assert.Equal(257, bytes.VocabularySize);
        Assert.Equal(Encoding.UTF8.GetByteCount("Äpfel 😀"), bytes.Encode("Äpfel 😀").Length);
        Assert.Equal("Äpfel 😀", bytes.Decode(bytes.Encode("Äpfel 😀")));
    }

    [Theory]
    [InlineData("Where was she born?", " In Karachi, in 1975.")]
    [InlineData("no", " 'quoted'")]
    [InlineData("x'", " s")]
    [InlineData("1", " 2")]
    public void A_text_that_begins_with_space_and_word_can_be_encoded_on_its_own(string before, string after) =>
        Assert.Equal([.. Tokenizer.Encode(before), .. Tokenizer.Encode(after)], Tokenizer.Encode(before + after));

    [Fact]
    public void Special_tokens_in_a_text_are_ordinary_characters_unless_asked_for()
    {
        var end = Tokenizer.IdOf("<|end|>");
        Assert.DoesNotContain(end, Tokenizer.Encode("a<|end|>b"));
        Assert.Equal(
            [.. Tokenizer.Encode("a"), end, .. Tokenizer.Encode("b"), end],
            Tokenizer.Encode("a<|end|>b<|end|>", parseSpecialTokens: true));
        Assert.Equal([end], Tokenizer.Encode("<|end|>", parseSpecialTokens: true));
    }

    [Theory, InlineData("<a>", "<a><b>"), InlineData("<a><b>", "<a>")]
    public void Of_two_special_tokens_that_begin_alike_the_longer_one_counts(string first, string second)
    {
        var tokenizer = BytePairTokenizer.Train([], 260, [first, second]);
        Assert.Equal([tokenizer.IdOf("<a><b>"), tokenizer.IdOf("<a>")], tokenizer.Encode("<a><b><a>", parseSpecialTokens: true));
    }

    // A repeated token or merge would be refused by the constructor; runs of one letter come closest to making one.
    [Fact]
    public void Random_words_of_two_letters_never_give_the_same_token_twice()
    {
        var random = new Random(11);
        for (var round = 0; round < 300; round++)
        {
            string[] words = [.. Enumerable.Range(0, 20).Select(_ => new string(random.GetItems<char>("aaab", random.Next(2, 24))))];
            var tokenizer = BytePairTokenizer.Train(words, 1000);
            Assert.Equal(tokenizer.VocabularySize, tokenizer.Vocabulary.Distinct().Count());
            Assert.All(words, word => Assert.Equal(word, tokenizer.Decode(tokenizer.Encode(word))));
        }
    }

    [Fact]
    public void Decoding_writes_or_skips_special_tokens_as_asked()
    {
        int[] ids = [.. Tokenizer.Encode("born"), Tokenizer.IdOf("<|end|>"), Tokenizer.IdOf("<|pad|>")];
        Assert.Equal("born<|end|><|pad|>", Tokenizer.Decode(ids));
        Assert.Equal("born", Tokenizer.Decode(ids, skipSpecialTokens: true));
        Assert.Equal("born", Tokenizer.Decode(ids.Select(id => id), skipSpecialTokens: true));
    }

    [Fact]
    public void A_character_cut_in_half_decodes_to_the_replacement_character()
    {
        var bytes = BytePairTokenizer.Train([], 256);
        Assert.Equal("a\ufffd", bytes.Decode(bytes.Encode("aé").AsSpan(0, 2)));
    }

    [Fact]
    public void A_special_token_is_never_made_by_merging_text()
    {
        var tokenizer = BytePairTokenizer.Train(["<> <> <> <>"], 400, ["<>", "Ġ<>"]);
        Assert.Equal("<> <>", tokenizer.Decode(tokenizer.Encode("<> <>")));
        Assert.All(tokenizer.Encode("<> <>"), id => Assert.False(tokenizer.IsSpecial(id)));
    }

    [Fact]
    public void A_long_text_without_a_space_is_encoded_in_reasonable_time()
    {
        var text = new string('a', 1 << 18);
        Assert.Equal(text, Tokenizer.Decode(Tokenizer.Encode(text)));
    }

    [Fact]
    public void Many_threads_get_the_ids_that_one_thread_gets()
    {
        var texts = Enumerable.Range(0, 64).SelectMany(_ => Fixture.Encodings).ToArray();
        var fresh = Fixture.Train();
        Parallel.ForEach(texts, e => Assert.Equal(e.Ids, fresh.Encode(e.Text)));
    }

    [Fact]
    public void Callers_may_write_into_the_ids_they_receive()
    {
        var ids = Tokenizer.Encode("born");
        var expected = ids.ToArray();
        Array.Clear(ids);
        Assert.Equal(expected, Tokenizer.Encode("born"));
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        Assert.Contains("257", Assert.Throws<ArgumentOutOfRangeException>(() => BytePairTokenizer.Train([], 256, ["<|end|>"])).Message);
        Assert.Contains("twice", Assert.Throws<ArgumentException>(() => BytePairTokenizer.Train([], 300, ["<a>", "<a>"])).Message);
        Assert.Contains("empty", Assert.Throws<ArgumentException>(() => BytePairTokenizer.Train([], 300, [""])).Message);
        Assert.Contains("byte", Assert.Throws<ArgumentException>(() => BytePairTokenizer.Train([], 300, ["a"])).Message);
        Assert.Contains("null", Assert.Throws<ArgumentException>(() => BytePairTokenizer.Train([null!], 300)).Message);
        Assert.Contains("<|end|>", Assert.Throws<ArgumentException>(() => Tokenizer.IdOf("<|eos|>")).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Tokenizer.Decode([Tokenizer.VocabularySize]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tokenizer.Decode([-1]));
        Assert.Throws<ArgumentNullException>(() => Tokenizer.Encode(null!));
    }
}
