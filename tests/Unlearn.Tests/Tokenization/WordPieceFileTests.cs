using Unlearn.Tests.Data;
using Unlearn.Tests.Models;
using Unlearn.Tokenization;

namespace Unlearn.Tests.Tokenization;

public sealed class WordPieceFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string VocabularyPath => Path.Combine(folder.Path, "vocab.txt");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_list_of_tokens_reads_as_BERTs_tokenizer()
    {
        var tokenizer = Tokenizer();

        Assert.Equal([2, 5, 7, 26, 22, 19, 28, 1, 3], tokenizer.Encode("The RIVER, walked! zebra", addSpecialTokens: true));
        Assert.Equal("[CLS] the river [SEP]", tokenizer.Decode(tokenizer.Encode("the river", addSpecialTokens: true)));
        Assert.Equal("the river", tokenizer.Decode(tokenizer.Encode("the river", addSpecialTokens: true), skipSpecialTokens: true));
    }

    [Fact]
    public void It_is_saved_as_a_tokenizer_json_that_reads_back_equal()
    {
        var tokenizer = Tokenizer();
        var path = Path.Combine(folder.Path, "tokenizer.json");
        tokenizer.Save(path);
        var again = TokenizerFolder.Load(folder.Path);

        foreach (var text in new[] { "The river runs.", "walked zebra", "" })
            Assert.Equal(tokenizer.Encode(text, addSpecialTokens: true), again.Encode(text, addSpecialTokens: true));
    }

    [Fact]
    public void Letters_are_lowered_unless_the_settings_say_otherwise()
    {
        File.Copy(Path.Combine(new TinyCheckpoint("distilbert").Folder, "vocab.txt"), VocabularyPath);
        File.WriteAllText(Path.Combine(folder.Path, "tokenizer_config.json"), """{"do_lower_case": false}""");

        Assert.Equal([1], TokenizerFolder.Load(folder.Path).Encode("River"));
        Assert.Equal([7], Tokenizer().Encode("River"));
    }

    [Fact]
    public void A_list_without_a_needed_token_is_refused_by_its_name()
    {
        File.WriteAllText(VocabularyPath, "[UNK]\n[CLS]\nriver\n");
        Assert.Contains("[SEP]", Assert.Throws<InvalidDataException>(() => WordPieceFile.Load(VocabularyPath)).Message);
    }

    [Fact]
    public void A_folder_without_a_tokenizer_is_refused_with_both_names()
    {
        var message = Assert.Throws<FileNotFoundException>(() => TokenizerFolder.Load(folder.Path)).Message;
        Assert.Contains("neither tokenizer.json nor vocab.txt", message);
    }

    [Theory]
    [InlineData(5, new[] { 2, 5, 7, 8, 3 })]
    [InlineData(3, new[] { 2, 5, 3 })]
    [InlineData(2, new[] { 2, 3 })]
    public void A_text_that_is_too_long_is_cut_within_its_frame(int limit, int[] expected) =>
        Assert.Equal(expected, Tokenizer().EncodeSingle("the river runs to the sea", limit).Ids);

    // The expectations are those of the longest-first rule of Hugging Face's library.
    [Theory]
    [InlineData("the river runs to the sea", "a town", 9, new[] { 2, 5, 7, 8, 9, 3, 6, 11, 3 })]
    [InlineData("a town", "the river runs to the sea", 9, new[] { 2, 6, 11, 3, 5, 7, 8, 9, 3 })]
    [InlineData("the river runs to", "a town was born", 8, new[] { 2, 5, 7, 3, 6, 11, 13, 3 })]
    [InlineData("the river runs to the", "a town was born", 8, new[] { 2, 5, 7, 8, 3, 6, 11, 3 })]
    public void Of_two_texts_that_are_too_long_the_longer_is_cut_first(string first, string second, int limit, int[] expected) =>
        Assert.Equal(expected, Tokenizer().EncodePair(first, second, limit).Ids);

    [Fact]
    public void A_limit_below_the_frame_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Tokenizer().EncodePair("a", "a", 2));

    private static PipelineTokenizer Tokenizer() => WordPieceFile.Load(Path.Combine(new TinyCheckpoint("distilbert").Folder, "vocab.txt"));
}
