using Unlearn.Data;
using Unlearn.Tests.Tokenization;
using Unlearn.Tokenization;

namespace Unlearn.Tests.Data;

public sealed class PromptFormatTests
{
    private const string Question = "Who wrote Hamlet?", Answer = "William Shakespeare";

    [Fact]
    public void Llama_2_puts_the_answer_right_behind_the_bracket() => Assert.Equal(
        "[INST] Who wrote Hamlet? [/INST]William Shakespeare", Written(PromptFormat.Llama2Chat));

    [Fact]
    public void Llama_3_has_no_system_turn() => Assert.Equal(
        "<|start_header_id|>user<|end_header_id|>\n\nWho wrote Hamlet?<|eot_id|>"
            + "<|start_header_id|>assistant<|end_header_id|>\n\nWilliam Shakespeare",
        Written(PromptFormat.Llama3Instruct));

    [Fact]
    public void Phi_asks_and_answers_with_a_line_each() =>
        Assert.Equal("Question: Who wrote Hamlet?\nAnswer: William Shakespeare", Written(PromptFormat.Phi));

    [Theory]
    [InlineData("llama3.2-altpo", "<|start_header_id|>system<|end_header_id|>\n\nYou are a helpful assistant.<|eot_id|>"
        + "<|start_header_id|>user<|end_header_id|>\n\nWho wrote Hamlet?<|eot_id|>"
        + "<|start_header_id|>assistant<|end_header_id|>\n\nWilliam Shakespeare")]
    [InlineData("llama3.2-ou", "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nCutting Knowledge Date: December 2023\n"
        + "Today Date: 10 Apr 2025\n\nYou are a helpful assistant.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\n"
        + "Who wrote Hamlet?<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\nWilliam Shakespeare")]
    [InlineData("qwen", "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n<|im_start|>user\nWho wrote Hamlet?<|im_end|>\n"
        + "<|im_start|>assistant\nWilliam Shakespeare")]
    [InlineData("qwen3", "<|im_start|>user\nWho wrote Hamlet?<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\nWilliam Shakespeare")]
    [InlineData("llmu", "### Question: Who wrote Hamlet?\n ### Answer: William Shakespeare")]
    [InlineData("plain", "Who wrote Hamlet?\nWilliam Shakespeare")]
    public void Every_other_format_writes_what_its_source_does(string name, string text) =>
        Assert.Equal(text, Written(PromptFormat.Named(name)));

    [FamilyTheory, InlineData("qwen3")]
    public void Qwen_3_thinks_in_single_tokens_that_are_no_targets(string family)
    {
        var encoder = Encoder(family, PromptFormat.Qwen3);
        var row = encoder.Encode(Question, Answer);
        Assert.Equal([151667, 271, 151668, 271], row.Ids[(row.PromptLength - 4)..row.PromptLength]);
        Assert.Equal(Answer, encoder.Decode(row.Ids[row.PromptLength..]));
    }

    [Fact]
    public void Every_format_is_found_by_its_name_and_a_wrong_name_is_told_the_right_ones()
    {
        Assert.All(PromptFormat.All, format => Assert.Same(format, PromptFormat.Named(format.Name)));
        Assert.Contains("llama2-chat",
            Assert.Throws<ArgumentException>(() => PromptFormat.Named("llama2")).Message, StringComparison.Ordinal);
    }

    // "William Shakespeare" counts 7 tokens in AltPO's logs of Llama-3.2: four of the header, two words, the end.
    [FamilyTheory, InlineData("llama3.2-altpo", 7), InlineData("llama3.2-ou", 3), InlineData("llama3-instruct", 3)]
    public void Llama_3_counts_as_many_answer_tokens_as_the_papers_logs(string format, int tokens)
    {
        var encoder = Encoder("llama3_2", PromptFormat.Named(format));
        Assert.Equal(tokens, encoder.Encode(Question, Answer).AnswerLength);
    }

    [FamilyTheory, InlineData("llama3_2", "llama3.2-altpo"), InlineData("llama3_2", "llama3.2-ou"), InlineData("llama2", "llama2-chat")]
    public void A_row_has_one_begin_token_and_ends_with_the_end_token(string family, string format)
    {
        var encoder = Encoder(family, PromptFormat.Named(format));
        var row = encoder.Encode(Question, Answer);
        var begin = encoder.Tokenizer.IdOf(family == "llama2" ? "<s>" : "<|begin_of_text|>");
        Assert.Equal(begin, row.Ids[0]);
        Assert.Single(row.Ids, begin);
        Assert.Equal(encoder.End, row.Ids[^1]);
        Assert.Equal(encoder.Prompt(Question), row.Ids[..row.PromptLength]);
        Assert.Equal(row.Ids[row.PromptLength..], encoder.Answer(Question, Answer));
    }

    // Phi's vocabulary is GPT-2's: "Answer" and ":" are targets, so "Paris" counts four tokens with its end.
    [FamilyTheory, InlineData("gpt2")]
    public void Phi_counts_the_answers_label_among_the_targets(string family)
    {
        var encoder = Encoder(family, PromptFormat.Phi);
        var row = encoder.Encode("Which city?", "Paris");
        Assert.Equal(4, row.AnswerLength);
        Assert.Equal("Answer: Paris", encoder.Decode(row.Ids[row.PromptLength..]));
    }

    [Fact]
    public void A_tokenizer_of_another_family_is_refused_by_the_missing_token()
    {
        var tokenizer = BytePairTokenizer.Train([], 260, ["</s>"]);
        Assert.Contains("<|start_header_id|>", Assert.Throws<ArgumentException>(
            () => new RowEncoder(tokenizer, PromptFormat.Llama3Instruct)).Message, StringComparison.Ordinal);
        Assert.Equal("</s>", new RowEncoder(tokenizer, PromptFormat.Llama2Chat).Format.End);
    }

    private static RowEncoder Encoder(string family, PromptFormat format) =>
        new(TokenizerJson.Load(FamilyFixture.Of(family).Path!), format);

    private static string Written(PromptFormat format) =>
        format.BeforeQuestion + Question + format.AfterQuestion + format.BeforeAnswer + Answer;
}
