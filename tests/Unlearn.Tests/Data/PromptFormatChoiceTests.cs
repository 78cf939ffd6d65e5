using Unlearn.Data;
using Unlearn.Tokenization;

namespace Unlearn.Tests.Data;

public sealed class PromptFormatChoiceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_format_comes_back_from_its_file()
    {
        foreach (var format in PromptFormat.All)
        {
            PromptFormatFile.Write(folder.Path, format);
            Assert.Equal(format, PromptFormatFile.Find(folder.Path));
        }
    }

    [Fact]
    public void A_folder_without_a_file_names_no_format() => Assert.Null(PromptFormatFile.Find(folder.Path));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("""{"name": "x", "before_question": "", "after_question": "", "before_answer": ""}""")]
    [InlineData("""{"name": "x", "before_question": "", "after_question": "", "before_answer": "", "end": ""}""")]
    [InlineData("""{"name": "x", "before_question": null, "after_question": "", "before_answer": "", "end": "e"}""")]
    [InlineData("""{"name": "x", "before_question": "", "after_question": "", "before_answer": "", "end": "e", "use_frame": false}""")]
    public void A_file_that_is_no_format_is_refused_with_the_fields_it_should_have(string text)
    {
        var path = Path.Combine(folder.Path, PromptFormatFile.Name);
        File.WriteAllText(path, text);

        Assert.Contains("before_question", Assert.Throws<InvalidDataException>(() => PromptFormatFile.Find(folder.Path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Own_models_need_no_name_and_others_are_told_what_fits()
    {
        var own = BytePairTokenizer.Train([], 270, RowEncoder.SpecialTokens);
        var other = BytePairTokenizer.Train([], 270, ["<|im_start|>", "<|im_end|>"]);

        Assert.Same(PromptFormat.Mini, PromptFormatChoice.For(own, null));
        Assert.Same(PromptFormat.Qwen, PromptFormatChoice.For(other, PromptFormat.Qwen));
        var error = Assert.Throws<InvalidDataException>(() => PromptFormatChoice.For(other, null));
        Assert.Contains("fits qwen, qwen3;", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", Assert.Throws<InvalidDataException>(
            () => PromptFormatChoice.For(other, PromptFormat.Phi)).Message, StringComparison.Ordinal);
    }
}
